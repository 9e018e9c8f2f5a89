"""2.5: two bugs in a loop that runs an update gate over a sequence."""

import numpy as np

from gru_lesson.grading.pictures import curves
from gru_lesson.grading.question import Mistake, Question


def reference(xs, h_tildes, h0, p):
    """Return hs (T, N, H) for xs (T, N, D), h_tildes (T, N, H), h0 (N, H)."""
    h, hs = h0, []
    for x, h_tilde in zip(xs, h_tildes, strict=True):
        a_z = x @ p["W_xz"] + h @ p["W_hz"] + p["b_z"]
        e = np.exp(-np.abs(a_z))
        z = np.where(a_z >= 0, 1, e) / (1 + e)
        h = z * h + (1 - z) * h_tilde
        hs.append(h)
    return np.stack(hs)


def inputs(rng):
    """Draw T = 5, N = 2, D = 3, H = 4, with sums of both signs."""
    T, N, D, H = 5, 2, 3, 4
    xs, h_tildes = rng.normal(size=(T, N, D)), rng.uniform(-1, 1, (T, N, H))
    p = {"W_xz": rng.normal(size=(D, H)), "W_hz": 2 * rng.normal(size=(H, H))}
    p["b_z"] = rng.normal(size=H)
    return xs, h_tildes, rng.uniform(-1, 1, (N, H)), p


def picture(figure, arguments, target, yours):
    """Draw the states of the first sequence."""
    draw = curves("state of each unit")
    draw(figure, arguments, target[:, 0], np.asarray(yours)[:, 0])


QUESTION = Question(
    title="The gate that would not open",
    points=2,
    where="section 2.3, the code of σ and of the gate",
    reference=reference,
    inputs=inputs,
    returns=("hs",),
    picture=picture,
    hints=(
        "One bug is in how the gate is made of the sum, the other in what goes into "
        "the sum from the second step on.",
        "Take a sum of −6 through the two lines that make z of it, by hand. Then "
        "go through the loop twice and write down which state each line reads.",
        "Section 2.3: of which numbers the exponential is taken there. Section 2.2, "
        "equation 2.4: the index of the state in the sum.",
    ),
    mistakes=(
        Mistake(
            "the gates of later steps do not follow the state",
            "h @ p", "h0 @ p",
            "write down, for the second step, which state the sum of the gate reads.",
            "section 2.2, equation 2.4",
        ),
        Mistake(
            "no gate comes out below one half",
            "np.exp(-np.abs(a_z))", "np.exp(-a_z)",
            "take a sum of −6 through the lines that make z, by hand: σ of it is "
            "0.0025. At +6 they are right.",
            "section 2.3, the code of σ",
        ),
        Mistake(
            "no gate comes out above one half",
            "np.exp(-np.abs(a_z))", "np.exp(a_z)",
            "take a sum of +6 through the lines that make z, by hand: σ of it is "
            "0.9975. At −6 they are right.",
            "section 2.3, the code of σ",
        ),
        Mistake(
            "the gate does not look at the state",
            ' + h @ p["W_hz"]', "",
            "keep the term of the state in the sum, and let it read the right state.",
            "section 2.2, equation 2.4",
        ),
        Mistake(
            "every step starts from the initial state",
            "z * h +", "z * h0 +",
            "blend with the state of the step before: the share is kept of what is "
            "there now.",
            "section 2.1, equation 2.1",
        ),
        Mistake(
            "each state is recorded before its step is taken",
            "hs.append(h)", "hs.append(h0 if len(hs) == 0 else last)\n        last = h",
            "append the new state, after the line that computes it.",
            "section 2.5, the loop",
        ),
        Mistake(
            "the initial state stands before the states of the steps",
            "np.stack(hs)", "np.stack([h0, *hs])",
            "return the state after each step alone: T of them.",
            "this exercise's text, the line after its table",
        ),
        Mistake(
            "z writes, where this book's z keeps",
            "z * h + (1 - z) * h_tilde", "(1 - z) * h + z * h_tilde",
            "make z 0.9975 where the sum is +6, and let z multiply the old state, and "
            "1 - z the candidate.",
            "section 2.6, the two columns of the table",
            convention=True,
        ),
        Mistake(
            "the results are those of the code as it came, with both bugs",
            'h @ p["W_hz"] + p["b_z"]\n        e = np.exp(-np.abs(a_z))',
            'h0 @ p["W_hz"] + p["b_z"]\n        e = np.exp(-a_z)',
            "begin with a single step: choose a sum of −6, and compare z with "
            "the value that σ has there, 0.0025.",
            "section 2.3, the code of σ",
        ),
    ),
)  # fmt: skip
