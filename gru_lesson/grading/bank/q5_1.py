"""5.1: one whole step with a pencil, for one input and one unit."""

import numpy as np

from gru_lesson.cell import sigmoid
from gru_lesson.grading.question import Mistake, Question


def reference():
    """Return z, r, h_tilde and h, numbers in a dict."""
    x, h_prev = 2.0, -0.5
    b_z, b_r, b_h = 0.3, 0.9, -0.4
    z = sigmoid(0.2 * x - 1.0 * h_prev + b_z)
    r = sigmoid(-0.5 * x + 0.8 * h_prev + b_r)
    seen = r * h_prev
    h_tilde = np.tanh(0.6 * x + 2.0 * seen + b_h)
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
        "line whose form differs. Equation 5.3 checks the last one.",
    ),
    mistakes=(
        Mistake(
            "the part of the state in the sum of z has the wrong sign",
            "- 1.0 * h_prev", "+ 1.0 * h_prev",
            "multiply −1.0 by −0.5 in the sum of z: two minus signs make a plus.",
            "section 5.4, line 1",
        ),
        Mistake(
            "the part of the state in the sum of r has the wrong sign",
            "+ 0.8 * h_prev", "- 0.8 * h_prev",
            "multiply 0.8 by −0.5 in the sum of r: the minus stays.",
            "section 5.4, line 3",
        ),
        Mistake(
            "the part of the state in the sum of the candidate has the wrong sign",
            "+ 2.0 * seen", "- 2.0 * seen",
            "keep the minus of the old state in r times the old state, and in the sum.",
            "section 5.4, lines 5 and 6",
        ),
        Mistake(
            "the share of the old state enters the new one without its minus",
            "h = z * h_prev +", "h = -z * h_prev +",
            "multiply z by −0.5 in the blend: what is kept is negative.",
            "section 5.4, lines 8 to 10",
        ),
        Mistake(
            "the second share is taken off, not added",
            "+ (1 - z) * h_tilde", "- (1 - z) * h_tilde",
            "add the two shares.",
            "section 5.4, line 10",
        ),
        Mistake(
            "the size of the new state is right, its minus is lost",
            '"h": h}', '"h": -h}',
            "compare the two shares: the larger one gives the new state its sign.",
            "section 5.4, lines 8 to 10",
        ),
        Mistake(
            "a sum is without its bias",
            "b_z, b_r, b_h = 0.3, 0.9, -0.4", "b_z, b_r, b_h = 0.0, 0.0, 0.0",
            "add the bias of its row to each of the three sums.",
            "section 5.4, lines 1, 3 and 6",
        ),
        Mistake(
            "the sum of the candidate is without its bias",
            " + b_h)", ")",
            "add the bias of the third row to the sum of the candidate.",
            "section 5.4, line 6",
        ),
        Mistake(
            "the candidate takes 1 - r in the place of r",
            "seen = r * h_prev", "seen = (1 - r) * h_prev",
            "multiply the old state by r itself: r is the share that is shown.",
            "section 5.4, line 5",
        ),
        Mistake(
            "r came out as 1 - r, as where the exponent has the wrong sign",
            "r = sigmoid(", "r = 1 - sigmoid(",
            "put minus the sum into the exponent: a negative sum gives a gate below "
            "one half.",
            "section 5.4, line 4",
        ),
        Mistake(
            "z came out as 1 - z, as where the exponent has the wrong sign",
            "z = sigmoid(", "z = 1 - sigmoid(",
            "put minus the sum into the exponent: a positive sum gives a gate above "
            "one half.",
            "section 5.4, line 2",
        ),
        Mistake(
            "r is right to two decimals only",
            '"r": r,', '"r": round(r, 2),',
            "give each number to four decimals, and go on with four.",
            "section 5.4, the sentence before line 1",
        ),
        Mistake(
            "z writes, where this book's z keeps",
            "z * h_prev + (1 - z) * h_tilde", "(1 - z) * h_prev + z * h_tilde",
            "exchange the two shares of the last line: z goes to the old state.",
            "section 5.7, equation 5.8",
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
            "np.tanh(0.6 * x + 2.0 * seen + b_h)", "0.6 * x + 2.0 * seen + b_h",
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
