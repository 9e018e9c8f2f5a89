"""5.1: one whole step with a pencil, for one input and one unit."""

import numpy as np

from gru_lesson.cell import sigmoid
from gru_lesson.grading.question import Mistake, Question


def reference():
    """Return z, r, h_tilde and h, numbers in a dict."""
    x, h_prev = 2.0, -0.5
    z = sigmoid(0.2 * x - 1.0 * h_prev + 0.3)
    r = sigmoid(-0.5 * x + 0.8 * h_prev + 0.9)
    seen = r * h_prev
    h_tilde = np.tanh(0.6 * x + 2.0 * seen - 0.4)
    h = z * h_prev + (1 - z) * h_tilde
    return {"z": z, "r": r, "h_tilde": h_tilde, "h": h}


QUESTION = Question(
    title="One step with a pencil",
    points=2,
    where="section 5.4, lines 1 to 10",
    reference=reference,
    returns=("step",),
    tolerance=2e-3,
    hints=(
        "Four lines, in this order: both gates, then the candidate, then the blend. "
        "Keep the sign of the old state through all of them.",
        "The input is 2, so each of its weights counts twice. The candidate sees "
        "r times the old state; the blend takes the whole old state.",
        "Section 5.4: put your numbers beside lines 1 to 10, and stop at the first "
        "line whose form differs. Equation (5.3) checks the last one.",
    ),
    mistakes=(
        Mistake(
            "z writes, where this book's z keeps",
            "z * h_prev + (1 - z) * h_tilde", "(1 - z) * h_prev + z * h_tilde",
            "exchange the two shares of the last line: z goes to the old state.",
            "section 5.7, equation (5.8)",
            convention=True,
        ),
        Mistake(
            "the reset gate is left out of the candidate",
            "seen = r * h_prev", "seen = h_prev",
            "multiply the old state by r before its weight in the candidate.",
            "section 5.4, lines 5 and 6",
        ),
        Mistake(
            "the input enters as 1, as in the chapter",
            "x, h_prev = 2.0,", "x, h_prev = 1.0,",
            "multiply the weights of the input by 2 in all three sums.",
            "section 5.4, lines 1, 3 and 6",
        ),
        Mistake(
            "the minus of the old state is lost",
            "-0.5\n", "0.5\n",
            "use the old state as it is given, −0.5, in every line.",
            "section 5.4, lines 1, 3, 5 and 8",
        ),
        Mistake(
            "the tanh of the candidate is missing",
            "np.tanh(0.6 * x + 2.0 * seen - 0.4)", "0.6 * x + 2.0 * seen - 0.4",
            "squash the sum of the candidate with tanh.",
            "section 5.4, line 7",
        ),
        Mistake(
            "σ in the place of tanh",
            "np.tanh(", "sigmoid(",
            "squash the sum of the candidate with tanh: it may be negative.",
            "section 5.4, line 7",
        ),
    ),
)  # fmt: skip
