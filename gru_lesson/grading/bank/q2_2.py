"""2.2: what a gate does, predicted on paper."""

import numpy as np

from gru_lesson.cell import sigmoid
from gru_lesson.grading.question import Mistake, Question


def reference():
    """Return the predictions: one unit, then a layer with N, D, H = 32, 10, 64."""
    x, h_prev, h_tilde = np.array([1.0, -2.0]), -0.5, 0.9
    W_xz, W_hz, b_z = np.array([0.5, -0.6]), 2.0, 0.3
    first, second = x * W_xz
    a = first + second + h_prev * W_hz + b_z
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
    where="sections 2.1 and 2.2, equations 2.1, 2.4 and 2.5",
    reference=reference,
    returns=("prediction",),
    tolerance=0.006,
    hints=(
        "Begin with the sum that goes into σ: it is a whole number, and the table of "
        'section 2.2 has it. Only "h" builds on another entry, on "z". "memory" is one '
        'of two words, "longer" or "shorter".',
        "The sum has four parts: one for each input, one for the state, and the bias. "
        "Two minus signs meet in one of the parts, and another one is negative.",
        "Section 2.2, equation 2.4, for the sum and the shapes of its three terms; "
        "section 2.1, equation 2.1, for the new state; section 2.4, equation 2.12, "
        "for the memory.",
    ),
    mistakes=(
        Mistake(
            "the bias is left out of the sum",
            " + b_z\n", "\n",
            "add the bias to what comes from the input and from the state.",
            "section 2.2, equation 2.4",
        ),
        Mistake(
            "the bias is subtracted",
            " + b_z\n", " - b_z\n",
            "add the bias: a positive one speaks for keeping.",
            "section 2.2, equation 2.4",
        ),
        Mistake(
            "the old state is left out of the sum",
            " + h_prev * W_hz", "",
            "add the state times its weight: the gate looks at the state too.",
            "section 2.2, equation 2.4",
        ),
        Mistake(
            "the old state is taken without its sign",
            "h_prev * W_hz", "abs(h_prev) * W_hz",
            "multiply the state by its weight with its sign: the state is negative.",
            "section 2.2, equation 2.4",
        ),
        Mistake(
            "the second input is left out of the sum",
            "first + second", "first",
            "add both inputs, each times the weight of its own.",
            "section 2.3, equation 2.8, which has two inputs",
        ),
        Mistake(
            "the second input's part of the sum has the wrong sign",
            "first + second", "first - second",
            "multiply the second input by its weight: minus times minus is plus.",
            "section 2.3, equation 2.8, which has such a product",
        ),
        Mistake(
            "σ is taken of minus the sum",
            "z = sigmoid(a)", "z = sigmoid(-a)",
            "put the sum into σ as it is: a positive one gives more than one half.",
            "section 2.2, equations 2.3 and 2.5",
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
            "section 2.1, equation 2.1",
        ),
        Mistake(
            "a larger bias is taken to shorten the memory",
            "kept_later > kept", "kept_later < kept",
            "follow a rise of the bias through the sum and through σ to the share that "
            "is kept.",
            "section 2.4, equation 2.12",
        ),
        Mistake(
            "a word for the memory that is not one of the two",
            '"longer" if', '"long" if',
            'choose one of the two words, "longer" or "shorter".',
            "section 2.4, equation 2.12",
        ),
        Mistake(
            "the shape is that of one sequence",
            "(N, H)", "(H,)",
            "give each of the N sequences its own row: the gate is made for the whole "
            "batch.",
            "section 2.3, the code of the gate",
        ),
        Mistake(
            "the shape is that of the weights from the input",
            "(N, H)", "(D, H)",
            "follow the shapes through x @ W_xz: the inner size, D, is summed away.",
            "section 2.2, equation 2.4, and the code of section 2.3",
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
            "section 2.2, the paragraph before equation 2.4",
        ),
        Mistake(
            "the weights from the state are not counted",
            " + H * H", "",
            "count all three: two arrays of weights, and the bias.",
            "section 2.2, the paragraph before equation 2.4",
        ),
    ),
)  # fmt: skip
