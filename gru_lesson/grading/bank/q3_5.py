"""3.5: two bugs in a function that makes the reset gate and the candidate."""

import numpy as np

from gru_lesson.cell import sigmoid
from gru_lesson.grading.question import Mistake, Question


def reference(x, h_prev, p):
    """Return r, h_tilde (N, H) for x (N, D), h_prev (N, H), p with nine arrays."""
    a_r = x @ p["W_xr"] + h_prev @ p["W_hr"] + p["b_r"]
    r = sigmoid(a_r)
    a_h = x @ p["W_xh"] + (r * h_prev) @ p["W_hh"] + p["b_h"]
    h_tilde = np.tanh(a_h)
    return r, h_tilde


def as_given(x, h_prev, p):
    """Return what the code with both bugs gives."""
    a_r = x @ p["W_xr"] + h_prev @ p["W_hz"] + p["b_r"]
    r = sigmoid(a_r)
    a_h = r * (x @ p["W_xh"]) + h_prev @ p["W_hh"] + p["b_h"]
    h_tilde = np.tanh(a_h)
    return r, h_tilde


def inputs(rng):
    """Draw N = 2, D = 3, H = 4."""
    N, D, H = 2, 3, 4
    p = {}
    for gate in "zrh":
        p[f"W_x{gate}"] = 0.6 * rng.normal(size=(D, H))
        p[f"W_h{gate}"] = 0.8 * rng.normal(size=(H, H))
        p[f"b_{gate}"] = 0.5 * rng.normal(size=H)
    return rng.normal(size=(N, D)), rng.uniform(-1, 1, (N, H)), p


QUESTION = Question(
    title="Two bugs in a candidate",
    points=2,
    where="section 3.3, equations 3.3 to 3.5",
    reference=reference,
    inputs=inputs,
    returns=("r", "h_tilde"),
    hints=(
        "Both bugs leave every shape as it should be, so only values can tell. Each "
        "is in a line of its own.",
        "Set b_r to −1000. What should the candidate still depend on, and what does "
        "it depend on here? For r, look at the name of every array it reads.",
        "Section 3.3: read equations 3.3 and 3.4 symbol by symbol, beside the "
        "code. On which arrow does r act in figure 3.1?",
    ),
    mistakes=(
        Mistake(
            "the code is as it was given, with both bugs",
            instead=as_given,
            advice="compare each line with its equation, and call the function with "
            "b_r = −1000.",
        ),
        Mistake(
            "one of the two bugs is still there, in the line of a_r",
            '@ p["W_hr"]', '@ p["W_hz"]',
            "read the names of the arrays in that line beside equation 3.4.",
            "section 3.3, equation 3.4",
        ),
        Mistake(
            "one of the two bugs is still there, in the line of a_h",
            'x @ p["W_xh"] + (r * h_prev) @', 'r * (x @ p["W_xh"]) + h_prev @',
            "set r to 0, and look which term should go and which should stay.",
            "section 3.3, equation 3.3",
        ),
        Mistake(
            "the candidate sees the whole old state",
            "(r * h_prev) @", "h_prev @",
            "let r act on what the candidate gets of the old state.",
            "section 3.3, equation 3.3",
        ),
        Mistake(
            "r acts on the input as well",
            'x @ p["W_xh"]', '(r * (x @ p["W_xh"]))',
            "let the input reach the candidate whole, whatever r is.",
            "section 3.3, equation 3.3",
        ),
        Mistake(
            "1 - r in the place of r",
            "(r * h_prev)", "((1 - r) * h_prev)",
            "read r as the share that is shown: 0 hides the past.",
            "section 3.3, equation 3.3",
        ),
        Mistake(
            "the gate acts after the product with W_hh, where this book's acts before",
            '(r * h_prev) @ p["W_hh"]', 'r * (h_prev @ p["W_hh"])',
            "multiply h_prev by r first, unit by unit, and then the product by W_hh.",
            "section 3.3, equation 3.3",
            convention=True,
        ),
    ),
)  # fmt: skip
