"""3.4: the mean of the amounts since the last reset, from two running totals."""

import numpy as np

from gru_lesson.grading.pictures import curves
from gru_lesson.grading.question import Mistake, Question


def reference(amounts, r):
    """Return means (T, N) for amounts (T, N), r (T, N)."""
    total = count = np.zeros(amounts.shape[1])
    means = []
    for v_t, r_t in zip(amounts, r, strict=True):
        total = r_t * total + v_t
        count = r_t * count + 1
        means.append(total / count)
    return np.array(means)


def as_a_leak(amounts, r):
    """Return what a blend of old mean and new amount gives, (T, N)."""
    mean, means = np.zeros(amounts.shape[1]), []
    for v_t, r_t in zip(amounts, r, strict=True):
        mean = r_t * mean + (1 - r_t) * v_t
        means.append(mean)
    return np.array(means)


def over_sequences(amounts, r):
    """Return totals that run along axis 1, (T, N)."""
    return reference(amounts.T, r.T).T


def inputs(rng):
    """Draw T = 12, N = 3: many shares near 0 or 1, some that are 1, none that is 0.

    At r = 0 a count that passes the gate is 0 and the mean NaN or infinite, and such a
    value matches no known mistake.
    """
    T, N = 12, 3
    r = 1 / (1 + np.exp(-4 * rng.normal(size=(T, N))))
    return rng.uniform(-1, 1, (T, N)), np.clip(1.04 * r - 0.02, 0.01, 1)


def picture(figure, arguments, target, yours):
    """Draw the means, target and yours; steps are counted from 1."""
    curves("mean", "step, counted from 1")(figure, arguments, target, yours)
    steps = np.arange(len(target))
    figure.axes[0].set_xticks(steps, steps + 1)


QUESTION = Question(
    title="The mean since the mark",
    points=2,
    where="section 3.2, equation 3.1, and section 3.3",
    reference=reference,
    inputs=inputs,
    returns=("means",),
    picture=picture,
    hints=(
        "Two totals run side by side, one of amounts and one of steps. The same gate "
        "acts on both.",
        "The gate multiplies what was there before the step. What the step itself "
        "brings, the amount and the 1, does not pass through it, so the count of steps "
        "is never below 1.",
        "Section 3.2, equation 3.1: the marked case is a share of 0 of the old "
        "total, the other a share of 1. Section 3.3 puts r in between.",
    ),
    mistakes=(
        Mistake(
            "the count of steps does not start over",
            "r_t * count + 1", "count + 1",
            "let the gate act on the total of steps as it does on that of the amounts.",
        ),
        Mistake(
            "the total of amounts does not start over",
            "r_t * total + v_t", "total + v_t",
            "let the gate act on the total of amounts as it does on that of the steps.",
        ),
        Mistake(
            "the new amount passes through the gate too",
            "r_t * total + v_t", "r_t * (total + v_t)",
            "multiply the old total only, and add the new amount after that.",
        ),
        Mistake(
            "the 1 of the step passes through the gate: the count goes to 0 with r",
            "r_t * count + 1", "r_t * (count + 1)",
            "multiply the old count only, and add the 1 after that: the count is then "
            "never below 1.",
        ),
        Mistake(
            "1 - r in the place of r",
            "zip(amounts, r,", "zip(amounts, 1 - r,",
            "read r as the share that is still there: 1 carries on, 0 starts over.",
        ),
        Mistake(
            "the gate acts after the amount and the 1 are added, and not before",
            "zip(amounts, r,", "zip(amounts, np.roll(r, 1, axis=0),",
            "multiply both old totals by the r of the step that comes in; then add its "
            "amount and its 1, which must not pass the gate.",
        ),
        Mistake(
            "r is rounded to 0 or 1",
            "zip(amounts, r,", "zip(amounts, r > 0.5,",
            "multiply by r itself: a share in between keeps that share of both totals.",
        ),
        Mistake(
            "the total is not divided by the count",
            "total / count", "total",
            "divide the total of amounts by the total of steps.",
        ),
        Mistake(
            "the totals run over the sequences, and not over the steps",
            instead=over_sequences,
            advice="run along axis 0: time comes first.",
        ),
        Mistake(
            "r and 1 - r deal out shares, as the update gate does",
            instead=as_a_leak,
            advice="keep two totals. The new amount enters with its whole weight, "
            "whatever r is.",
        ),
    ),
)  # fmt: skip
