"""Right and wrong answers to 9.1, written as learners write them."""

from math import log

import numpy as np

EXACT = {
    "answers_0": 7 / 6,
    "keeps_the_second": 1 / 12,
    "original": 1 / 24,
    "uniform": log(27),
    "half_and_half": 2 * log(2),
}


def measured(steps=1200):
    """Average over a fine grid of values, in the place of the integrals."""
    u = (np.arange(steps) + 0.5) / steps
    a, b = u[:, None], u
    original = 0.5 + ((2 * a - 1) + (2 * b - 1)) / 4
    guess = np.full(27, 1 / 27)
    return {
        "half_and_half": -np.log([0.5, 0.125]).mean(),
        "uniform": -(guess * np.log(guess)).sum(),
        "original": ((original - original.mean()) ** 2).mean(),
        "keeps_the_second": ((a + b - (b + 0.5)) ** 2).mean(),
        "answers_0": ((a + b) ** 2).mean(),
    }


RIGHT = [
    EXACT,
    measured(),
    {name: np.float32(value) for name, value in EXACT.items()},
    {name: round(value, 3) for name, value in EXACT.items()},
    {name: np.array([value]) for name, value in EXACT.items()},
]

# the name of the mistake that the check is to find
WRONG = {
    "for the answer 0 the variance of the sum is left out": EXACT | {"answers_0": 1},
    "the answer 0 gets the loss of the best constant answer": (
        EXACT | {"answers_0": 0.167}
    ),
    "the network that keeps the second value takes the first to be 0": (
        EXACT | {"keeps_the_second": 0.333}
    ),
    "the network that keeps the second value gets the loss of one without memory": (
        EXACT | {"keeps_the_second": 0.167}
    ),
    "the factor 1/4 of the original target is not squared": EXACT
    | {"original": (1 / 3 + 1 / 3) / 4},
    "the factor 1/4 of the original target is left out": EXACT | {"original": 0.667},
    "values on [-1, 1] get the variance of values on [0, 1]": (
        EXACT | {"original": 1 / 96}
    ),
    "values on [-1, 1] get twice the variance of values on [0, 1]": (
        EXACT | {"original": 0.0208}
    ),
    "the uniform guess is given in bits": EXACT | {"uniform": 4.755},
    "the logarithm is taken of the mean probability": EXACT
    | {"half_and_half": -log(0.3125)},
    "the loss of the two kinds of symbols is given in bits": (
        EXACT | {"half_and_half": 2}
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    EXACT | {"answers_0": 2.0},
    dict.fromkeys(EXACT, 0.0),
    list(EXACT.values()),
    EXACT | {"uniform": 1 / 27},
    {"original": 1 / 24},
]
