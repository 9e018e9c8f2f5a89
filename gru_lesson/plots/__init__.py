"""The figures of the book, one function each: arrays and an Axes in, the Axes out.

Call `use_style` once at the top of a notebook; `COLORS` holds the fixed color of each
quantity, the same in plots, diagrams and live figures. Each chapter has a module here.
"""

from gru_lesson.plots.bptt import red_lines, step_graph, step_sizes, truncation
from gru_lesson.plots.candidate_state import candidate_diagram, orders
from gru_lesson.plots.comparison import (
    counters,
    longest_counts,
    medians,
    ratios,
    time_ratios,
    to_solve,
)
from gru_lesson.plots.fast import ideas, too_small
from gru_lesson.plots.final_state import between, corners, counting, step_responses
from gru_lesson.plots.gradient_flow import (
    before_and_after,
    holding,
    norms_by_bias,
    path_matrices,
    whole_and_gates,
)
from gru_lesson.plots.reset_gate import pasts, reset_gate_diagram, restarts
from gru_lesson.plots.style import COLORS, use_style
from gru_lesson.plots.training import (
    forecasts,
    gate_maps,
    learning_curves,
    standing_still,
    what_it_knows,
)
from gru_lesson.plots.update_gate import half_life, hold, memory, update_gate_diagram
from gru_lesson.plots.whole_cell import cell_diagram, inside, unrolled
from gru_lesson.plots.why_gates import elman_chain, leaks, norms_over_time, warp

__all__ = [
    "COLORS",
    "before_and_after",
    "between",
    "candidate_diagram",
    "cell_diagram",
    "corners",
    "counters",
    "counting",
    "elman_chain",
    "forecasts",
    "gate_maps",
    "half_life",
    "hold",
    "holding",
    "ideas",
    "inside",
    "leaks",
    "learning_curves",
    "longest_counts",
    "medians",
    "memory",
    "norms_by_bias",
    "norms_over_time",
    "orders",
    "pasts",
    "path_matrices",
    "ratios",
    "red_lines",
    "reset_gate_diagram",
    "restarts",
    "standing_still",
    "step_graph",
    "step_responses",
    "step_sizes",
    "time_ratios",
    "to_solve",
    "too_small",
    "truncation",
    "unrolled",
    "update_gate_diagram",
    "use_style",
    "warp",
    "what_it_knows",
    "whole_and_gates",
]
