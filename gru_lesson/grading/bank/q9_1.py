"""9.1: five losses that need no computer: baselines, half a solution, cross-entropy."""

import numpy as np

from gru_lesson.grading.question import Mistake, Question


def reference():
    """Return five losses: four mean squared errors or variances, two in nats."""
    spread = 1 / 12  # the variance of a number that is uniform on [0, 1]
    wide = 2**2 * spread  # and of one that is uniform on [-1, 1]
    K = 27
    p_often, p_seldom = 1 / 2, 1 / 8
    return {
        "answers_0": 2 * spread + 1**2,
        "keeps_the_second": spread,
        "original": 2 * wide / 4**2,
        "uniform": np.log(K),
        "half_and_half": -(np.log(p_often) + np.log(p_seldom)) / 2,
    }


QUESTION = Question(
    title="Five losses on paper",
    points=2,
    where="section 9.2, equations 9.2 and 9.3; section 9.9, equation 9.13",
    reference=reference,
    returns=("prediction",),
    tolerance=2e-3,
    hints=(
        "A mean squared error has two parts: how much the target spreads around its "
        "mean, and how far the answer is from that mean.",
        "Ask for each network what it still does not know. A factor of the target "
        "enters its variance squared. Cross-entropy takes the logarithm of each "
        "probability first, and then the mean.",
        "Section 9.2: equation 9.2 has the two parts, equation 9.3 the variance of one "
        "marked value and of two. Section 9.9, equation 9.13: the loss in nats.",
    ),
    mistakes=(
        Mistake(
            "for the answer 0 the variance of the sum is left out",
            "2 * spread + 1**2", "1**2",
            "add the variance: the sum spreads around its mean, and that error stays.",
            "section 9.2, equation 9.2",
        ),
        Mistake(
            "the answer 0 gets the loss of the best constant answer",
            "2 * spread + 1**2", "2 * spread",
            "add the square of the distance from the answer, 0, to the mean of the "
            "sum.",
            "section 9.2, equation 9.2",
        ),
        Mistake(
            "the network that keeps the second value takes the first to be 0",
            '"keeps_the_second": spread', '"keeps_the_second": 1 / 3',
            "let the network answer the second value and the mean of the first: that "
            "is better than to take it as 0.",
            "section 9.2, equation 9.2",
        ),
        Mistake(
            "the network that keeps the second value gets the loss of one without "
            "memory",
            '"keeps_the_second": spread', '"keeps_the_second": 2 * spread',
            "count one variance: the second value is known, and the first is not.",
            "section 9.2, equation 9.3",
        ),
        Mistake(
            "the factor 1/4 of the original target is not squared",
            "/ 4**2", "/ 4",
            "square the factor: the variance of x/4 is that of x over 16.",
            "section 9.2, equation 9.3",
        ),
        Mistake(
            "the factor 1/4 of the original target is left out",
            " / 4**2", "",
            "divide by 16: the target has a quarter of the sum in it.",
            "section 9.2, equation 9.3",
        ),
        Mistake(
            "values on [-1, 1] get the variance of values on [0, 1]",
            "wide = 2**2 * spread", "wide = spread",
            "take 1/3 as the variance: the mean is 0, and the mean square is 1/3.",
            "section 9.2, equation 9.3",
        ),
        Mistake(
            "values on [-1, 1] get twice the variance of values on [0, 1]",
            "wide = 2**2 * spread", "wide = 2 * spread",
            "square the factor: a range twice as long has four times the variance.",
            "section 9.2, equation 9.3",
        ),
        Mistake(
            "the uniform guess is given in bits",
            "np.log(K)", "np.log2(K)",
            "take the natural logarithm: nats are asked for.",
            "section 9.9, equation 9.13",
        ),
        Mistake(
            "the logarithm is taken of the mean probability",
            "-(np.log(p_often) + np.log(p_seldom)) / 2",
            "-np.log((p_often + p_seldom) / 2)",
            "take the logarithm of each probability first, and then the mean.",
            "section 9.9, equation 9.13",
        ),
        Mistake(
            "the loss of the two kinds of symbols is given in bits",
            "-(np.log(p_often) + np.log(p_seldom)) / 2",
            "-(np.log2(p_often) + np.log2(p_seldom)) / 2",
            "take the natural logarithm: nats are asked for.",
            "section 9.9, equation 9.13",
        ),
    ),
)  # fmt: skip
