"""3.2: reset and update gate from one product with concatenated weights."""

import numpy as np

from gru_lesson.cell import sigmoid
from gru_lesson.grading.question import Mistake, Question


def reference(x, h_prev, V, b):
    """Return r, z (N, H) for x (N, D), h_prev (N, H), V (H + D, 2H), b (2H,)."""
    H = h_prev.shape[1]
    both = np.concatenate([h_prev, x], axis=1)
    a = both @ V + b
    gates = sigmoid(a)
    return gates[:, :H], gates[:, H:]


def inputs(rng):
    """Draw N = 2, D = 3, H = 4."""
    N, D, H = 2, 3, 4
    x, h_prev = rng.normal(size=(N, D)), rng.uniform(-1, 1, (N, H))
    return x, h_prev, rng.normal(size=(H + D, 2 * H)), rng.normal(size=2 * H)


QUESTION = Question(
    title="Two gates from one product",
    points=2,
    where="section 3.3, equations 3.4 and 3.5",
    reference=reference,
    inputs=inputs,
    returns=("r", "z"),
    hints=(
        "A sum of two products is one product of two longer arrays.",
        "A row of [h_prev, x] has H + D numbers and meets the H + D rows of V. The "
        "result has 2H columns; which half belongs to which gate?",
        "Section 3.3, equation 3.4, and equation 2.4 for z: the same form with "
        "other weights. Read the two lines on the order of rows and columns again.",
    ),
    mistakes=(
        Mistake(
            "the input stands before the state",
            "[h_prev, x]", "[x, h_prev]",
            "let the order in the row [h, x] match the rows of V: the state comes "
            "first.",
        ),
        Mistake(
            "r and z are interchanged",
            "gates[:, :H], gates[:, H:]", "gates[:, H:], gates[:, :H]",
            "look up which half of the columns belongs to r, and return r first.",
        ),
        Mistake(
            "every second column goes to one gate",
            "gates[:, :H], gates[:, H:]", "gates[:, ::2], gates[:, 1::2]",
            "cut once, in the middle: each gate has H columns side by side.",
        ),
        Mistake(
            "the batch is cut in two, and not the columns",
            "gates[:, :H], gates[:, H:]", "*np.split(gates, 2),",
            "cut along axis 1. Each gate has a row for every sequence.",
        ),
        Mistake(
            "the cut is at D, and not at H",
            "H = h_prev.shape[1]", "H = x.shape[1]",
            "count the units: a gate has one column for each unit of the state.",
        ),
        Mistake(
            "z writes, where this book's z keeps: 1 - z is returned for z",
            ", gates[:, H:]", ", 1 - gates[:, H:]",
            "subtract your z from 1 to convert it. Here σ of the sum is z itself, and "
            "1 keeps.",
            "section 2.6, equation 2.13",
            convention=True,
        ),
        Mistake(
            "the bias is left out",
            " + b", "",
            "add b to the product: it has a number for each of the 2H columns.",
        ),
        Mistake(
            "σ is missing",
            "sigmoid(a)", "a",
            "pass the sum through sigmoid: a share lies between 0 and 1.",
            "section 3.3, equation 3.5",
        ),
        Mistake(
            "tanh in the place of σ",
            "sigmoid(a)", "np.tanh(a)",
            "squash with sigmoid: a share lies between 0 and 1.",
            "section 3.3, equation 3.5",
        ),
    ),
)  # fmt: skip
