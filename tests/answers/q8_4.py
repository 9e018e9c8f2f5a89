"""Right and wrong answers to 8.4, written as learners write them."""

import numpy as np


def with_odds(half_life, share, v):
    odds = 1 / (2 ** (1 / half_life) - 1)  # z / (1 - z), that is n - 1
    T_max = 2 + (odds - 1) / (1 - share)
    return T_max, np.log(1 / (1 + v * (T_max - 2)))


def with_gates(half_life, share, v):
    k = np.exp(-np.log(2) / half_life)
    below = 1 / (1 - k) - 2  # length of the range up to n
    T_max = 2 + below / (1 - share)
    n = np.interp(v, [0, 1], [2, T_max])
    z = 1 / n  # of a gate that writes
    return T_max, np.log(z / (1 - z))


def by_bisection(half_life, share, v):
    def reached(T_max):
        low, high = 2, T_max
        for _ in range(60):
            n = (low + high) / 2
            if -np.log(2) / np.log(1 - 1 / n) >= half_life:
                high = n
            else:
                low = n
        return (T_max - high) / (T_max - 2)

    few, many = 2 + 1e-9, 10_000.0
    for _ in range(60):
        half = (few + many) / 2
        few, many = (half, many) if reached(half) < share else (few, half)
    return many, [-np.log(1 + x * (many - 2)) for x in v]


def in_single_precision(half_life, share, v):
    f = np.float32
    n = 1 / -np.expm1(-np.log(f(2)) / f(half_life))
    T_max = f(2) + (n - 2) / f(1 - share)
    return T_max, -np.log1p(v.astype(f) * (T_max - 2))


def in_place(half_life, share, v):
    k = 2.0 ** (-1 / half_life)
    T_max = (1 / (1 - k) - 2 * share) / (1 - share)
    v *= T_max - 2
    v += 1
    print(v)
    np.log(v, out=v)
    v *= -1
    return np.array([T_max]), v


RIGHT = [with_odds, with_gates, by_bisection, in_single_precision, in_place]


def solve(half_life, share, v, n=None, first=2, less=1, how=np.log):
    """Solve for T_max, with places for a mistake."""
    n = 1 + 1 / np.expm1(np.log(2) / half_life) if n is None else n
    T_max = first + (n - first) / (1 - share)
    return T_max, -how(first * (1 - v) + v * T_max - less)


def from_zero(half_life, share, v):
    n = 1 / (1 - np.exp2(-1 / half_life))
    T_max = n / (1 - share)
    return T_max, -np.log1p(v * (T_max - 2))


# the name of the mistake that the check is to find
WRONG = {
    "the half-life is taken for the time constant, after which 1/e is left": (
        lambda steps, share, v: solve(steps * np.log(2), share, v)
    ),
    "n is taken for the half-life itself": lambda h, *rest: solve(h, *rest, n=h),
    "n is taken for the time constant, to which it is near": (
        lambda h, *rest: solve(h, *rest, n=1.442695041 * h)
    ),
    "n is found from a bias of ln(n), where it is ln(n - 1)": (
        lambda h, *rest: solve(h, *rest, n=1 / np.expm1(np.log(2) / h))
    ),
    "the wanted share falls short of the half-life, where it should reach it": (
        lambda h, share, v: solve(h, 1 - share, v)
    ),
    "the range begins at 1": lambda *a: solve(*a, first=1),
    "T_max is found for a range that begins at 0": from_zero,
    "the biases have the logarithm of n, not of n - 1": lambda *a: solve(*a, less=0),
    "the logarithm is left out": lambda *a: solve(*a, how=np.asarray),
    "the logarithm has the base 10": lambda *a: solve(*a, how=np.log10),
    "z keeps, where this cell's z writes": (
        lambda *a: solve(*a, how=lambda odds: -np.log(odds))
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda *a: solve(*a, how=np.log2),
    lambda *a: with_odds(*a)[0],
    lambda *a: (with_odds(*a)[0], with_odds(*a)[1].mean()),
    lambda half_life, share, v: with_odds(half_life, share, 1 - v),
]
