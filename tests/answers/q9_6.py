"""Right and wrong answers to 9.6, written as learners write them."""

import numpy as np


def with_cumprod(zs, markers):
    kept = np.cumprod(np.concatenate([zs[1:], np.ones_like(zs[:1])])[::-1], axis=0)
    shares = (1 - zs) * kept[::-1]
    N = zs.shape[1]
    one = markers.argmax(axis=0)
    two = len(zs) - 1 - markers[::-1].argmax(axis=0)
    first, second = shares[one, np.arange(N)], shares[two, np.arange(N)]
    return first, second, np.argmax(np.mean(first, axis=0))


def by_simulation(zs, markers):
    T, N, H = zs.shape
    found = []
    seen = markers.cumsum(axis=0) * markers
    for number in (1, 2):
        h = np.zeros((N, H))
        for t in range(T):
            h_tilde = (seen[t] == number)[:, None] * np.ones(H)
            h = zs[t] * h + (1 - zs[t]) * h_tilde
        found.append(h)
    return *found, int(found[0].sum(axis=0).argmax())


def one_number_at_a_time(zs, markers):
    T, N, H = zs.shape
    found = [[], []]
    for n in range(N):
        marks = [t for t in range(T) if markers[t][n] == 1]
        for row, mark in zip(found, marks, strict=True):
            row.append([])
            for i in range(H):
                share = 1 - zs[mark][n][i]
                for t in range(mark + 1, T):
                    share *= zs[t][n][i]
                row[-1].append(share)
    totals = [sum(row[i] for row in found[0]) for i in range(H)]
    return found[0], found[1], totals.index(max(totals))


def with_logarithms(zs, markers):
    logs = np.log(zs)
    later = logs.sum(axis=0) - logs.cumsum(axis=0)
    shares = np.exp(later) * (1 - zs)
    n, t = np.nonzero(markers.T)
    chosen = shares[t, n].reshape(zs.shape[1], 2, zs.shape[2])
    unit = chosen[:, 0].mean(axis=0).argmax()
    return [chosen[:, 0], chosen[:, 1], np.array([unit])]


def in_single_precision(zs, markers):
    return with_cumprod(zs.astype(np.float32), markers.astype(np.float32))


def in_place(zs, markers):
    T, N, H = zs.shape
    first, second = np.empty((N, H)), np.empty((N, H))
    left = np.ones((N, H))
    open_marks = 2 * np.ones(N)
    while T:
        T -= 1
        for n in range(N):
            if markers[T, n]:
                (second if open_marks[n] == 2 else first)[n] = (1 - zs[T, n]) * left[n]
                open_marks[n] -= 1
        left *= zs[T]
        zs[T] = 0
        print(left.max())
    return first, second, first.mean(0).argmax()


RIGHT = [
    with_cumprod,
    by_simulation,
    one_number_at_a_time,
    with_logarithms,
    in_single_precision,
    in_place,
]


def each(zs, markers, written=None, kept=None, column=None, which=0):
    """Look at one sequence at a time: kept(gates, t) and written(gate)."""
    written = written or (lambda z: 1 - z)
    kept = kept or (lambda gates, t: gates[t + 1 :].prod(axis=0))
    rows = []
    for n, gates in enumerate(np.moveaxis(zs, 1, 0)):
        marks = np.where(markers[:, n if column is None else column])[0]
        rows.append([written(gates[t]) * kept(gates, t) for t in marks])
    both = np.swapaxes(rows, 0, 1)
    return both[0], both[1], both[which].mean(axis=0).argmax()


def mean_of_the_gates(gates, t):
    return gates[t + 1 :].mean(axis=0) if t + 1 < len(gates) else 1


def to_the_second_mark(zs, markers):
    first, second, _ = with_cumprod(zs, markers)
    for n in range(zs.shape[1]):
        two = np.flatnonzero(markers[:, n])[1]
        first[n] /= np.prod(zs[two:, n], axis=0)
    return first, second, np.mean(first, axis=0).argmax()


def best_of(zs, markers, n):
    """Find the unit with the largest share in sequence n."""
    row = list(by_simulation(zs, markers)[0][n])
    return row.index(max(row))


def best_of_all(zs, markers):
    """Find the unit of the largest entry of first."""
    first = by_simulation(zs, markers)[0]
    return np.unravel_index(first.argmax(), first.shape)[1]


# the name of the mistake that the check is to find
WRONG = {
    "the share that is written at the mark is left out": (
        lambda zs, markers: each(zs, markers, written=np.ones_like)
    ),
    "at the mark z is taken, the share of the old state": (
        lambda zs, markers: each(zs, markers, written=lambda z: z)
    ),
    "the gate of the marked step stands in the product too": (
        lambda zs, markers: each(zs, markers, written=lambda z: z - z**2)
    ),
    "the gate of the last step is left out": (
        lambda zs, markers: each(
            zs, markers, kept=lambda gates, t: gates[t + 1 : len(gates) - 1].prod(0)
        )
    ),
    "the product runs over the steps before the mark": (
        lambda zs, markers: each(
            zs,
            markers,
            kept=lambda gates, t: np.prod([1 + 0 * gates[0], *gates[:t]], 0),
        )
    ),
    "the mean of the gates stands in the place of their product": (
        lambda zs, markers: each(zs, markers, kept=mean_of_the_gates)
    ),
    "the first number is followed to the second mark alone": to_the_second_mark,
    "the marks of the first sequence are used for all": (
        lambda zs, markers: each(zs, markers, column=0)
    ),
    "the unit is the one that keeps most of the second number": (
        lambda zs, markers: each(zs, markers, which=1)
    ),
    "the unit is the best one of the first sequence alone": (
        lambda zs, markers: (*each(zs, markers)[:2], best_of(zs, markers, 0))
    ),
    "the unit is the best one of the last sequence alone": (
        lambda zs, markers: (*each(zs, markers)[:2], best_of(zs, markers, 2))
    ),
    "the unit is the one with the largest share in any one sequence": (
        lambda zs, markers: (*each(zs, markers)[:2], best_of_all(zs, markers))
    ),
    "the unit is counted from 1": (
        lambda zs, markers: (*each(zs, markers)[:2], 1 + each(zs, markers)[2])
    ),
    "z writes, where this book's z keeps": (
        lambda zs, markers: each(
            zs, markers, lambda z: z, lambda gates, t: np.prod(1 - gates[t + 1 :], 0)
        )
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda zs, markers: each(zs, markers)[:2],
    lambda zs, markers: (*each(zs, markers)[:2], each(zs, markers)[2] + 10),
    lambda zs, markers: (each(zs, markers)[0].T, *each(zs, markers)[1:]),
    lambda zs, markers: each(zs, markers, kept=lambda gates, t: gates[t] ** 3),
    lambda zs, markers: (*each(zs, markers)[:2], each(zs, markers)[0].argmax(axis=1)),
]
