"""Right and wrong answers to 3.4, written as learners write them."""

import numpy as np


def step_by_step(amounts, r):
    T, N = amounts.shape
    means = np.zeros((T, N))
    for n in range(N):
        total, steps = 0.0, 0.0
        for t in range(T):
            total, steps = r[t, n] * total + amounts[t, n], r[t, n] * steps + 1
            means[t, n] = total / steps
    return means


def with_weights_of_the_past(amounts, r):
    means = []
    for t in range(len(amounts)):
        weights = np.ones_like(amounts[: t + 1])
        for s in range(t):
            weights[s] = np.prod(r[s + 1 : t + 1], axis=0)
        means.append(np.average(amounts[: t + 1], axis=0, weights=weights))
    return means


def as_a_moving_mean(amounts, r):
    mean, steps, means = 0 * amounts[0], 0 * amounts[0], []
    for v, share in zip(amounts, r, strict=True):
        steps = share * steps + 1
        mean = mean + (v - mean) / steps
        means.append(mean.tolist())
    return means


def in_single_precision(amounts, r):
    amounts, r = amounts.astype(np.float32), r.astype(np.float32)
    both, means = np.zeros((2, amounts.shape[1]), np.float32), []
    for new in zip(amounts, r, strict=True):
        both = both * new[1] + np.stack([new[0], np.ones_like(new[0])])
        means.append(both[0] / both[1])
    return np.stack(means)


def in_place(amounts, r):
    steps = np.ones_like(r)
    for t in range(1, len(r)):
        amounts[t] += r[t] * amounts[t - 1]
        steps[t] += r[t] * steps[t - 1]
    print("steps", steps[-1])
    amounts /= steps
    return amounts


def as_a_linear_system(amounts, r):
    means = []
    for v, share in zip(amounts.T, r.T, strict=True):
        A = np.eye(len(v)) - np.diag(share[1:], k=-1)
        means.append(np.linalg.solve(A, v) / np.linalg.solve(A, np.ones(len(v))))
    return np.transpose(means)


RIGHT = [
    step_by_step,
    with_weights_of_the_past,
    as_a_moving_mean,
    in_single_precision,
    in_place,
    as_a_linear_system,
]


def _totals(news, r):
    """Return the running totals (T, N) of `news` under the gates `r`."""
    totals = np.array(np.broadcast_to(news, r.shape), float)
    for t in range(1, len(r)):
        totals[t] += r[t] * totals[t - 1]
    return totals


def counts_all_steps(v, r):
    return _totals(v, r) / np.arange(1, len(v) + 1)[:, None]


def never_drops(v, r):
    return np.cumsum(v, axis=0) / _totals(1, r)


def gates_the_new_amount(v, r):
    return _totals(r * v, r) / _totals(1, r)


def gates_the_new_one(v, r):
    steps = np.array(r)
    for t in range(1, len(r)):
        steps[t] = r[t] * steps[t - 1] + r[t]
    return _totals(v, r) / steps


def gates_all(v, r):
    total, steps, means = np.zeros_like(v[0]), np.zeros_like(v[0]), []
    for t in range(len(v)):
        total, steps = r[t] * (total + v[t]), r[t] * (steps + 1)
        means.append(total / steps)
    return means


def starts_over_or_not(v, r):
    total, steps, means = np.zeros_like(v[0]), np.zeros_like(v[0]), []
    for t in range(len(v)):
        total = np.where(r[t] < 0.5, 0, total) + v[t]
        steps = np.where(r[t] < 0.5, 0, steps) + 1
        means.append(total / steps)
    return means


def along_the_row(v, r):
    out = np.zeros_like(v)
    for t in range(v.shape[0]):
        total = steps = 0
        for n in range(v.shape[1]):
            total, steps = r[t, n] * total + v[t, n], r[t, n] * steps + 1
            out[t, n] = total / steps
    return out


# the name of the mistake that the check is to find
WRONG = {
    "the count of steps does not start over": counts_all_steps,
    "the total of amounts does not start over": never_drops,
    "the new amount passes through the gate too": gates_the_new_amount,
    "1 - r in the place of r": lambda v, r: _totals(v, 1 - r) / _totals(1, 1 - r),
    "the 1 of the step passes through the gate: the count goes to 0 with r": (
        gates_the_new_one
    ),
    "the gate acts after the amount and the 1 are added, and not before": gates_all,
    "r is rounded to 0 or 1": starts_over_or_not,
    "the total is not divided by the count": lambda v, r: _totals(v, r),
    "the totals run over the sequences, and not over the steps": along_the_row,
    "r and 1 - r deal out shares, as the update gate does": (
        lambda v, r: _totals((1 - r) * v, r)
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda v, r: r * v,
    lambda v, r: step_by_step(v, r)[-1],
    lambda v, r: step_by_step(v, r).T,
    lambda v, r: v / _totals(1, r),
    lambda v, r: (_totals(v, r), _totals(1, r)),
]
