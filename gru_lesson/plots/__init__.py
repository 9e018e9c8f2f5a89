"""The figures of the book, one function each: arrays and an Axes in, the Axes out.

Call `use_style` once at the top of a notebook; `COLORS` holds the fixed color of each
quantity, the same in plots, diagrams and live figures. Each chapter has a module here.
"""

from gru_lesson.plots.style import COLORS, use_style
from gru_lesson.plots.update_gate import half_life, hold, memory, update_gate_diagram
from gru_lesson.plots.why_gates import elman_chain, leaks, norms_over_time, warp

__all__ = [
    "COLORS",
    "elman_chain",
    "half_life",
    "hold",
    "leaks",
    "memory",
    "norms_over_time",
    "update_gate_diagram",
    "use_style",
    "warp",
]
