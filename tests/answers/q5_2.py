"""Right and wrong answers to 5.2, written as learners write them."""

import numpy as np


def from_the_candidate(h_prev, h_tilde, h):
    z = (h - h_tilde) / (h_prev - h_tilde)
    return z, 1 - z


def with_sizes(h_prev, h_tilde, h):
    way = np.abs(h_tilde - h_prev)
    return [np.abs(h_tilde - h) / way, np.abs(h - h_prev) / way]


def one_unit_at_a_time(h_prev, h_tilde, h):
    keeps, writes = [], []
    for n in range(len(h)):
        row = [
            (new - old) / (aim - old)
            for old, aim, new in zip(h_prev[n], h_tilde[n], h[n], strict=True)
        ]
        writes.append(row)
        keeps.append([1 - share for share in row])
    return keeps, writes


def in_single_precision(h_prev, h_tilde, h):
    h_prev, h_tilde, h = (v.astype(np.float32) for v in (h_prev, h_tilde, h))
    written = (h - h_prev) / (h_tilde - h_prev)
    return 1 - written, written


def in_place(h_prev, h_tilde, h):
    h_tilde -= h_prev
    h -= h_prev
    h /= h_tilde
    print("share gone:", h)
    return np.subtract(1, h), h


def by_least_squares(h_prev, h_tilde, h):
    z = np.empty_like(h)
    for i in np.ndindex(h.shape):
        a = np.array([[h_prev[i] - h_tilde[i]]])
        z[i] = np.linalg.lstsq(a, np.array([h[i] - h_tilde[i]]), rcond=None)[0][0]
    return z, 1 - z


RIGHT = [
    from_the_candidate,
    with_sizes,
    one_unit_at_a_time,
    in_single_precision,
    in_place,
    by_least_squares,
]


def both(z_writes):
    return 1 - z_writes, z_writes


# the name of the mistake that the check is to find
WRONG = {
    "the two gates are exchanged": (
        lambda old, aim, new: ((new - old) / (aim - old), (new - aim) / (old - aim))
    ),
    "the fraction is upside down": (
        lambda old, aim, new: both(np.divide(old - aim, old - new))
    ),
    "the share is measured from 0, not from the old state": (
        lambda old, aim, new: (-(new - aim) / aim, new * aim**-1)
    ),
    "only the divisor is measured from 0": (
        lambda old, aim, new: both(new / aim - old / aim)
    ),
    "the candidate is left out, as in forgetting": (
        lambda old, aim, new: (new / old, (old - new) / old)
    ),
    "step and way are measured in opposite directions": (
        lambda old, aim, new: both(-(new - old) / (aim - old))
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda old, aim, new: both((new - old) / (aim + old)),
    lambda old, aim, new: both(np.full(new.shape, 0.5)),
    lambda old, aim, new: (new - aim) / (old - aim),
]
