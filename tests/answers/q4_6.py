"""Right and wrong answers to 4.6, written as learners write them."""

from itertools import product

import numpy as np


def with_loops(r, W_hh):
    N, H = r.shape
    worst = np.zeros((N, H))
    for n in range(N):
        for j in range(H):
            for i in range(H):
                worst[n, j] += abs((r[n, i] - r[n, j]) * W_hh[i, j])
    return worst, [bool((row < 1e-9).all()) for row in worst]


def over_all_corners(r, W_hh):
    corners = np.array(list(product([-1, 1], repeat=len(W_hh))))
    worst = []
    for gate in r:
        difference = (gate * corners) @ W_hh - gate * (corners @ W_hh)
        worst.append(abs(difference).max(axis=0))
    worst = np.array(worst)
    return worst, ~np.any(worst > 1e-6, axis=1)


def with_einsum(r, W_hh):
    gaps = np.abs(r[:, None] - r[..., None])
    worst = np.einsum("nij,ij->nj", gaps, abs(W_hh))
    return [worst, np.isclose(worst, 0, atol=1e-9).all(-1).tolist()]


def with_the_state_that_is_worst(r, W_hh):
    worst = np.zeros_like(r)
    for j in range(len(W_hh)):
        h = np.sign((r - r[:, [j]]) * W_hh[:, j])
        worst[:, j] = ((r * h) @ W_hh - r * (h @ W_hh))[:, j]
    return worst, worst.max(1) < 1e-9


def in_single_precision(r, W_hh):
    r, W_hh = r.astype(np.float32), W_hh.astype(np.float32)
    worst = (abs(r[:, :, None] - r[:, None]) * abs(W_hh)).sum(1)
    return worst, worst.sum(axis=1) == 0


def in_place(r, W_hh):
    np.abs(W_hh, out=W_hh)
    worst = np.stack([(abs(gate[:, None] - gate) * W_hh).sum(0) for gate in r])
    r *= 0
    print("links", W_hh > 0)
    return worst, 1.0 * (worst < 1e-9).all(axis=1)


def by_links(r, W_hh):
    linked = W_hh != 0
    worst = with_loops(r, W_hh)[0]
    same = [not (linked & (gate[:, None] != gate)).any() for gate in r]
    return worst, np.array(same)


RIGHT = [
    with_loops,
    over_all_corners,
    with_einsum,
    with_the_state_that_is_worst,
    in_single_precision,
    in_place,
    by_links,
]


def judged(worst):
    """Return an answer from its first part."""

    def answer(r, W_hh):
        found = np.array([worst(gate, W_hh) for gate in r])
        return found, np.all(found < 1e-9, axis=1)

    return answer


def gap(gate):
    return np.subtract.outer(gate, gate)


WRONG = {
    "terms of opposite sign cancel": judged(
        lambda gate, W: abs(gate @ W - gate * W.sum(axis=0))
    ),
    "one state, chosen for all j together, is taken for each j": judged(
        lambda gate, W: abs(np.sign((gap(gate) * W).sum(axis=1)) @ (gap(gate) * W))
    ),
    "the sum runs over the units that receive": judged(
        lambda gate, W: [
            sum(abs(gate[i] - gate[j]) * abs(W[i, j]) for j in range(len(W)))
            for i in range(len(W))
        ]
    ),
    "the largest term in the place of the sum": judged(
        lambda gate, W: [max(abs((gate - gate[j]) * W[:, j])) for j in range(len(W))]
    ),
    "each form is made largest with a state of its own": judged(
        lambda gate, W: gate @ abs(W) + gate * abs(W).sum(axis=0)
    ),
    "the largest values of the two forms are subtracted": judged(
        lambda gate, W: abs(gate @ abs(W) - gate * abs(W).sum(axis=0))
    ),
    "same asks for equal gates of all units": lambda r, W: (
        with_loops(r, W)[0],
        [len(set(gate)) == 1 for gate in r],
    ),
    "same asks for one unit that agrees": lambda r, W: (
        with_loops(r, W)[0],
        [any(row < 1e-9) for row in with_loops(r, W)[0]],
    ),
    "same is True where the two forms differ": lambda r, W: (
        with_loops(r, W)[0],
        with_einsum(r, W)[0].any(axis=1),
    ),
}


def sampled(gate, W):
    h = np.random.default_rng(0).uniform(-1, 1, (1000, len(W)))
    return abs((gate * h) @ W - gate * (h @ W)).max(axis=0)


STRANGE = [
    judged(sampled),
    judged(lambda gate, W: abs(gap(gate)).sum(axis=0)),
    lambda r, W: with_loops(r, W)[0],
    lambda r, W: (with_loops(r, W)[0].max(axis=1), with_loops(r, W)[1]),
    lambda r, W: with_loops(r.T, W),  # stops
]
