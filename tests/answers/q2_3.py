"""Right and wrong answers to 2.3, written as learners write them."""

import numpy as np


def from_the_product(zs):
    T, N, H = zs.shape
    constant = np.prod(zs.reshape(T * N, H), axis=0) ** (1 / (T * N))
    return -np.log(2) / np.log(constant)


def in_powers_of_two(zs):
    return -1 / np.log2(zs).mean(axis=0).mean(axis=0)


def with_loops(zs):
    T, N, H = zs.shape
    found = []
    for j in range(H):
        total = 0.0
        for t in range(T):
            for n in range(N):
                total += np.log(zs[t, n, j])
        found.append(np.log(0.5) * T * N / total)
    return found


def with_einsum(zs):
    a = np.einsum("tnh->h", np.log(zs))
    return zs.shape[0] * zs.shape[1] * np.log(0.5) / a


def in_single_precision(zs):
    log_z = np.log(zs.astype(np.float32))
    return np.float32(-np.log(2)) / log_z.mean((0, 1))


def in_place(zs):
    np.log10(zs, out=zs)
    print(zs.shape)
    zs = zs.swapaxes(0, 2).reshape(zs.shape[2], -1)
    return [np.log10(0.5) / np.average(row) for row in zs]


RIGHT = [
    from_the_product,
    in_powers_of_two,
    with_loops,
    with_einsum,
    in_single_precision,
    in_place,
]


def half_life(z):
    return np.log(0.5) / np.log(z)


def root(zs, axis, count):
    return np.prod(zs, axis=axis) ** (1 / count)


# the name of the mistake that the check is to find
WRONG = {
    "the gate is averaged before the logarithm is taken": (
        lambda zs: half_life(np.einsum("tnh->h", zs) / zs[:, :, 0].size)
    ),
    "the gate is averaged over the sequences before the logarithm is taken": (
        lambda zs: half_life(root(zs.sum(axis=1) / zs.shape[1], 0, len(zs)))
    ),
    "each sequence gets a half-life of its own, and these are averaged": (
        lambda zs: sum(half_life(root(zs, 0, len(zs)))) / zs.shape[1]
    ),
    "the half-lives of the single steps are averaged": (
        lambda zs: np.mean([half_life(z) for row in zs for z in row], axis=0)
    ),
    "the minus sign is missing": lambda zs: -from_the_product(zs),
    "a time constant in the place of a half-life": (
        lambda zs: [-1 / np.log(z).mean() for z in np.moveaxis(zs, 2, 0)]
    ),
    "the whole recording is taken as one step": (
        lambda zs: half_life(zs.prod(axis=0).prod(axis=0))
    ),
    "the average runs over time only": lambda zs: half_life(root(zs, 0, len(zs))),
    "the average runs over the units in the place of the sequences": (
        lambda zs: [half_life(root(z, None, z.size)) for z in zs.swapaxes(0, 1)]
    ),
    "the last step only is read": (
        lambda zs: half_life(root(zs[len(zs) - 1], 0, zs.shape[1]))
    ),
    "z writes, where this book's z keeps": lambda zs: from_the_product(1 - zs),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda zs: half_life(root(zs.mean(axis=0), 0, zs.shape[1])),
    lambda zs: np.median(half_life(zs), axis=(0, 1)),
    lambda zs: half_life(root(zs, None, zs.size)),
    lambda zs: root(zs, (0, 1), zs[..., 0].size),
    lambda zs: half_life(root(zs, (1, 2), 8)),
]
