"""2.2: what a gate does, predicted on paper."""

import numpy as np

from gru_lesson.cell import sigmoid
from gru_lesson.grading.question import Mistake, Question


def reference():
    """Return the predictions: one unit, then a layer with N, D, H = 32, 10, 64."""
    x, h_prev, h_tilde = np.array([2.0, -1.0]), -0.5, 0.5
    W_xz, W_hz, b_z = np.array([1.5, -1.0]), 4.0, 1.0
    from_x = (x * W_xz).sum()
    a = from_x + h_prev * W_hz + b_z
    z = sigmoid(a)
    kept, kept_later = z, sigmoid(a + 1)
    h = kept * h_prev + (1 - kept) * h_tilde
    memory = "longer" if kept_later > kept else "shorter"
    N, D, H = 32, 10, 64
    shape = (N, H)
    parameters = D * H + H * H + H
    return {
        "z": z,
        "h": h,
        "memory": memory,
        "shape": shape,
        "parameters": parameters,
    }


QUESTION = Question(
    title="A gate on paper",
    points=2,
    where="sections 2.1 and 2.2, equations (2.1), (2.4) and (2.5)",
    reference=reference,
    returns=("prediction",),
    tolerance=0.006,
    hints=(
        "Each entry stands alone. Begin with the sum that goes into σ: it is a whole "
        "number, and the table of section 2.2 has it.",
        "Two minus signs meet in the input's part of the sum, and the state is "
        "negative. In the new state, z multiplies the old state. In a layer, every "
        "unit of every sequence has a gate value of its own.",
        "Section 2.2, equation (2.4), for the sum and the shapes of its three terms; "
        "section 2.1, equation (2.1), for the new state; section 2.4, equation (2.12), "
        "for the memory.",
    ),
    mistakes=(
        Mistake(
            "the bias is left out of the sum",
            " + b_z\n", "\n",
            "add the bias, 1, to what comes from the input and from the state.",
            "section 2.2, equation (2.4)",
        ),
        Mistake(
            "the old state is left out of the sum",
            " + h_prev * W_hz", "",
            "add the state times its weight: the gate looks at the state too.",
            "section 2.2, equation (2.4)",
        ),
        Mistake(
            "the second input is taken without its sign",
            "x * W_xz", "np.abs(x) * W_xz",
            "multiply the second input by its weight: minus times minus is plus.",
            "section 2.3, equation (2.8), which has such a product",
        ),
        Mistake(
            "z writes, where this book's z keeps",
            "z, sigmoid(a + 1)", "1 - z, sigmoid(-a - 1)",
            "let z multiply the old state and 1 - z the candidate; a larger bias then "
            "keeps more.",
            "section 2.6, the two columns of the table",
            convention=True,
        ),
        Mistake(
            "the two shares have changed places in the new state",
            "kept * h_prev + (1 - kept) * h_tilde",
            "(1 - kept) * h_prev + kept * h_tilde",
            "multiply the old state by z, and the candidate by 1 - z.",
            "section 2.1, equation (2.1)",
        ),
        Mistake(
            "a larger bias is taken to shorten the memory",
            "kept_later > kept", "kept_later < kept",
            "follow a rise of the bias through the sum and through σ to the share that "
            "is kept.",
            "section 2.4, equation (2.12)",
        ),
        Mistake(
            "the shape is that of the weights from the input",
            "(N, H)", "(D, H)",
            "follow the shapes through x @ W_xz: the inner size, D, is summed away.",
            "section 2.2, equation (2.4), and the code of section 2.3",
        ),
        Mistake(
            "the shape has one column a sequence",
            "(N, H)", "(H, N)",
            "put the sequences first: a batch is a stack of rows.",
            "section 2.3, the code of the gate",
        ),
        Mistake(
            "the bias is not counted among the parameters",
            " + H\n", "\n",
            "count the bias too: one number for each unit.",
            "section 2.2, the paragraph before equation (2.4)",
        ),
        Mistake(
            "the weights from the state are not counted",
            " + H * H", "",
            "count all three: two arrays of weights, and the bias.",
            "section 2.2, the paragraph before equation (2.4)",
        ),
    ),
)  # fmt: skip
