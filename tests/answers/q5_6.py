"""Right and wrong answers to 5.6, written as learners write them."""

import math

import numpy as np


def with_a_formula(z, delta):
    n = np.floor(1 + np.log(delta / (1 - z)) / np.log(z))
    return np.maximum(n, 0).astype(int)


def one_gate_at_a_time(z, delta):
    counts = []
    for gate in z:
        h, n = 0.0, 0
        while True:
            above = gate * h + (1 - gate)
            if above - h < delta:
                break
            h, n = above, n + 1
        counts.append(n)
    return counts


def with_diff(z, delta):
    states = 1 - z ** np.arange(0, 2000)[:, None]
    return (np.diff(states, axis=0) >= delta).sum(axis=0)


def in_single_precision(z, delta):
    z = z.astype(np.float32)
    step, n = 1 - z, np.zeros(len(z), dtype=np.float32)
    for _ in range(60):
        n += step >= np.float32(delta)
        step = step * z
    return n


def in_place(z, delta):
    step = 1 - z
    n = np.zeros_like(z)
    while (step >= delta).any():
        n[step >= delta] += 1
        step *= z
    z[:] = n
    print("counts", n)
    return z


def with_plain_numbers(z, delta):
    return [
        0 if 1 - a < delta else 1 + math.floor(math.log(delta / (1 - a), a))
        for a in z.tolist()
    ]


RIGHT = [
    with_a_formula,
    one_gate_at_a_time,
    with_diff,
    in_single_precision,
    in_place,
    with_plain_numbers,
]


def while_the_gap_lasts(z, delta):
    return [sum(1 for k in range(1, 900) if gate**k >= delta) for gate in z]


def exact(z, delta):
    return [1 + math.log(delta / (1 - gate), gate) for gate in z]


# the name of the mistake that the check is to find
WRONG = {
    "the state of the count 0 is counted too": (
        lambda z, delta: [n + 1 for n in one_gate_at_a_time(z, delta)]
    ),
    "each count is compared with the next one, so the last is missing": (
        lambda z, delta: [max(n - 1, 0) for n in one_gate_at_a_time(z, delta)]
    ),
    "z^(k - 1) is compared with delta: the factor 1 - z of the step is missing": (
        lambda z, delta: np.floor(1 + np.log(delta) / np.log(z)).astype(int)
    ),
    "z^k, the gap to 1, is compared with delta, not the step": while_the_gap_lasts,
    "the room is divided by delta, as if each step were as short as allowed": (
        lambda z, delta: [int(1 / delta) for _ in z]
    ),
    "a gate whose first step is too short gets a negative count": (
        lambda z, delta: [math.floor(n) for n in exact(z, delta)]
    ),
    "the negative count of a slow gate is cut toward 0, not at 0": (
        lambda z, delta: np.array(exact(z, delta)).astype(int)
    ),
    "the counts are not whole": (
        lambda z, delta: [max(n, 0.0) for n in exact(z, delta)]
    ),
    "the counts are rounded up": (
        lambda z, delta: [max(math.ceil(n), 0) for n in exact(z, delta)]
    ),
    "z writes, where this book's z keeps": (
        lambda z, delta: one_gate_at_a_time(1 - z, delta)
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda z, delta: np.rint(-1 / np.log(z)),
    lambda z, delta: one_gate_at_a_time(z, 2 * delta),
    lambda z, delta: max(one_gate_at_a_time(z, delta)),
]
