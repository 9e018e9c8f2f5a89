"""Right and wrong answers to 9.3, written as learners write them."""

import numpy as np


def one_sequence_at_a_time(grads, limit):
    N = len(grads["b_h"])
    norms, totals = [], dict.fromkeys(grads, 0.0)
    for n in range(N):
        norm = sum((g[n] ** 2).sum() for g in grads.values()) ** 0.5
        scale = limit / norm if norm > limit else 1.0
        totals = {name: totals[name] + scale * g[n] for name, g in grads.items()}
        norms.append(norm)
    return {name: total / N for name, total in totals.items()}, norms


def with_einsum(grads, limit):
    letters = {2: "nh", 3: "ndh"}
    squares = (
        np.einsum(f"{letters[g.ndim]},{letters[g.ndim]}->n", g, g)
        for g in grads.values()
    )
    norms = sum(squares) ** 0.5
    share = np.where(norms > limit, limit / norms, 1) / len(norms)
    return {k: np.einsum("n,n...->...", share, g) for k, g in grads.items()}, norms


def as_in_the_package(grads, limit):
    norms, kept = [], []
    for n in range(len(grads["W_xh"])):
        mine = {name: g[n].copy() for name, g in grads.items()}
        norms.append(float(np.sqrt(sum(np.square(g).sum() for g in mine.values()))))
        factor = limit / (norms[-1] + 1e-6)
        kept.append({k: factor * g if factor < 1 else g for k, g in mine.items()})
    return {k: np.mean([one[k] for one in kept], axis=0) for k in grads}, norms


def flattened(grads, limit):
    rows = np.hstack([g.reshape(g.shape[0], g[0].size) for g in grads.values()])
    norms = np.linalg.norm(rows, axis=1)
    mean = (rows / np.maximum(norms / limit, 1)[:, None]).mean(axis=0)
    clipped = {}
    for name, g in grads.items():
        head, mean = mean[: g[0].size], mean[g[0].size :]
        clipped[name] = head.reshape(g.shape[1:]).tolist()
    return [clipped, norms]


def in_single_precision(grads, limit):
    single = {name: g.astype(np.float32) for name, g in grads.items()}
    return with_einsum(single, np.float32(limit))


def in_place(grads, limit):
    norms = np.zeros(len(grads["W_hh"]))
    for n in range(norms.size):
        mine = [g[n] for g in grads.values()]
        norms[n] = np.sqrt(sum(np.vdot(m, m) for m in mine))
        print("norm", norms[n])
        if norms[n] > limit:
            for m in mine:
                m *= limit / norms[n]
    for name in grads:
        grads[name] = np.average(grads[name], axis=0)
    return grads, norms


RIGHT = [
    one_sequence_at_a_time,
    with_einsum,
    as_in_the_package,
    flattened,
    in_single_precision,
    in_place,
]


def loop(grads, limit, factor=None, norm=None, after=None, total=False):
    """Clip with a factor(gradients of one sequence, norm of it), one at a time."""
    N = len(grads["b_h"])
    norm = norm or (lambda mine: np.sqrt(sum((m**2).sum() for m in mine.values())))
    factor = factor or (lambda mine, size: min(1, limit / size))
    sums, norms = {k: np.zeros(g.shape[1:]) for k, g in grads.items()}, []
    for n in range(N):
        mine = {k: g[n] for k, g in grads.items()}
        size = norm(mine)
        scale = factor(mine, size)
        for k in sums:
            sums[k] += mine[k] * (scale[k] if isinstance(scale, dict) else scale)
        norms.append(after(size) if after else size)
    return {k: s / (1 if total else N) for k, s in sums.items()}, np.array(norms)


def mean_first(grads, limit):
    clipped, norms = loop(grads, np.inf)
    length = np.linalg.norm(np.concatenate([m.ravel() for m in clipped.values()]))
    if length > limit:
        clipped = {k: m * limit / length for k, m in clipped.items()}
    return clipped, norms


def by_array(grads, limit):
    def factor(mine, size):
        return {k: min(1, limit / np.linalg.norm(m)) for k, m in mine.items()}

    return loop(grads, limit, factor)


def by_entry(grads, limit):
    _, norms = loop(grads, limit)
    cut = {k: np.minimum(np.maximum(g, -limit), limit) for k, g in grads.items()}
    return loop(cut, np.inf)[0], norms


def by_batch(grads, limit):
    whole = np.linalg.norm(loop(grads, limit)[1])
    return loop(grads, limit, lambda mine, size: min(1, limit / whole))


# the name of the mistake that the check is to find
WRONG = {
    "each array is clipped by its own norm": by_array,
    "each entry is cut off at the limit": by_entry,
    "short gradients are stretched to the limit": (
        lambda g, limit: loop(g, limit, lambda mine, size: limit / size)
    ),
    "the norm is left squared": (
        lambda g, limit: loop(
            g, limit, norm=lambda mine: sum(np.vdot(m, m) for m in mine.values())
        )
    ),
    "the norm is the sum of sizes, not the root of a sum of squares": (
        lambda g, limit: loop(
            g, limit, norm=lambda mine: sum(abs(m).sum() for m in mine.values())
        )
    ),
    "the norm is the largest entry": (
        lambda g, limit: loop(
            g, limit, norm=lambda mine: max(abs(m).max() for m in mine.values())
        )
    ),
    "one factor for the whole batch, from the norm of all its gradients": by_batch,
    "the mean is taken first, and then clipped": mean_first,
    "the sequences are added up, not averaged": (
        lambda g, limit: loop(g, limit, total=True)
    ),
    "the norms come back as they are after clipping": (
        lambda g, limit: loop(g, limit, after=lambda size: min(size, limit))
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda g, limit: loop(g, np.inf),
    lambda g, limit: loop(g, 1.0),
    lambda g, limit: loop(g, limit)[0],
    lambda g, limit: (loop(g, limit)[0], loop(g, limit)[1].mean()),
    lambda g, limit: loop(g, limit, lambda mine, size: limit / (limit + size)),
]
