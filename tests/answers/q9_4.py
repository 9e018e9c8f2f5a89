"""Right and wrong answers to 9.4, written as learners write them."""

import numpy as np


def one_sequence_at_a_time(ys, targets, weights):
    N, loss, dys = ys.shape[1], 0, np.zeros_like(ys)
    for n in range(N):
        real = weights[:, n] == 1
        error = ys[real, n] - targets[real, n]
        loss += np.mean(error**2) / N
        dys[real, n] = 2 * error / error.size / N
    return loss, dys


def with_einsum(ys, targets, weights):
    _, N, K = ys.shape
    e = ys - targets
    w = np.einsum("tn,n->tn", weights, 1 / np.einsum("tn->n", weights))
    loss = np.einsum("tn,tnk,tnk->", w, e, e) / (N * K)
    return loss, np.einsum("tn,tnk->tnk", w, e) * 2 / (N * K)


def with_average(ys, targets, weights):
    squares = ((ys - targets) ** 2).mean(axis=-1)
    loss = np.mean([np.average(s, weights=w) for s, w in zip(squares.T, weights.T)])  # noqa: B905
    share = weights[..., np.newaxis] / weights.sum(axis=0)[:, np.newaxis]
    return np.array([loss]), (share * (2 * ys - 2 * targets) / ys[0].size).tolist()


def in_single_precision(ys, targets, weights):
    single = (a.astype(np.float32) for a in (ys, targets, weights))
    return with_einsum(*single)


def in_place(ys, targets, weights):
    ys -= targets
    lengths = np.count_nonzero(weights, axis=0)
    weights /= lengths * ys[0].size
    targets[...] = ys**2
    print(targets.mean())
    ys *= weights[..., None]
    return (targets * weights[..., None]).sum(), 2 * ys


RIGHT = [
    one_sequence_at_a_time,
    with_einsum,
    with_average,
    in_single_precision,
    in_place,
]


def loop(ys, targets, weights, share=None, slope=None):
    """Add up share(n) times each squared error, and slope(t, n) in the gradient."""
    T, N, K = ys.shape
    length = [sum(column) for column in weights.T]
    share = share or (lambda t, n: weights[t, n] / (length[n] * N * K))
    slope = slope or (lambda t, n: 2 * share(t, n))
    loss, dys = 0.0, np.empty((T, N, K))
    for t in range(T):
        for n in range(N):
            for k in range(K):
                e = ys[t, n, k] - targets[t, n, k]
                loss += share(t, n) * e * e
                dys[t, n, k] = slope(t, n) * e
    return loss, dys


def sum_of_means(ys, targets, weights):
    """Differentiate each sequence's own mean."""
    dys = np.zeros_like(ys)
    for n, real in enumerate(weights.T > 0):
        dys[real, n] = 2 * (ys[real, n] - targets[real, n]) / ys[real, n].size
    return dys


# the name of the mistake that the check is to find
WRONG = {
    "each step counts alike, so that long sequences count more": (
        lambda y, s, w: loop(y, s, w, lambda t, n: w[t, n] / (3 * np.sum(w)))
    ),
    "each sequence is divided by T, the padded steps included": (
        lambda y, s, w: loop(y, s, w, lambda t, n: w[t, n] / w.size / 3)
    ),
    "the errors of a sequence are added up, not averaged": (
        lambda y, s, w: loop(y, s, w, lambda t, n: w[t, n] / 12)
    ),
    "the sequences are added up, not averaged": (
        lambda y, s, w: loop(y, s, w, lambda t, n: w[t, n] / w[:, n].sum() / 3)
    ),
    "the outputs are added up, not averaged": (
        lambda y, s, w: loop(y, s, w, lambda t, n: w[t, n] / w[:, n].sum() / 4)
    ),
    "the padded steps are not left out": (
        lambda y, s, w: loop(y, s, w, lambda t, n: 1 / w[:, n].sum() / 12)
    ),
    "the gradient does not leave the padded steps out": (
        lambda y, s, w: loop(y, s, w, slope=lambda t, n: 1 / (6 * w[:, n].sum()))
    ),
    "the factor 2 is left out of the gradient": (
        lambda y, s, w: (loop(y, s, w)[0], loop(y, s, w)[1] / 2)
    ),
    "the gradient has the opposite sign": (
        lambda y, s, w: (loop(y, s, w)[0], loop(s, y, w)[1])
    ),
    "the gradient is not divided by the number of sequences": (
        lambda y, s, w: (loop(y, s, w)[0], sum_of_means(y, s, w))
    ),
    "the gradient is not divided by the number of outputs": (
        lambda y, s, w: (loop(y, s, w)[0], sum_of_means(y, s, w) * 3 / 4)
    ),
    "the gradient is that of the errors' sum, without any share": (
        lambda y, s, w: loop(y, s, w, slope=lambda t, n: 2 * w[t, n])
    ),
    "the gradient is 2/N times the error, as for one real step and one output": (
        lambda y, s, w: loop(y, s, w, slope=lambda t, n: w[t, n] / 2)
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    # right but for a factor K / 2: with two outputs it would pass
    lambda y, s, w: (loop(y, s, w)[0], loop(y, s, w)[1] * 3 / 2),
    lambda y, s, w: (((y - s) ** 2).mean(), 2 * (y - s) / y.size),
    lambda y, s, w: loop(y, s, w)[::-1],
    lambda y, s, w: (loop(y, s, w)[0], loop(y, s, w)[1].sum(axis=2)),
    lambda y, s, w: loop(y, s, w, lambda t, n: w[t, n] * w[:, n].sum() / 100),
]
