"""Right and wrong answers to 5.3, written as learners write them."""

import numpy as np


def with_loops(z, r):
    H = len(z)
    reaches = np.zeros((H, H), dtype=bool)
    for i in range(H):
        for j in range(H):
            reaches[i, j] = i == j if z[j] == 1 else r[i] == 1
    return reaches


def as_a_derivative(z, r):
    return np.outer(r, 1 - z) + np.diag(z) > 0


def as_numbers(z, r):
    return np.outer(r, 1 - z) + z * np.eye(len(z))


def in_single_precision(z, r):
    return r.astype(np.float32)[:, None] * (1 - z.astype(np.float32)) + np.diag(z)


def as_a_list(z, r):
    units = range(len(z))
    return [[bool(i == j if z[j] else r[i]) for j in units] for i in units]


def with_where(z, r):
    own = np.eye(len(z), dtype=bool)
    print("keeps", z)
    return np.where(z == 1, own, (r == 1).reshape(-1, 1))


def in_place(z, r):
    z *= -1
    z += 1
    reaches = np.tile(r, (len(r), 1)).T.astype(bool)
    reaches[:, z == 0] = False
    reaches[z == 0, z == 0] = True
    return reaches


def by_trying_a_cell(z, r):
    rng = np.random.default_rng(0)
    H = len(z)
    weights, h_prev = rng.normal(size=(H, H)), rng.uniform(-0.5, 0.5, H)

    def new(h):
        return z * h + (1 - z) * np.tanh((r * h) @ weights)

    return np.array([new(h_prev + row) != new(h_prev) for row in 0.1 * np.eye(H)])


RIGHT = [
    with_loops,
    as_a_derivative,
    as_numbers,
    in_single_precision,
    as_a_list,
    with_where,
    in_place,
    by_trying_a_cell,
]

# the name of the mistake that the check is to find
WRONG = {
    "r of the unit that receives decides, not of the one that sends": (
        lambda z, r: np.diag(z) + (1 - z) * r * np.ones((len(z), 1)) > 0
    ),
    "rows and columns are exchanged": lambda z, r: np.outer(1 - z, r) + np.diag(z) > 0,
    "what a unit keeps of itself is left out": lambda z, r: np.outer(r, 1 - z) > 0,
    "z of the unit that sends decides, not of the one that receives": (
        lambda z, r: np.outer((r == 1) & (z == 0), np.ones(len(z))) + np.diag(z) == 1
    ),
    "every unit is taken to see its own past": (
        lambda z, r: np.outer(r, 1 - z) + np.eye(len(z)) > 0
    ),
    "a unit that keeps sees the past of others too": (
        lambda z, r: np.maximum(r[:, None], np.diag(z)) * np.ones_like(z)
    ),
    "each candidate sees the past of its own unit only": (
        lambda z, r: np.eye(len(z)) * np.maximum(z, r) == 1
    ),
    "r = 1 is read as hide": lambda z, r: np.outer(1 - r, 1 - z) + np.diag(z) > 0,
    "z writes, where this book's z keeps": (
        lambda z, r: np.outer(r, z) + np.diag(1 - z) > 0
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda z, r: np.ones((len(z), len(z)), dtype=bool),
    lambda z, r: np.tri(len(z), dtype=bool),
    lambda z, r: z * r,
]
