"""2.1: the update gate of a text that writes everything as columns."""

from gru_lesson.cell import sigmoid
from gru_lesson.grading.pictures import maps
from gru_lesson.grading.question import Mistake, Question


def reference(x, h_prev, W, U, b):
    """Return z (H, N) for x (D, N), h_prev (H, N), W (H, D), U (H, H), b (H,)."""
    a = W @ x + U @ h_prev + b[:, None]
    return sigmoid(a)


def inputs(rng):
    """Draw D = 3, H = 4, N = 2."""
    D, H, N = 3, 4, 2
    x, h_prev = rng.normal(size=(D, N)), rng.uniform(-1, 1, (H, N))
    W, U = rng.normal(size=(H, D)), rng.normal(size=(H, H))
    return x, h_prev, W, U, rng.normal(size=H)


QUESTION = Question(
    title="The update gate in columns",
    points=2,
    where="section 2.2, equations 2.4 and 2.5",
    reference=reference,
    inputs=inputs,
    returns=("z",),
    picture=maps("z"),
    hints=(
        "Three terms make the pre-activation: one from x, one from the state, and the "
        "bias.",
        "With columns the weights stand on the left: W @ x has shape (H, N). The bias "
        "has shape (H,) and must reach each column.",
        "Section 2.2, equation 2.4: transpose both sides, and each product turns.",
    ),
    mistakes=(
        Mistake(
            "the bias is left out",
            " + b[:, None]", "",
            "add b to the sum, as a column: b[:, None].",
        ),
        Mistake(
            "the old state is left out",
            " + U @ h_prev", "",
            "add U @ h_prev: the gate looks at the state too.",
        ),
        Mistake(
            "U is transposed",
            "U @", "U.T @",
            "use U as it is given: it stands on the left already.",
        ),
        Mistake(
            "tanh in the place of σ",
            "sigmoid(a)", "np.tanh(a)",
            "squash with sigmoid: a share lies between 0 and 1.",
            "section 2.2, equation 2.5",
        ),
        Mistake(
            "σ is missing",
            "sigmoid(a)", "a",
            "pass the sum through sigmoid: a share lies between 0 and 1.",
            "section 2.2, equation 2.5",
        ),
        Mistake(
            "z writes, where this book's z keeps",
            "sigmoid(a)", "sigmoid(-a)",
            "return 1 - z, which is the same as the sign of W, U and b turned.",
            "section 2.6, equation 2.13",
            convention=True,
        ),
    ),
)  # fmt: skip
