"""Right and wrong answers to 8.6, written as learners write them."""

from itertools import product
from math import comb

import numpy as np


def all_choices(zs, others):
    T, H = zs.shape
    sums = np.zeros((T + 1, H, H))
    for choice in product((0, 1), repeat=T):
        path = np.eye(H)
        for t, detour in enumerate(choice):
            path = path @ (others[t] if detour else np.diag(zs[t]))
        sums[sum(choice)] += path
    return sums


def from_large_to_small(zs, others):
    T, H = zs.shape
    sums = [np.eye(H)] + [np.zeros((H, H)) for _ in range(T)]
    for t in range(T):
        for m in range(t + 1, 0, -1):
            sums[m] = sums[m] @ np.diag(zs[t]) + sums[m - 1] @ others[t]
        sums[0] = sums[0] * zs[t]
    return sums


def recursive(zs, others):
    H = zs.shape[1]
    if len(zs) == 0:
        return np.eye(H)[None]
    rest = recursive(zs[1:], others[1:])
    none = np.zeros((1, H, H))
    kept, left = zs[0][:, None] * rest, others[0] @ rest
    return np.concatenate([kept, none]) + np.concatenate([none, left])


def by_polynomial(zs, others):
    """Weigh each detour with e, and read the powers of e off values at T + 1 points."""
    T, H = zs.shape
    points = np.linspace(-1, 1, T + 1)
    values = []
    for e in points:
        J = np.eye(H)
        for z, other in zip(zs, others, strict=True):
            J = J @ (np.diag(z) + e * other)
        values.append(J.ravel())
    powers = np.vander(points, increasing=True)
    return np.linalg.solve(powers, np.array(values)).reshape(T + 1, H, H)


def growing(zs, others):
    sums = {0: np.eye(zs.shape[1])}
    for z, D in zip(zs, others, strict=True):
        new = {}
        for m, path in sums.items():
            new[m] = new.get(m, 0) + path * z
            new[m + 1] = new.get(m + 1, 0) + path @ D
        sums = new
        print(len(sums))
    return np.stack([sums[m] for m in sorted(sums)])


def in_single_precision(zs, others):
    return recursive(zs.astype(np.float32), others.astype(np.float32))


RIGHT = [
    all_choices,
    from_large_to_small,
    recursive,
    by_polynomial,
    growing,
    in_single_precision,
]


def small_to_large(zs, others):
    T, H = zs.shape
    sums = [np.eye(H)] + [np.zeros((H, H)) for _ in range(T)]
    for t in range(T):
        sums[0] = sums[0] @ np.diag(zs[t])
        for m in range(1, T + 1):
            sums[m] = sums[m] @ np.diag(zs[t]) + sums[m - 1] @ others[t]
    return np.array(sums)


def overwritten(zs, others):
    S = np.zeros((len(zs) + 1, zs.shape[1], zs.shape[1]))
    S[0] = np.eye(zs.shape[1])
    for z, D in zip(zs, others, strict=True):
        S *= z
        S[1:] += S[:-1] @ D
    return S


def grown(keep, leave):
    """Return a way like `growing` with other products."""

    def grow(zs, others):
        sums = [np.eye(zs.shape[1])]
        for z, D in zip(zs, others, strict=True):
            kept = [keep(path, z) for path in sums] + [0]
            left = [0] + [leave(path, D, z) for path in sums]
            sums = [a + b for a, b in zip(kept, left, strict=True)]
        return np.array(sums)

    return grow


def right_keep(path, z):
    return path @ np.diag(z)


def detours_first(zs, others):
    T = len(zs)
    rows = []
    for m in range(T + 1):
        steps = list(others[:m]) + [np.diag(z) for z in zs[m:]]
        rows.append(np.linalg.multi_dot([np.eye(zs.shape[1]), *steps]))
    return np.array(rows)


def averaged(zs, others):
    return [s / comb(len(zs), m) for m, s in enumerate(all_choices(zs, others))]


# the name of the mistake that the check is to find
WRONG = {
    "one step makes several detours: a sum is used after it was changed": (
        small_to_large
    ),
    "the old sums are multiplied by z before the detours are taken from them": (
        overwritten
    ),
    "z scales the rows of a sum, not its columns": grown(
        lambda path, z: np.diag(z) @ path, lambda path, D, z: path @ D
    ),
    "the detour of a step stands to the left of the steps before it": grown(
        right_keep, lambda path, D, z: D @ path
    ),
    "the steps are taken from the last to the first": (
        lambda zs, others: all_choices(zs[::-1], others[::-1])
    ),
    "the detour is multiplied entry by entry": grown(
        right_keep, lambda path, D, z: path * D
    ),
    "the whole Jacobian stands where the detour belongs": (
        lambda zs, others: all_choices(zs, others + zs[:, None] * np.eye(zs.shape[1]))
    ),
    "the order is turned: entry m is for m steps that keep": (
        lambda zs, others: np.flip(all_choices(zs, others), axis=0)
    ),
    "entry m is for at most m detours": (
        lambda zs, others: [
            all_choices(zs, others)[: m + 1].sum(axis=0) for m in range(len(zs) + 1)
        ]
    ),
    "one product for each m: the first m steps are the detours": detours_first,
    "the mean over the products with m detours is taken, not the sum": averaged,
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda zs, others: all_choices(zs, others).sum(axis=0),
    lambda zs, others: all_choices(zs, others)[:-1],
    lambda zs, others: all_choices(1 - zs, others),
    lambda zs, others: np.linalg.norm(all_choices(zs, others), ord=2, axis=(1, 2)),
]
