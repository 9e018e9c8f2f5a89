"""5.5: the weights with which the past is in the last state."""

import numpy as np

from gru_lesson.grading.pictures import curves
from gru_lesson.grading.question import Mistake, Question


def reference(z):
    """Return w (T + 1, N, H), of h_0 and of each candidate, for z (T, N, H)."""
    T, *rest = z.shape
    w = np.ones((T + 1, *rest))
    w[0] = np.prod(z, axis=0)
    for k in range(1, T + 1):
        w[k] = (1 - z[k - 1]) * np.prod(z[k:], axis=0)
    return w


def inputs(rng):
    """Draw T = 8, N = 2, H = 3."""
    return (rng.uniform(0.45, 0.97, (8, 2, 3)),)


def picture(figure, arguments, target, yours):
    """Draw the units of the first sequence."""
    draw = curves("weight in the last state", "k (0 is the first state)")
    draw(figure, arguments, target[:, 0], np.asarray(yours, float)[:, 0])


QUESTION = Question(
    title="What a state is made of",
    points=3,
    where="section 5.2, equation 5.1",
    reference=reference,
    inputs=inputs,
    returns=("w",),
    picture=picture,
    starred=True,
    hints=(
        "What enters the state is multiplied once when it enters, and once more at "
        "each step after that. Follow one candidate from its step to the last.",
        "Write T = 2 out: put the equation of the first step into that of the second, "
        "and read off the three weights. Then look at which gates each contains.",
        "Section 5.2, equation 5.1, put into itself; section 5.6, equation 5.6, "
        "is the sum of these weights over the candidates when the gate stands still.",
    ),
    mistakes=(
        Mistake(
            "the gate of the candidate's own step multiplies it too",
            "z[k:]", "z[k - 1:]",
            "multiply by the gates of later steps only, from step k + 1 on; its gate "
            "is z[k]. Then w.sum(axis=0) is 1.",
        ),
        Mistake(
            "the gate of the step after the candidate's own is skipped",
            "z[k:]", "z[k + 1:]",
            "let the gate of step k + 1 multiply the candidate of step k too: its gate "
            "is z[k]. Then w.sum(axis=0) is 1.",
        ),
        Mistake(
            "the first gate is missing in the weight of the first state",
            "np.prod(z, axis=0)", "np.prod(z[1:], axis=0)",
            "let each of the T gates multiply h_0, from z[0] on. Then w.sum(axis=0) "
            "is 1.",
        ),
        Mistake(
            "the last gate is missing in the weight of the first state",
            "np.prod(z, axis=0)", "np.prod(z[:-1], axis=0)",
            "let each of the T gates multiply h_0, up to z[-1]. Then w.sum(axis=0) "
            "is 1.",
        ),
        Mistake(
            "the gates before the candidate multiply it, not those after",
            "z[k:]", "z[: k - 1]",
            "multiply by the gates of the steps that come after: they shrink it.",
        ),
        Mistake(
            "the share with which the candidate enters is left out",
            "(1 - z[k - 1]) * np.prod", "np.prod",
            "begin each candidate with the share that its own step takes of it. Then "
            "w.sum(axis=0) is 1.",
        ),
        Mistake(
            "the first state is left out",
            "return w", "return w[1:]",
            "put the weight of h_0 in front, so that T + 1 weights add up to 1.",
        ),
        Mistake(
            "the weights stand from the last step to the first",
            "return w", "return w[::-1]",
            "turn the order: h_0 first, the last candidate last.",
        ),
        Mistake(
            "the weight of the first state stands last",
            "return w", "return np.roll(w, -1, axis=0)",
            "put the weight of h_0 first.",
        ),
        Mistake(
            "one gate stands for all later ones, as if it stood still",
            "np.prod(z, axis=0)\n    for k in range(1, T + 1):\n"
            "        w[k] = (1 - z[k - 1]) * np.prod(z[k:], axis=0)",
            "z[0] ** T\n    for k in range(1, T + 1):\n"
            "        w[k] = (1 - z[k - 1]) * z[k - 1] ** (T - k)",
            "take the product of the later gates: each step has its own. Then "
            "w.sum(axis=0) is 1.",
            "section 5.6, equation 5.6",
        ),
        Mistake(
            "z writes, where this book's z keeps",
            "T, *rest", "z = 1 - z\n    T, *rest",
            "put 1 - z wherever you have z.",
            "section 5.7, equation 5.8",
            convention=True,
        ),
    ),
)  # fmt: skip
