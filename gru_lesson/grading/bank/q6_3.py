"""6.3: one step of PyTorch's cell: fused blocks, two biases, reset after."""

import numpy as np

from gru_lesson.cell import sigmoid
from gru_lesson.grading.question import Mistake, Question


def reference(x, h_prev, weight_ih, weight_hh, bias_ih, bias_hh):
    """Return h (N, H) for x (N, D), h_prev (N, H), weights and biases of 3H rows."""
    from_x = x @ weight_ih.T + bias_ih
    from_h = h_prev @ weight_hh.T + bias_hh
    x_r, x_z, x_n = np.split(from_x, 3, axis=1)
    h_r, h_z, h_n = np.split(from_h, 3, axis=1)
    r = sigmoid(x_r + h_r)
    z = sigmoid(x_z + h_z)
    n = np.tanh(x_n + r * h_n)
    return z * h_prev + (1 - z) * n


def inputs(rng):
    """Draw D = 3, H = 4, N = 2."""
    D, H, N = 3, 4, 2
    x, h_prev = rng.normal(size=(N, D)), rng.uniform(-1, 1, (N, H))
    weights = rng.normal(size=(3 * H, D)), rng.normal(size=(3 * H, H))
    return x, h_prev, *weights, rng.normal(size=3 * H), rng.normal(size=3 * H)


QUESTION = Question(
    title="One step as PyTorch takes it",
    points=2,
    where="section 6.6 and section 4.6, equation (4.9)",
    reference=reference,
    inputs=inputs,
    returns=("h",),
    hints=(
        "Make two arrays of 3H columns, one from x and one from the state, each with "
        "its bias. Then cut them into blocks.",
        "In the gates the two blocks are added. In the candidate r scales one of the "
        "two blocks, with the bias that is in it.",
        "Section 6.6, the paragraph on columns, for the transpose; section 4.6, "
        "equation (4.9), for the candidate: see which terms stand in the parentheses.",
    ),
    mistakes=(
        Mistake(
            "the blocks of r and z are exchanged",
            "r = sigmoid(x_r + h_r)\n    z = sigmoid(x_z + h_z)",
            "z = sigmoid(x_r + h_r)\n    r = sigmoid(x_z + h_z)",
            "take r from the first block and z from the second.",
        ),
        Mistake(
            "the second bias of the candidate escapes the reset gate",
            "r * h_n",
            "r * h_n + (1 - r) * np.split(bias_hh, 3)[2]",
            "add the last block of bias_hh before r is applied.",
            "section 4.6, equation (4.9)",
        ),
        Mistake(
            "the reset acts before the product",
            "r * h_n",
            "(r * h_prev) @ np.split(weight_hh, 3)[2].T + np.split(bias_hh, 3)[2]",
            "multiply by the weights first, add the bias, and apply r to the result: "
            "this question asks for PyTorch's form.",
            "section 4.6, equation (4.9)",
        ),
        Mistake(
            "the reset gate is left out",
            "r * h_n", "h_n",
            "scale what the candidate gets from the state by r.",
            "section 4.6, equation (4.9)",
        ),
        Mistake(
            "r scales what comes from the input too",
            "x_n + r * h_n", "r * (x_n + h_n)",
            "apply r to the part from the state alone.",
            "section 4.6, equation (4.9)",
        ),
        Mistake(
            "bias_hh is left out",
            "weight_hh.T + bias_hh", "weight_hh.T",
            "add bias_hh to the product with the state.",
            "section 6.5",
        ),
        Mistake(
            "the blocks of weight_hh are not transposed",
            "h_prev @ weight_hh.T",
            "np.hstack([h_prev @ W for W in np.split(weight_hh, 3)])",
            "transpose each block: a block of weight_hh is square, so NumPy cannot "
            "notice.",
            "section 6.6, equation (6.9)",
        ),
        Mistake(
            "z writes, where PyTorch's z keeps, as this book's does",
            "z * h_prev + (1 - z) * n", "(1 - z) * h_prev + z * n",
            "exchange z and 1 - z in the blend.",
            "section 2.6, equation (2.13)",
            convention=True,
        ),
    ),
)  # fmt: skip
