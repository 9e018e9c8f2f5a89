"""4.3: gate and candidate of PyTorch, with its stacked weights and two biases."""

import numpy as np

from gru_lesson.cell import sigmoid
from gru_lesson.grading.pictures import maps
from gru_lesson.grading.question import Mistake, Question


def reference(x, h_prev, weight_ih, weight_hh, bias_ih, bias_hh):
    """Return n (N, H) for weights (3H, D), (3H, H) and biases (3H,)."""
    H = h_prev.shape[1]
    from_x = x @ weight_ih.T + bias_ih
    from_h = h_prev @ weight_hh.T + bias_hh
    r = sigmoid(from_x[:, :H] + from_h[:, :H])
    a_n = from_x[:, 2 * H :] + r * from_h[:, 2 * H :]
    return np.tanh(a_n)


def inputs(rng):
    """Draw N = 2, D = 3, H = 4."""
    N, D, H = 2, 3, 4
    x, h_prev = rng.normal(size=(N, D)), rng.uniform(-1, 1, (N, H))
    weight_ih = rng.uniform(-1, 1, (3 * H, D))
    weight_hh = rng.uniform(-1, 1, (3 * H, H))
    bias_ih, bias_hh = rng.uniform(-1, 1, (2, 3 * H))
    return x, h_prev, weight_ih, weight_hh, bias_ih, bias_hh


QUESTION = Question(
    title="As PyTorch has it",
    points=2,
    where="section 4.6, equation 4.9",
    reference=reference,
    inputs=inputs,
    returns=("n",),
    picture=maps("n", (-1.0, 1.0), rows="sequence", columns="unit"),
    hints=(
        "Four things differ from this book: the weights are transposed, the order is "
        "r, z, n, each product has a bias of its own, in r as in n, and r acts after "
        "the product.",
        "Take the first H rows for r and the last H rows for n, from all four "
        "parameters. What r multiplies in n is a product and a bias.",
        "Section 4.6, equation 4.9: look at what stands inside the parentheses.",
    ),
    mistakes=(
        Mistake(
            "r acts before the product with the state, as in this book",
            "r * from_h[:, 2 * H :]",
            "(r * h_prev) @ weight_hh[2 * H :].T + bias_hh[2 * H :]",
            "multiply the state by the weights first, and scale the result by r.",
            "section 4.4, equation 4.5",
            convention=True,
        ),
        Mistake(
            "the state's bias of n is outside the reset",
            "r * from_h[:, 2 * H :]",
            "r * (from_h - bias_hh)[:, 2 * H :] + bias_hh[2 * H :]",
            "add the bias to the product before r scales it.",
        ),
        Mistake(
            "bias_hh is left out",
            " + bias_hh", "",
            "add bias_hh to the product with the state: it has a bias of its own.",
        ),
        Mistake(
            "bias_hh is left out of r",
            "from_x[:, :H] + from_h[:, :H]",
            "from_x[:, :H] + (from_h - bias_hh)[:, :H]",
            "add both biases of r: the first H numbers of bias_ih and of bias_hh.",
            "section 4.6, above equation 4.9",
        ),
        Mistake(
            "bias_hh is left out of n",
            "r * from_h[:, 2 * H :]",
            "r * (from_h - bias_hh)[:, 2 * H :]",
            "add b_hn, the last H numbers of bias_hh, inside the parentheses.",
        ),
        Mistake(
            "r scales the input too",
            "from_x[:, 2 * H :] + r * from_h[:, 2 * H :]",
            "r * (from_x + from_h)[:, 2 * H :]",
            "scale what comes from the state alone: the input passes in full.",
        ),
        Mistake(
            "r is used without a sigmoid",
            "r = sigmoid(", "r = (",
            "pass the sum through sigmoid: a gate is a share, from 0 to 1.",
            "section 3.3, equation 3.4",
        ),
        Mistake(
            "the reset gate is left out of n",
            "r * from_h[:, 2 * H :]", "from_h[:, 2 * H :]",
            "scale what comes from the state by r.",
        ),
        Mistake(
            "the weights from the state are not transposed",
            "h_prev @ weight_hh.T",
            "np.hstack([h_prev @ rows for rows in np.split(weight_hh, 3)])",
            "transpose each block: a row of it holds the weights of one unit.",
            "the table of the question, the row weight_hh",
        ),
        Mistake(
            "r is made from the rows of z",
            "from_x[:, :H] + from_h[:, :H]",
            "from_x[:, H : 2 * H] + from_h[:, H : 2 * H]",
            "take the first H rows for r: PyTorch's order is r, z, n.",
            "the table of the question",
        ),
        Mistake(
            "σ in the place of tanh",
            "np.tanh(a_n)", "sigmoid(a_n)",
            "squash with tanh: a candidate can push a unit down as well as up.",
            "section 4.2, equation 4.2",
        ),
        Mistake(
            "tanh is missing",
            "np.tanh(a_n)", "a_n",
            "pass the sum through tanh: a candidate is bounded.",
            "section 4.2, equation 4.2",
        ),
        Mistake(
            "the new state is returned in the place of n",
            "return np.tanh(a_n)",
            "z = sigmoid((from_x + from_h)[:, H : 2 * H])\n"
            "    return (1 - z) * np.tanh(a_n) + z * h_prev",
            "return the candidate itself: the rows of z are not needed.",
        ),
    ),
)  # fmt: skip
