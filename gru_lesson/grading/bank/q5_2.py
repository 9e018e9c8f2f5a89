"""5.2: read both gates off the old state, the candidate and the new state."""

import numpy as np

from gru_lesson.grading.question import Mistake, Question


def reference(h_prev, h_tilde, h):
    """Return z and z_writes (N, H) for h_prev, h_tilde and h (N, H)."""
    whole_way = h_tilde - h_prev
    gone = h - h_prev
    z_writes = gone / whole_way
    z = 1 - z_writes
    return z, z_writes


def inputs(rng):
    """Draw N = 2, H = 3, with a candidate well away from the old state."""
    N, H = 2, 3
    side = rng.choice([-1, 1], (N, H))
    h_prev = side * rng.uniform(0.3, 0.9, (N, H))
    h_tilde = rng.uniform(-0.9, 0.9, (N, H))
    near = abs(h_tilde - h_prev) < 0.3
    h_tilde = np.where(near, h_tilde - 0.6 * side, h_tilde)
    z = rng.uniform(0.1, 0.9, (N, H))
    return h_prev, h_tilde, z * h_prev + (1 - z) * h_tilde


QUESTION = Question(
    title="The gate, read from outside",
    points=2,
    where="section 5.2, equation 5.3",
    reference=reference,
    inputs=inputs,
    returns=("z", "z_writes"),
    hints=(
        "A unit goes a share of the way from its old state to its candidate. You "
        "know where the way begins, where it ends, and where the unit is.",
        "Solve the second line of the equation for the share, then name the two "
        "gates: which of them is the share gone, which the share that is left?",
        "Section 5.2, equation 5.3, second line; and the row on the step toward "
        "the candidate in the table of section 5.7.",
    ),
    mistakes=(
        Mistake(
            "the two gates are exchanged",
            "return z, z_writes", "return z_writes, z",
            "return the gate that keeps first: the share of the way that is left.",
            "section 5.7, the table",
        ),
        Mistake(
            "the fraction is upside down",
            "gone / whole_way", "whole_way / gone",
            "divide the step that was taken by the whole way.",
        ),
        Mistake(
            "the share is measured from 0, not from the old state",
            "z_writes = gone / whole_way", "z_writes = h / h_tilde",
            "begin both distances at the old state.",
        ),
        Mistake(
            "only the divisor is measured from 0",
            "whole_way = h_tilde - h_prev", "whole_way = h_tilde",
            "begin the whole way at the old state too.",
        ),
        Mistake(
            "the candidate is left out, as in forgetting",
            "z_writes = gone / whole_way", "z_writes = 1 - h / h_prev",
            "take the candidate into account: it is not 0 here.",
        ),
        Mistake(
            "step and way are measured in opposite directions",
            "whole_way = h_tilde - h_prev", "whole_way = h_prev - h_tilde",
            "measure both in one direction, away from the old state.",
        ),
    ),
)  # fmt: skip
