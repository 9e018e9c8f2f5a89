"""5.6: how far one unit counts before two counts are too close to tell apart."""

import numpy as np

from gru_lesson.grading.pictures import TARGET, YOURS
from gru_lesson.grading.question import Mistake, Question


def reference(z, delta):
    """Return n (K,), the largest counts, for gates z (K,) and a resolution delta."""
    k = np.arange(1, 1000)[:, None]
    before, after = 1 - z ** (k - 1), 1 - z**k
    told_apart = after - before >= delta
    return told_apart.sum(axis=0)


def inputs(rng):
    """Draw K = 14 gates in order, the last two too slow for the resolution."""
    delta, gates = rng.uniform(0.02, 0.03), []
    ends = 1 - np.geomspace(0.8, 0.03, 13)
    lows, highs = [*ends[:-1], 0.982, 0.986], [*ends[1:], 0.986, 0.99]
    for low, high in zip(lows, highs, strict=True):
        step = 0.0
        while abs(step - round(step)) < 0.02:  # float32 must count the same
            z = rng.uniform(low, high)
            step = np.log(delta / (1 - z)) / np.log(z)
        gates.append(z)
    return np.array(gates), delta


def picture(figure, arguments, target, yours):
    """Draw the count against the gate."""
    z, delta = arguments
    ax = figure.subplots()
    ax.plot(z, target, **TARGET, label="target")
    ax.plot(z, np.asarray(yours), marker="o", ms=3, **YOURS, label="yours")
    ax.set(xlabel="z", ylabel="largest count", title=f"δ = {delta:.3f}")
    ax.legend(frameon=False, loc="upper left")


QUESTION = Question(
    title="How far one unit counts",
    points=3,
    where="sections 5.6 and 5.8",
    reference=reference,
    inputs=inputs,
    returns=("n",),
    picture=picture,
    decimals=3,
    starred=True,
    hints=(
        "The states get closer and closer, so the last pair that is still far enough "
        "apart decides. It is the size of a step that counts.",
        "The step from count k - 1 to count k has the size z^(k - 1) - z^k. Ask for "
        "each k whether that is at least delta. A gate near 1 may fail at k = 1.",
        "Section 5.6, equation 5.6, for the state after each step; section 5.8 for "
        "the steps that get shorter and what delta means.",
    ),
    mistakes=(
        Mistake(
            "the state of the count 0 is counted too",
            "told_apart.sum(axis=0)", "told_apart.sum(axis=0) + 1",
            "return the last count itself: the states are one more, with 0 among them.",
        ),
        Mistake(
            "each count is compared with the next one, so the last is missing",
            "after - before >= delta", "z * (after - before) >= delta",
            "compare count k with the one before it, k - 1, beginning at k = 1.",
        ),
        Mistake(
            "z^(k - 1) is compared with delta: the factor 1 - z of the step is missing",
            "after - before >= delta", "z ** (k - 1) >= delta",
            "subtract two neighboring states: a step is z^(k - 1) times 1 - z, the "
            "share of the new.",
            "section 5.6, equation 5.6",
        ),
        Mistake(
            "z^k, the gap to 1, is compared with delta, not the step",
            "after - before >= delta", "1 - after >= delta",
            "compare the distance between neighboring states with delta.",
            "section 5.8, the steps that the code prints",
        ),
        Mistake(
            "the room is divided by delta, as if each step were as short as allowed",
            "return told_apart.sum(axis=0)", "return np.full(len(z), 1 // delta)",
            "find the steps of this unit: its gate sets how long each of them is.",
            "section 5.6, equation 5.6",
        ),
        Mistake(
            "a gate whose first step is too short gets a negative count",
            "return told_apart.sum(axis=0)",
            "return np.floor(1 + np.log(delta / (1 - z)) / np.log(z))",
            "return 0 where even the first step is shorter than delta.",
        ),
        Mistake(
            "the negative count of a slow gate is cut toward 0, not at 0",
            "return told_apart.sum(axis=0)",
            "return np.trunc(1 + np.log(delta / (1 - z)) / np.log(z))",
            "return 0 where even the first step is shorter than delta: astype(int) "
            "keeps a negative count.",
        ),
        Mistake(
            "the counts are not whole",
            "return told_apart.sum(axis=0)",
            "return np.maximum(0, 1 + np.log(delta / (1 - z)) / np.log(z))",
            "round down: the count after that one is too close.",
        ),
        Mistake(
            "the counts are rounded up",
            "return told_apart.sum(axis=0)",
            "return np.maximum(0, np.ceil(1 + np.log(delta / (1 - z)) / np.log(z)))",
            "round down: the last step of those is too short.",
        ),
        Mistake(
            "z writes, where this book's z keeps",
            "k = np", "z = 1 - z\n    k = np",
            "put 1 - z wherever you have z.",
            "section 5.7, the table",
            convention=True,
        ),
    ),
)  # fmt: skip
