"""2.4: the biases that give the units of a cell the half-lives one wants."""

import numpy as np

from gru_lesson.cell import sigmoid
from gru_lesson.grading.pictures import MIDTONE, TARGET, YOURS
from gru_lesson.grading.question import Mistake, Question


def reference(n_half):
    """Return b_z (H,) for wanted half-lives n_half (H,), in steps."""
    z = 2 ** (-1 / n_half)
    odds = z / (1 - z)
    return np.log(odds)


def inputs(rng):
    """Draw H = 4 half-lives from 1.3 to 12 steps."""
    return (np.exp(rng.uniform(np.log(1.3), np.log(12), 4)),)


def picture(figure, arguments, target, yours):
    """Draw what a unit keeps over time with each bias; dots mark the wanted halves."""
    (n_half,) = arguments
    ax = figure.subplots()
    steps = np.linspace(0, 1.5 * n_half.max(), 100)[:, None]
    lines = ax.plot(steps, sigmoid(target) ** steps, **TARGET)
    lines[0].set_label("target")
    gate = sigmoid(np.asarray(yours, float))
    lines = ax.plot(steps, gate**steps, **YOURS)
    lines[0].set_label("yours")
    ax.axhline(0.5, color=MIDTONE, lw=1)
    ax.plot(n_half, np.full(n_half.shape, 0.5), "o", color=MIDTONE, label="wanted")
    ax.set(xlabel="steps", ylabel="share left", ylim=(0, 1))
    ax.legend(frameon=False)


QUESTION = Question(
    title="A bias for a half-life",
    points=2,
    where="section 2.4, equation 2.10, and section 2.2, equation 2.2",
    reference=reference,
    inputs=inputs,
    returns=("b_z",),
    picture=picture,
    hints=(
        "Go backward: from the half-life to the gate, and from the gate to the bias.",
        "The gate that leaves one half after n steps is the n-th root of one half. "
        "The inverse of σ is the logarithm of the odds.",
        "Section 2.4, equation 2.10, solved for z; then section 2.2, equation 2.2, "
        "with the bias as the whole sum.",
    ),
    mistakes=(
        Mistake(
            "the wanted numbers are taken as time constants",
            "2 ** (-1 / n_half)", "np.exp(-1 / n_half)",
            "let one half be left after n steps, not 1/e.",
            "section 2.4, equations 2.10 and 2.11",
        ),
        Mistake(
            "the rule ln(n − 1), which makes 1 / (1 − z) equal to n",
            "np.log(odds)", "np.log(n_half - 1)",
            "start from the half-life: the rule is about 1 / (1 - z), another measure "
            "of memory.",
            "section 2.4, the note on choosing a bias, and equation 2.10",
        ),
        Mistake(
            "the logarithm of the wanted number itself",
            "np.log(odds)", "np.log(n_half)",
            "go through the gate: ln n is close for a time constant of many steps, and "
            "a half-life is asked for, exactly.",
            "section 2.4, equations 2.10 and 2.12",
        ),
        Mistake(
            "an approximation, good for long memories only",
            "np.log(odds)", "np.log(n_half / np.log(2))",
            "solve equation 2.10 for z without the approximation of equation 2.12: "
            "some of the half-lives are short.",
            "section 2.4, equations 2.10 and 2.12",
        ),
        Mistake(
            "τ is taken as n ln 2, where it is n / ln 2",
            "2 ** (-1 / n_half)", "np.exp(-1 / (n_half * np.log(2)))",
            "divide the half-life by ln 2 for the time constant: it is the longer "
            "of the two.",
            "section 2.4, equations 2.10 and 2.11",
        ),
        Mistake(
            "ln(n ln 2), an approximation with the conversion to τ the wrong way round",
            "np.log(odds)", "np.log(n_half * np.log(2))",
            "divide by ln 2 for the time constant, and use the exact form of equation "
            "2.12: some of the half-lives are short.",
            "section 2.4, equations 2.10 to 2.12",
        ),
        Mistake(
            "the gate is returned in the place of the bias",
            "np.log(odds)", "z",
            "go one step further: find what σ makes this gate of.",
            "section 2.2, equation 2.2",
        ),
        Mistake(
            "the odds are returned without their logarithm",
            "np.log(odds)", "odds",
            "take the logarithm of the odds: the bias is a sum's part, not a factor.",
            "section 2.2, equation 2.2",
        ),
        Mistake(
            "ln z in the place of the log-odds",
            "z / (1 - z)", "z",
            "divide z by 1 - z before the logarithm: σ is undone by the odds.",
            "section 2.2, equation 2.2",
        ),
        Mistake(
            "one half is raised to the number of steps, where its root is needed",
            "(-1 / n_half)", "-n_half",
            "solve zⁿ = ½ for z: the exponent is one over the number of steps.",
            "section 2.4, equations 2.9 and 2.10",
        ),
        Mistake(
            "z writes, where this book's z keeps",
            "np.log(odds)", "-np.log(odds)",
            "turn the sign of the biases.",
            "section 2.6, equation 2.13",
            convention=True,
        ),
    ),
)  # fmt: skip
