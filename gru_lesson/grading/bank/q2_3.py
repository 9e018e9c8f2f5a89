"""2.3: the half-lives that the recorded gate of a trained cell implies.

The recording in the exercise comes from ``tests/golden/make_gate_recording.py``.
"""

import numpy as np

from gru_lesson.cell import sigmoid
from gru_lesson.grading.pictures import MIDTONE, TARGET, YOURS
from gru_lesson.grading.question import Mistake, Question


def reference(zs):
    """Return the half-lives (H,), in steps, for a trace zs (T, N, H)."""
    log_z = np.log(zs)
    mean = log_z.mean(axis=(0, 1))
    return -np.log(2) / mean


def inputs(rng):
    """Draw T = 5, N = 2, H = 4; some units keep more than others."""
    T, N, H = 5, 2, 4
    habit = rng.permutation(H) * 0.8
    return (sigmoid(habit + 1.5 * rng.normal(size=(T, N, H))),)


def picture(figure, arguments, target, yours):
    """Draw what the recorded gate leaves, and constant gates with the half-lives."""
    (zs,) = arguments
    T, N, H = zs.shape
    left = np.cumprod(np.concatenate([np.ones((1, N, H)), zs]), axis=0)
    steps = np.arange(T + 1)
    for j, ax in enumerate(figure.subplots(1, H, sharey=True)):
        ax.semilogy(steps, left[:, :, j], color=MIDTONE, lw=1)
        line = 0.5 ** (steps / target[j])
        ax.semilogy(steps, line, **TARGET, label="target")
        line = 0.5 ** (steps / float(np.asarray(yours)[j]))
        ax.semilogy(steps, line, **YOURS, label="yours")
        ax.set(title=f"unit [{j}]", xlabel="step")
    ax.legend(frameon=False, fontsize="small")
    figure.axes[0].set_ylabel("share left")


QUESTION = Question(
    title="Half-lives of a trained gate",
    points=2,
    where="section 2.4, equations 2.9 and 2.10",
    reference=reference,
    inputs=inputs,
    returns=("half-lives",),
    picture=picture,
    hints=(
        "Shares that follow one another multiply. An average of the shares does not "
        "have their product.",
        "Call the constant gate c. Then c ** (T * N) is the product of all T times N "
        "values of a unit: take logarithms of both sides. What is left of the three "
        "axes is the last.",
        "Section 2.4: equation 2.9 for the product, then equation 2.10, in which "
        "the gate appears as ln z only.",
    ),
    mistakes=(
        Mistake(
            "the gate is averaged before the logarithm is taken",
            "np.log(zs)", "np.log(zs.mean(axis=(0, 1), keepdims=True))",
            "take the logarithm first and average after it: the mean of ln z belongs "
            "to the product, the mean of z to a sum.",
        ),
        Mistake(
            "the gate is averaged over the sequences before the logarithm is taken",
            "np.log(zs)", "np.log(zs.mean(axis=1, keepdims=True))",
            "take the logarithm of each value first, then average over steps and "
            "sequences.",
        ),
        Mistake(
            "each sequence gets a half-life of its own, and these are averaged",
            "-np.log(2) / mean", "(-np.log(2) / log_z.mean(axis=0)).mean(axis=0)",
            "average ln z over steps and sequences, and turn it into a half-life once, "
            "at the end.",
        ),
        Mistake(
            "the half-lives of the single steps are averaged",
            "-np.log(2) / mean", "(-np.log(2) / log_z).mean(axis=(0, 1))",
            "average ln z, and turn it into a half-life once, at the end.",
        ),
        Mistake(
            "the minus sign is missing",
            "/ mean", "/ -mean",
            "turn the sign: ln z is negative, and a half-life is not.",
            "section 2.4, equation 2.10",
        ),
        Mistake(
            "a time constant in the place of a half-life",
            "np.log(2)", "1",
            "put ln 2 in the numerator: half is to be left, not 1/e.",
            "section 2.4, equations 2.10 and 2.11",
        ),
        Mistake(
            "the whole recording is taken as one step",
            "log_z.mean", "log_z.sum",
            "divide the sum of the logarithms by how many there are: the half-life is "
            "counted in steps.",
            "section 2.4, equation 2.9",
        ),
        Mistake(
            "the average runs over time only",
            "(0, 1)", "0",
            "average over the sequences too: one number for each unit is left.",
        ),
        Mistake(
            "the average runs over the units in the place of the sequences",
            "(0, 1)", "(0, 2)",
            "keep the last axis: it is the one that counts the units.",
        ),
        Mistake(
            "the last step only is read",
            "np.log(zs)", "np.log(zs[-1:])",
            "use every step of the recording: each is a factor of the product.",
            "section 2.4, equation 2.9",
        ),
        Mistake(
            "z writes, where this book's z keeps",
            "np.log(zs)", "np.log(1 - zs)",
            "read the kept share off z itself, in the place of 1 - z.",
            "section 2.6, the two columns of the table",
            convention=True,
        ),
    ),
)  # fmt: skip
