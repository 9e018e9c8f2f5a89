"""Right and wrong answers to 4.5, written as learners write them."""

import numpy as np


def by_experiment(h_prev, r, W_hh):
    before, after = [], []
    for i in range(len(r)):
        shut = np.array([0 if k == i else r[k] for k in range(len(r))])
        before.append((shut * h_prev) @ W_hh - (r * h_prev) @ W_hh)
        after.append(shut * (h_prev @ W_hh) - r * (h_prev @ W_hh))
    return before, after


def by_formula(h_prev, r, W_hh):
    before = -np.outer(r * h_prev, np.ones_like(r)) * W_hh
    return [before, np.diag(-r * (h_prev @ W_hh))]


def as_a_batch(h_prev, r, W_hh):
    gates = r * (1 - np.eye(len(r)))  # row i: gate i is 0
    before = (gates * h_prev) @ W_hh - (r * h_prev) @ W_hh
    return before, gates * (h_prev @ W_hh) - r * (h_prev @ W_hh)


def with_einsum(h_prev, r, W_hh):
    before = -np.einsum("i,i,ij->ij", r, h_prev, W_hh)
    after = -np.einsum("ij,j,k,kj->ij", np.eye(len(r)), r, h_prev, W_hh)
    return before, after


def in_single_precision(h_prev, r, W_hh):
    return as_a_batch(*(v.astype(np.float32) for v in (h_prev, r, W_hh)))


def in_place(h_prev, r, W_hh):
    H = len(r)
    before, after = np.empty((H, H)), np.empty((H, H))
    first, second = (r * h_prev) @ W_hh, r * (h_prev @ W_hh)
    for i in range(H):
        kept, r[i] = r[i], 0
        before[i], after[i] = (r * h_prev) @ W_hh - first, r * (h_prev @ W_hh) - second
        r[i] = kept
        print("gate", i)
    r[...] = 0
    return before, after


RIGHT = [
    by_experiment,
    by_formula,
    as_a_batch,
    with_einsum,
    in_single_precision,
    in_place,
]


def tried(gates, subtract=True):
    """Return an answer that tries the rows of a table of gates."""

    def answer(h_prev, r, W_hh):
        table = gates(r)
        first, second = (table * h_prev) @ W_hh, table * (h_prev @ W_hh)
        if not subtract:
            return first, second
        return first - (r * h_prev) @ W_hh, second - r * (h_prev @ W_hh)

    return answer


def restored_never(h_prev, r, W_hh):
    first, second = (r * h_prev) @ W_hh, r * (h_prev @ W_hh)
    before, after = [], []
    for i in range(len(r)):
        r[i] = 0
        before.append((r * h_prev) @ W_hh - first)
        after.append(r * (h_prev @ W_hh) - second)
    return np.array(before), np.array(after)


def itself_alone(h_prev, r, W_hh):
    before = np.diag(-np.diag(W_hh) * r * h_prev)
    return before, by_formula(h_prev, r, W_hh)[1]


WRONG = {
    "gates that were turned are not turned back": restored_never,
    "rows and columns are exchanged": lambda h, r, W: [
        np.transpose(v) for v in by_experiment(h, r, W)
    ],
    "old minus new": lambda h, r, W: ((r * h)[:, None] * W, np.diag(r * (h @ W))),
    "the gate is opened, and not shut": tried(lambda r: np.maximum(r, np.eye(len(r)))),
    "all other gates are turned": tried(np.diag),
    "the two forms are exchanged": lambda h, r, W: (
        np.diag(-r * (h @ W)),
        -((r * h) * W.T).T,
    ),
    "the value in the place of the change": tried(
        lambda r: r * (1 - np.eye(len(r))), subtract=False
    ),
    "before is filled on the diagonal alone": itself_alone,
    "the factor r_i is left out of before": lambda h, r, W: (
        [[-h[i] * W[i, j] for j in range(len(h))] for i in range(len(h))],
        np.diag(h @ W) * -r,
    ),
    "the factor r_i is left out of after": lambda h, r, W: (
        ((-r * h) * W.T).T,
        -np.diag(W.T @ h),
    ),
}

STRANGE = [
    tried(lambda r: r * (1 - np.eye(len(r)) / 2)),
    lambda h, r, W: by_formula(h, r, W)[0],
    lambda h, r, W: (W, W),
    lambda h, r, W: by_formula(h, r[:, 0], W),  # stops
]
