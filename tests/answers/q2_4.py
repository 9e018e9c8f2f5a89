"""Right and wrong answers to 2.4, written as learners write them."""

import math

import numpy as np


def in_one_line(n_half):
    return -np.log(np.exp2(1 / n_half) - 1)


def with_a_loop(n_half):
    found = []
    for n in n_half:
        z = math.exp(-math.log(2) / n)
        found.append(math.log(z) - math.log(1 - z))
    return found


def with_expm1(n_half):
    return -np.log(np.expm1(np.log(2) / n_half))


def in_single_precision(n_half):
    z = np.float32(0.5) ** (1 / n_half.astype(np.float32))
    return np.log(z) - np.log1p(-z)


def by_bisection(n_half):
    low, high = np.full(n_half.shape, -20.0), np.full(n_half.shape, 20.0)
    for _ in range(60):
        middle = (low + high) / 2
        short = (1 / (1 + np.exp(-middle))) ** n_half < 0.5
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return low


def in_place(n_half):
    n_half **= -1
    n_half *= np.log(0.5)
    print("ln z =", n_half)
    return 2 * np.arctanh(2 * np.exp(n_half) - 1)


RIGHT = [
    in_one_line,
    with_a_loop,
    with_expm1,
    in_single_precision,
    by_bisection,
    in_place,
]

# the name of the mistake that the check is to find
WRONG = {
    "the wanted numbers are taken as time constants": (
        lambda n: -np.log(np.expm1(1 / n))
    ),
    "the rule ln(n − 1), which makes 1 / (1 − z) equal to n": (
        lambda n: np.log1p(n - 2)
    ),
    "the logarithm of the wanted number itself": lambda n: [math.log(v) for v in n],
    "an approximation, good for long memories only": (
        lambda n: np.log(n) - np.log(np.log(2))
    ),
    "τ is taken as n ln 2, where it is n / ln 2": (
        lambda n: -np.log(np.expm1(1 / np.log(2**n)))
    ),
    "ln(n ln 2), an approximation with the conversion to τ the wrong way round": (
        lambda n: [math.log(v) + math.log(math.log(2)) for v in n]
    ),
    "the gate is returned in the place of the bias": (lambda n: np.exp(-np.log(2) / n)),
    "the odds are returned without their logarithm": (lambda n: 1 / (2 ** (1 / n) - 1)),
    "ln z in the place of the log-odds": lambda n: -np.log(2) / n,
    "one half is raised to the number of steps, where its root is needed": (
        lambda n: [-math.log(2**v - 1) for v in n]
    ),
    "z writes, where this book's z keeps": lambda n: np.log(2 ** (1 / n) - 1),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda n: np.log(n + 1),
    lambda n: 1 - 1 / n,
    lambda n: np.log10(1 / (2 ** (1 / n) - 1)),
    lambda n: in_one_line(n)[:, None],
]
