"""Right and wrong answers to 5.5, written as learners write them."""

import numpy as np


def step_by_step(z):
    w = np.zeros((len(z) + 1, *z.shape[1:]))
    w[0] = 1
    for t in range(len(z)):
        w *= z[t]
        w[t + 1] = 1 - z[t]
    return w


def with_cumprod(z):
    kept = np.cumprod(z[::-1], axis=0)[::-1]
    last = np.ones_like(z[:1])
    return np.concatenate([kept, last]) - np.concatenate([0 * last, kept])


def from_the_end(z):
    left, w = np.ones(z.shape[1:]), []
    for gate in reversed(z):
        w.insert(0, left * (1 - gate))
        left = left * gate
    print("left of the first state:", left)
    return [left, *w]


def in_single_precision(z):
    return step_by_step(z.astype(np.float32)).astype(np.float32)


def by_unit_vectors(z):
    T = len(z)
    w = np.empty((T + 1, *z.shape[1:]))
    for k in range(T + 1):
        told = np.zeros(T + 1)
        told[k] = 1
        h = told[0]
        for gate, h_tilde in zip(z, told[1:], strict=True):
            h = gate * h + (1 - gate) * h_tilde
        w[k] = h
    return w


def one_number_at_a_time(z):
    T, N, H = z.shape
    w = np.ones((T + 1, N, H))
    for k, n, i in np.ndindex(T + 1, N, H):
        if k > 0:
            w[k, n, i] = 1 - z[k - 1, n, i]
        for t in range(k, T):
            w[k, n, i] *= z[t, n, i]
    return w


def in_place(z):
    share = 1 - z
    for t in range(len(z) - 2, -1, -1):
        z[t] *= z[t + 1]
    share[:-1] *= z[1:]
    return np.vstack([z[:1], share])


RIGHT = [
    step_by_step,
    with_cumprod,
    from_the_end,
    in_single_precision,
    by_unit_vectors,
    one_number_at_a_time,
    in_place,
]


def all_gates_but(z, chosen):
    """Give each candidate its share times the gates of the steps in chosen(k)."""
    parts = [np.prod(z, axis=0)]
    for k in range(1, len(z) + 1):
        part = 1 - z[k - 1]
        for step in chosen(k, len(z)):
            part = part * z[step - 1]
        parts.append(part)
    return np.array(parts)


def one_too_late(z):
    shares = [(1 - z[k - 1]) * z[k + 1 :].prod(0) for k in range(1, len(z) + 1)]
    return np.stack([z.prod(0), *shares])


def without_shares(z):
    return [*np.cumprod(z[::-1], axis=0)[::-1], np.ones(z.shape[1:])]


def still(z):
    T = len(z)
    parts = [z[0] ** T] + [(1 - z[k]) * z[k] ** (T - 1 - k) for k in range(T)]
    return np.array(parts)


# the name of the mistake that the check is to find
WRONG = {
    "the gate of the candidate's own step multiplies it too": (
        lambda z: all_gates_but(z, lambda k, T: range(k, T + 1))
    ),
    "the gate of the step after the candidate's own is skipped": one_too_late,
    "the first gate is missing in the weight of the first state": (
        lambda z: [np.cumprod(z[1:], axis=0)[-1], *from_the_end(z)[1:]]
    ),
    "the last gate is missing in the weight of the first state": (
        lambda z: [np.cumprod(z, axis=0)[-2], *from_the_end(z)[1:]]
    ),
    "the gates before the candidate multiply it, not those after": (
        lambda z: all_gates_but(z, lambda k, T: range(1, k))
    ),
    "the share with which the candidate enters is left out": without_shares,
    "the first state is left out": lambda z: from_the_end(z)[1:],
    "the weights stand from the last step to the first": (
        lambda z: np.flip(with_cumprod(z), axis=0)
    ),
    "the weight of the first state stands last": (
        lambda z: [*from_the_end(z)[1:], z.prod(axis=0)]
    ),
    "one gate stands for all later ones, as if it stood still": still,
    "z writes, where this book's z keeps": lambda z: with_cumprod(1 - z),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda z: np.full((len(z) + 1, *z.shape[1:]), 1 / (len(z) + 1)),
    lambda z: step_by_step(z).mean(axis=1),
    lambda z: np.cumprod(z, axis=0),
    lambda z: np.concatenate([z, 1 - z])[20],
]
