"""3.3: weight and bias of a reset gate with given values at marks and elsewhere."""

import numpy as np

from gru_lesson.cell import sigmoid
from gru_lesson.grading.pictures import MIDTONE
from gru_lesson.grading.question import Mistake, Question


def reference(at_marks, elsewhere):
    """Return W_xr (2, H), b_r (H,) for at_marks (H,), elsewhere (H,)."""
    a_mark = np.log(at_marks / (1 - at_marks))
    a_else = np.log(elsewhere / (1 - elsewhere))
    weight = (a_mark - a_else) / 2
    b_r = (a_mark + a_else) / 2
    silent = np.zeros_like(weight)
    W_xr = np.stack([silent, weight])
    return W_xr, b_r


def inputs(rng):
    """Draw H = 4."""
    H = 4
    return rng.uniform(0.05, 0.45, H), rng.uniform(0.55, 0.95, H)


def picture(figure, arguments, target, yours):
    """Draw the gate of each unit at a mark and elsewhere: asked for, and yours."""
    ax = figure.subplots()
    W_xr, b_r = (np.asarray(part, float) for part in yours)
    units = np.arange(len(target[1]))
    for sign, asked, name, color in (
        (1, arguments[0], "at marks", "#D55E00"),
        (-1, arguments[1], "elsewhere", "#0072B2"),
    ):
        ax.plot(units, asked, "o", ms=13, alpha=0.4, mew=0, color=color)
        r = sigmoid(sign * W_xr[1] + b_r)
        ax.plot(units, r, "x", color=color, label=name, clip_on=False)
    ax.axhline(0.5, lw=0.8, color=MIDTONE)
    ax.set(xlabel="unit, counted from 0", ylabel="r: asked ●, yours ×")
    ax.set(xticks=units, ylim=(-0.05, 1.05))
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))


QUESTION = Question(
    title="A gate for marks of −1 and 1",
    points=2,
    where="section 3.4, and section 3.3, equations 3.4 and 3.5",
    reference=reference,
    inputs=inputs,
    returns=("W_xr", "b_r"),
    picture=picture,
    hints=(
        "Shares do not add, log-odds do. Begin with the two log-odds that are asked "
        "for.",
        "A mark adds the weight to the bias, every other step subtracts it: two "
        "equations for two unknowns, unit by unit. The amount has no say.",
        "Section 3.3: the log-odds are the pre-activation of equation 3.4. Section "
        "3.4 sets such a gate for marks of 0 and 1; compare what its −12 and 6 do.",
    ),
    mistakes=(
        Mistake(
            "the weights fit marks of 0 and 1",
            "(a_mark - a_else) / 2\n    b_r = (a_mark + a_else) / 2",
            "a_mark - a_else\n    b_r = a_else",
            "let the weight count at the other steps too: there the mark is −1, "
            "not 0.",
        ),
        Mistake(
            "marked and other steps are interchanged",
            "(a_mark - a_else)", "(a_else - a_mark)",
            "turn the sign of the weight: a mark of 1 has to lead to at_marks.",
        ),
        Mistake(
            "sum and difference are not halved",
            "(a_mark - a_else) / 2\n    b_r = (a_mark + a_else) / 2",
            "a_mark - a_else\n    b_r = a_mark + a_else",
            "insert your weight and bias into equation 3.4 for a mark of 1, and "
            "compare.",
        ),
        Mistake(
            "the bias alone is the log-odds of elsewhere, as for a mark of 0",
            "b_r = (a_mark + a_else) / 2", "b_r = a_else",
            "insert a mark of −1 into equation 3.4: there the bias minus the weight "
            "has to be the log-odds of elsewhere.",
        ),
        Mistake(
            "shares stand in the place of log-odds",
            "np.log(at_marks / (1 - at_marks))\n"
            "    a_else = np.log(elsewhere / (1 - elsewhere))",
            "at_marks\n    a_else = elsewhere",
            "turn each share into its log-odds first: these may be added.",
            "section 2.2, equation 2.2",
        ),
        Mistake(
            "σ of the share stands in the place of its log-odds",
            "np.log(at_marks / (1 - at_marks))\n"
            "    a_else = np.log(elsewhere / (1 - elsewhere))",
            "sigmoid(at_marks)\n    a_else = sigmoid(elsewhere)",
            "go the other way: σ leads from log-odds to a share, and here the share is "
            "given.",
            "section 2.2, equation 2.2",
        ),
        Mistake(
            "odds stand in the place of log-odds",
            "np.log(at_marks / (1 - at_marks))\n"
            "    a_else = np.log(elsewhere / (1 - elsewhere))",
            "at_marks / (1 - at_marks)\n    a_else = elsewhere / (1 - elsewhere)",
            "take the logarithm of the odds: σ raises e to it.",
            "section 2.2, equation 2.2",
        ),
        Mistake(
            "the logarithm of the share is taken, and not of the odds",
            "np.log(at_marks / (1 - at_marks))\n"
            "    a_else = np.log(elsewhere / (1 - elsewhere))",
            "np.log(at_marks)\n    a_else = np.log(elsewhere)",
            "divide each share by what is missing to 1 before the logarithm.",
            "section 2.2, equation 2.2",
        ),
        Mistake(
            "the weight stands in the row of the amount",
            "[silent, weight]", "[weight, silent]",
            "put the weight into the row of the mark: the mark is the second input.",
            "section 3.4",
        ),
        Mistake(
            "the bias is returned first, and the weights after it",
            "return W_xr, b_r", "return b_r, W_xr",
            "return the weights first, then the bias.",
        ),
    ),
)  # fmt: skip
