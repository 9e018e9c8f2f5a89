"""4.2: the candidate from one product, with concatenated weights."""

import numpy as np

from gru_lesson.grading.pictures import maps
from gru_lesson.grading.question import Mistake, Question


def reference(x, h_prev, r, V, b):
    """Return h_tilde (N, H) for x (N, D), h_prev, r (N, H), V (H+D, H), b (H,)."""
    s = np.hstack([r * h_prev, x])
    a_h = s @ V + b
    return np.tanh(a_h)


def inputs(rng):
    """Draw N = 2, D = 3, H = 4."""
    N, D, H = 2, 3, 4
    x, h_prev = rng.normal(size=(N, D)), rng.uniform(-1, 1, (N, H))
    r = rng.uniform(0.05, 0.95, (N, H))
    return x, h_prev, r, 0.7 * rng.normal(size=(H + D, H)), 0.5 * rng.normal(size=H)


QUESTION = Question(
    title="One matrix for both",
    points=2,
    where="section 4.2, equations 4.1 and 4.2",
    reference=reference,
    inputs=inputs,
    returns=("h_tilde",),
    picture=maps("h_tilde", (-1.0, 1.0), rows="sequence", columns="unit"),
    hints=(
        "A product with two blocks side by side is the sum of two products.",
        "The first H rows of V meet what the candidate sees of the past, the last D "
        "rows meet x. Put the two in the same order, along axis 1.",
        "Section 4.2, equation 4.1: find what stands on the left of each of the two "
        "matrices. Then equation 4.2.",
    ),
    mistakes=(
        Mistake(
            "the reset gate is left out",
            "r * h_prev", "h_prev",
            "scale the old state by r: the candidate sees a share of it.",
        ),
        Mistake(
            "1 - r in the place of r",
            "r * h_prev", "(1 - r) * h_prev",
            "read r as the share that is seen: with r = 0 the past is hidden.",
            "section 4.2, equation 4.1 and the list above it",
        ),
        Mistake(
            "the input stands first",
            "[r * h_prev, x]", "[x, r * h_prev]",
            "put the state on the left of x: the first H rows of V are for it.",
        ),
        Mistake(
            "r scales the input too",
            "s @ V", "r * (np.hstack([h_prev, x]) @ V)",
            "scale the state alone: x passes in full, whatever r is.",
        ),
        Mistake(
            "the bias is left out",
            " + b", "",
            "add b to the product: a habit for when nothing comes in.",
        ),
        Mistake(
            "σ in the place of tanh",
            "np.tanh(a_h)", "1 / (1 + np.exp(-a_h))",
            "squash with tanh: a candidate can push a unit down as well as up.",
            "section 4.2, equation 4.2",
        ),
        Mistake(
            "tanh is missing",
            "np.tanh(a_h)", "a_h",
            "pass the sum through tanh: a candidate is bounded.",
            "section 4.2, equation 4.2",
        ),
        Mistake(
            "r acts after the product, where this book's r acts before it",
            "s @ V", "r * (h_prev @ V[: -x.shape[1]]) + x @ V[-x.shape[1] :]",
            "scale the state first and multiply then. Unless W_hh is diagonal, no "
            "weights do the same after the product.",
            "section 4.4, equations 4.5 and 4.7",
            convention=True,
        ),
    ),
)  # fmt: skip
