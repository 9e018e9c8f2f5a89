"""9.6: from the recorded update gates, which unit carries the first marked number."""

import numpy as np

from gru_lesson.grading.pictures import maps
from gru_lesson.grading.question import Mistake, Question


def reference(zs, markers):
    """Return first and second (N, H) and a unit for zs (T, N, H), markers (T, N)."""
    N, H = zs.shape[1:]
    shares = np.zeros((2, N, H))
    for n in range(N):
        for number, t in enumerate(np.flatnonzero(markers[:, n])):
            written = 1 - zs[t, n]
            kept = np.prod(zs[t + 1 :, n], axis=0)
            shares[number, n] = written * kept
    first, second = shares
    unit = first.mean(axis=0).argmax()
    return first, second, unit


def z_writes(zs, markers):
    """Return the same for a gate that writes."""
    return reference(1 - zs, markers)


def up_to_the_second(zs, markers):
    """Let the first share go on to the second mark alone."""
    first, second, _ = reference(zs, markers)
    for n in range(len(first)):
        one, two = np.flatnonzero(markers[:, n])
        first[n] = (1 - zs[one, n]) * np.prod(zs[one + 1 : two, n], axis=0)
    return first, second, first.mean(axis=0).argmax()


def inputs(rng):
    """Draw T = 7, N = 3, H = 6; one unit is best on average, in no sequence alone.

    Another is best in each sequence, one of them with the largest share of all, and
    one for the second number. The unit after the best is best at nothing.
    """
    T, N, H = 7, 3, 6
    while True:
        zs = rng.uniform(0.55, 0.95, (T, N, H))
        markers = np.zeros((T, N))
        for n in range(N):
            one, two = rng.integers(0, T // 2), rng.integers(T // 2, T)
            markers[[one, two], n] = 1
        keeper = rng.integers(H - 1)
        others = rng.permutation(np.delete(np.arange(H), [keeper, keeper + 1]))
        eager, *best = others  # best[n] is the best unit of sequence n
        at = markers == 1
        zs[..., keeper] = np.where(at, 0.5, 0.93)
        zs[..., eager] = np.where(at, 0.15, 0.5)
        for n, unit in enumerate(best):
            zs[:, n, unit] = np.where(at[:, n], 0.6 if n == 1 else 0.65, 0.95)
        zs += rng.uniform(-0.04, 0.04, zs.shape)
        first, second, unit = reference(zs, markers)
        if (
            len(set(map(tuple, markers.T))) == N
            and unit == keeper
            and first.argmax(axis=1).tolist() == best
            and first.max(axis=0).argmax() == best[1]
            and second.mean(axis=0).argmax() == eager
            and np.diff(np.sort(first.mean(axis=0)))[-1] > 0.02
        ):
            return zs, markers


def picture(figure, arguments, target, yours):
    """Draw the shares of the first number."""
    draw = maps("first", (0.0, 0.3), "sequence", "unit")
    draw(figure, arguments, target[0], yours[0])


QUESTION = Question(
    title="Which unit carries the number?",
    points=3,
    where="section 9.7; section 8.4, equation 8.3; section 5.2, equation 5.1",
    reference=reference,
    inputs=inputs,
    returns=("first", "second", "unit"),
    decimals=3,
    starred=True,
    picture=picture,
    hints=(
        "Follow the candidate of the marked step: one share of it is written at that "
        "step, and of this a share is kept at each later step.",
        "Written: 1 - z at the mark. Kept: the product of z over all steps after the "
        "mark, up to the last. Each sequence has marks of its own.",
        "Section 5.2: the shares of the blend. Section 8.4: the product of the update "
        "gates, unit by unit. Section 9.7: what z does at a mark and between marks.",
    ),
    mistakes=(
        Mistake(
            "the share that is written at the mark is left out",
            "written = 1 - zs[t, n]", "written = 1",
            "multiply by 1 - z of the marked step: the candidate gets only this share.",
            "section 5.2, equation 5.1",
        ),
        Mistake(
            "at the mark z is taken, the share of the old state",
            "written = 1 - zs[t, n]", "written = zs[t, n]",
            "take 1 - z at the mark: this z keeps, and the rest is written.",
            "section 5.2, equation 5.1",
        ),
        Mistake(
            "the gate of the marked step stands in the product too",
            "zs[t + 1 :, n]", "zs[t:, n]",
            "begin the product one step after the mark: at the mark the gate keeps "
            "what was there before.",
            "section 8.4, equation 8.3",
        ),
        Mistake(
            "the gate of the last step is left out",
            "zs[t + 1 :, n]", "zs[t + 1 : -1, n]",
            "let the product go on to the last step, which has a gate too.",
            "section 8.4, equation 8.3",
        ),
        Mistake(
            "the product runs over the steps before the mark",
            "zs[t + 1 :, n]", "zs[:t, n]",
            "take the steps after the mark: before it the number was not there.",
            "section 8.4, equation 8.3",
        ),
        Mistake(
            "the mean of the gates stands in the place of their product",
            "np.prod(zs[t + 1 :, n], axis=0)",
            "zs[t + 1 :, n].mean(axis=0) if t + 1 < len(zs) else 1",
            "multiply the gates: each step keeps a share of what is left.",
            "section 8.4, equation 8.3",
        ),
        Mistake(
            "the first number is followed to the second mark alone",
            instead=up_to_the_second,
            advice="follow the first number to the last step: the loss looks there.",
            where="section 9.2, equation 9.1",
        ),
        Mistake(
            "the marks of the first sequence are used for all",
            "markers[:, n]", "markers[:, 0]",
            "look for the marks of each sequence in its own column of markers.",
            "section 9.2",
        ),
        Mistake(
            "the unit is the one that keeps most of the second number",
            "unit = first", "unit = second",
            "look for the largest mean of first.",
        ),
        Mistake(
            "the unit is the best one of the first sequence alone",
            "first.mean(axis=0)", "first[0]",
            "take the mean of first over the sequences, then look for the largest.",
        ),
        Mistake(
            "the unit is the best one of the last sequence alone",
            "first.mean(axis=0)", "first[-1]",
            "take the mean of first over the sequences, then look for the largest.",
        ),
        Mistake(
            "the unit is the one with the largest share in any one sequence",
            "first.mean(axis=0)", "first.max(axis=0)",
            "take the mean of first over the sequences, then look for the largest.",
        ),
        Mistake(
            "the unit is counted from 1",
            "first.mean(axis=0).argmax()", "first.mean(axis=0).argmax() + 1",
            "count units from 0: the first unit has the index 0.",
        ),
        Mistake(
            "z writes, where this book's z keeps",
            instead=z_writes,
            advice="exchange z and 1 - z: at the mark 1 - z is written, and later "
            "z is kept.",
            where="section 5.7, equation 5.8",
            convention=True,
        ),
    ),
)  # fmt: skip
