"""6.2: one step of the cell from one matrix, with the input first in the row."""

import numpy as np

from gru_lesson.cell import sigmoid
from gru_lesson.grading.pictures import maps
from gru_lesson.grading.question import Mistake, Question


def reference(x, h_prev, V, b):
    """Return h (N, H) for x (N, D), h_prev (N, H), V (D + H, 3H), b (3H,)."""
    H = h_prev.shape[1]
    both = np.hstack([x, h_prev])
    gates = sigmoid(both @ V[:, : 2 * H] + b[: 2 * H])
    z, r = gates[:, :H], gates[:, H:]
    seen = np.hstack([x, r * h_prev])
    h_tilde = np.tanh(seen @ V[:, 2 * H :] + b[2 * H :])
    return z * h_prev + (1 - z) * h_tilde


def inputs(rng):
    """Draw D = 3, H = 4, N = 2."""
    D, H, N = 3, 4, 2
    x, h_prev = rng.normal(size=(N, D)), rng.uniform(-1, 1, (N, H))
    return x, h_prev, rng.normal(size=(D + H, 3 * H)), rng.normal(size=3 * H)


QUESTION = Question(
    title="The cell from one matrix",
    points=2,
    where="section 6.6, equation 6.8",
    reference=reference,
    inputs=inputs,
    returns=("h",),
    picture=maps("h", (-1.0, 1.0)),
    hints=(
        "Two rows are needed, one after the other: the gates read one, the candidate "
        "reads another.",
        "Columns 0 to 2H - 1 of V give both gates at once. The candidate needs the "
        "last H columns and a row in which the state is already scaled.",
        "Section 6.6, equation 6.8: look at what stands in the brackets of each "
        "line. Here the input stands first, so V is stacked the other way round.",
    ),
    mistakes=(
        Mistake(
            "the candidate reads the same row as the gates, so the reset gate is lost",
            "[x, r * h_prev]", "[x, h_prev]",
            "build a second row for the candidate, with the share of the state that "
            "r lets through.",
            "section 6.6, equation 6.8",
        ),
        Mistake(
            "r scales what comes from the input too",
            "seen @ V[:, 2 * H :]", "r * (both @ V[:, 2 * H :])",
            "scale the state alone, before the product.",
            "section 6.6, equation 6.8",
        ),
        Mistake(
            "the reset acts after the product",
            "seen @ V[:, 2 * H :]",
            "x @ V[:-H, 2 * H :] + r * (h_prev @ V[-H:, 2 * H :])",
            "reset before: multiply h_prev by r first, then by the H rows of V that "
            "belong to the state.",
            "section 4.4, equation 4.5",
            convention=True,
        ),
        Mistake(
            "z scales the state for the candidate, in the place of r",
            "[x, r * h_prev]", "[x, z * h_prev]",
            "scale the state by r for the candidate; z comes in at the blend.",
            "section 6.6, equation 6.8",
        ),
        Mistake(
            "in the candidate's row the state stands before the input",
            "[x, r * h_prev]", "[r * h_prev, x]",
            "put the input first in the second row too: V has one order of rows.",
            "section 6.6, equation 6.7",
        ),
        Mistake(
            "the state stands before the input",
            "    both =", "    V = np.vstack([V[H:], V[:H]])\n    both =",
            "put the input first in the row, as the rows of V are stacked.",
            "section 6.6, equation 6.7",
        ),
        Mistake(
            "the blocks of z and r are exchanged",
            "z, r = gates", "r, z = gates",
            "take z from the first block of H columns and r from the second.",
        ),
        Mistake(
            "the biases are left out",
            "    gates =", "    b = 0 * b\n    gates =",
            "add to each product its block of b.",
        ),
        Mistake(
            "the bias of the candidate is left out",
            " + b[2 * H :]", "",
            "add the last block of b to the product, before tanh.",
        ),
        Mistake(
            "σ in the place of tanh",
            "np.tanh(", "sigmoid(",
            "squash the candidate with tanh: it has to reach negative values too.",
            "section 6.2, equation 6.1",
        ),
        Mistake(
            "z writes, where this book's z keeps",
            "z * h_prev + (1 - z) * h_tilde", "(1 - z) * h_prev + z * h_tilde",
            "exchange z and 1 - z in the blend.",
            "section 2.6, equation 2.13",
            convention=True,
        ),
    ),
)  # fmt: skip
