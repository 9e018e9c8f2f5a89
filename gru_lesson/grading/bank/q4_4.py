"""4.4: find two bugs in a step, which gates of 1 hide."""

import numpy as np

from gru_lesson.grading.question import Mistake, Question


def reference(x, h_prev, z, r, p):
    """Return h (N, H) for x (N, D), h_prev, z, r (N, H) and the dict p."""
    seen = r * h_prev
    a_h = x @ p["W_xh"] + seen @ p["W_hh"] + p["b_h"]
    h_tilde = np.tanh(a_h)
    return z * h_prev + (1 - z) * h_tilde


def inputs(rng):
    """Draw N = 2, D = 3, H = 4."""
    N, D, H = 2, 3, 4
    x, h_prev = rng.normal(size=(N, D)), rng.uniform(-1, 1, (N, H))
    z, r = rng.uniform(0.1, 0.9, (2, N, H))
    p = {"W_xh": 0.7 * rng.normal(size=(D, H)), "W_hh": rng.normal(size=(H, H))}
    return x, h_prev, z, r, p | {"b_h": 0.5 * rng.normal(size=H)}


QUESTION = Question(
    title="Two bugs that a gate of 1 hides",
    points=2,
    where="section 4.2, equation 4.1",
    reference=reference,
    inputs=inputs,
    returns=("h",),
    keeps_inputs=True,
    hints=(
        "One bug is in how an array is changed, the other in how often something acts.",
        "Print h_prev as it is when the last line uses it. Then count how often r "
        "reaches the state on its way into a_h.",
        "Section 4.2, equation 4.1: compare it with the line of a_h, symbol by "
        "symbol. Section 3.6: with z = 1 the old state comes through, whatever r is.",
    ),
    mistakes=(
        Mistake(
            "the last line blends the scaled state in the place of the old one",
            "z * h_prev", "z * seen",
            "keep two arrays: the state as it came for the last line, and r times the "
            "state for the candidate.",
            "section 3.6, on what r = 0 forgets",
        ),
        Mistake(
            "r acts twice on the way into a_h",
            'seen @ p["W_hh"]', 'r * (seen @ p["W_hh"])',
            "let r act once, on what the candidate sees of the state.",
        ),
        Mistake(
            "the reset gate is left out",
            "seen = r * h_prev", "seen = h_prev",
            "keep a share for the candidate: it sees r * h_prev, in an array of its "
            "own.",
        ),
        Mistake(
            "r acts after the product, where this book's r acts before it",
            'seen @ p["W_hh"]', 'r * (h_prev @ p["W_hh"])',
            "scale the state first and multiply then. Unless W_hh is diagonal, no "
            "weights do the same after the product.",
            "section 4.4, equations 4.5 and 4.7",
            convention=True,
        ),
        Mistake(
            "z writes, where this book's z keeps",
            "z * h_prev + (1 - z) * h_tilde", "(1 - z) * h_prev + z * h_tilde",
            "exchange z and 1 - z in the last line, which was right as given.",
            "section 2.6, equation 2.13",
            convention=True,
        ),
    ),
)  # fmt: skip
