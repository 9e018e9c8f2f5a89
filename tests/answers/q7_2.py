"""Right and wrong answers to 7.2, written as learners write them."""

import numpy as np


def by_rule(da_h, h_prev, r, W_hh, b_hn):
    dr = da_h * (h_prev @ W_hh + b_hn)
    return dr, da_h * r @ W_hh.T, h_prev.T @ (da_h * r), (da_h * r).sum(0)


def with_einsum(da_h, h_prev, r, W_hh, b_hn):
    dr = da_h * np.einsum("ni,ij->nj", h_prev, W_hh) + da_h * b_hn
    dh_prev = np.einsum("nj,nj,ij->ni", da_h, r, W_hh)
    dW = np.einsum("ni,nj,nj->ij", h_prev, da_h, r)
    return [dr, dh_prev, dW, np.einsum("nj,nj->j", da_h, r)]


def one_sequence_at_a_time(da_h, h_prev, r, W_hh, b_hn):
    dr, dh_prev, dW_hh, db_hn = [], [], 0, 0
    for d, h, gate in zip(da_h, h_prev, r, strict=True):
        dr.append(list(d * (h @ W_hh + b_hn)))
        dh_prev.append(list(W_hh @ (d * gate)))
        dW_hh = dW_hh + np.outer(h, d * gate)
        db_hn = db_hn + d * gate
    return dr, dh_prev, dW_hh, db_hn


def with_loops(da_h, h_prev, r, W_hh, b_hn):
    N, H = da_h.shape
    dr, dh, dW, db = np.zeros((N, H)), np.zeros((N, H)), np.zeros((H, H)), np.zeros(H)
    for n in range(N):
        for j in range(H):
            db[j] += da_h[n, j] * r[n, j]
            dr[n, j] = da_h[n, j] * b_hn[j]
            for i in range(H):
                dr[n, j] += da_h[n, j] * h_prev[n, i] * W_hh[i, j]
                dh[n, i] += da_h[n, j] * r[n, j] * W_hh[i, j]
                dW[i, j] += h_prev[n, i] * da_h[n, j] * r[n, j]
    return dr, dh, dW, db


def with_the_bias_as_a_row(da_h, h_prev, r, W_hh, b_hn):
    state = np.hstack([h_prev, np.ones((len(h_prev), 1))])
    weights = np.vstack([W_hh, b_hn])
    ds = r * da_h
    dW = state.T @ ds
    return da_h * (state @ weights), (ds @ weights.T)[:, :-1], dW[:-1], dW[-1]


def in_single_precision(da_h, h_prev, r, W_hh, b_hn):
    da_h, h_prev, r, W_hh, b_hn = (
        v.astype(np.float32) for v in (da_h, h_prev, r, W_hh, b_hn)
    )
    return by_rule(da_h, h_prev, r, W_hh, b_hn)


def in_place(da_h, h_prev, r, W_hh, b_hn):
    r *= da_h  # ds
    da_h *= h_prev @ W_hh + b_hn
    print("dr =", da_h)
    dW_hh = h_prev.T @ r
    h_prev[...] = r @ W_hh.T
    return da_h, h_prev, dW_hh, np.sum(r, axis=0)


RIGHT = [
    by_rule,
    with_einsum,
    one_sequence_at_a_time,
    with_loops,
    with_the_bias_as_a_row,
    in_single_precision,
    in_place,
]


def without_bias(da_h, h_prev, r, W_hh, b_hn):
    _, *rest = by_rule(da_h, h_prev, r, W_hh, b_hn)
    return (np.einsum("nj,ni,ij->nj", da_h, h_prev, W_hh), *rest)


def past_the_gate(da_h, h_prev, r, W_hh, b_hn):
    dr = by_rule(da_h, h_prev, r, W_hh, b_hn)[0]
    return dr, (W_hh @ da_h.T).T, (da_h.T @ h_prev).T, sum(da_h)


def gate_forgotten_once(da_h, h_prev, r, W_hh, b_hn):
    dr, _, dW, db = with_einsum(da_h, h_prev, r, W_hh, b_hn)
    return dr, np.einsum("nj,ij->ni", da_h, W_hh), dW, db


def gate_forgotten_in_dw(da_h, h_prev, r, W_hh, b_hn):
    dr, dh, _, db = one_sequence_at_a_time(da_h, h_prev, r, W_hh, b_hn)
    return dr, dh, sum(map(np.outer, h_prev, da_h)), db


def not_turned(da_h, h_prev, r, W_hh, b_hn):
    dr, _, dW, db = with_loops(da_h, h_prev, r, W_hh, b_hn)
    return dr, np.array([d @ W_hh for d in r * da_h]), dW, db


def gate_too_late(da_h, h_prev, r, W_hh, b_hn):
    dr, _, dW, db = with_loops(da_h, h_prev, r, W_hh, b_hn)
    return dr, np.einsum("nj,ij,ni->ni", da_h, W_hh, r), dW, db


def gate_with_the_state(da_h, h_prev, r, W_hh, b_hn):
    dr, dh, _, db = with_loops(da_h, h_prev, r, W_hh, b_hn)
    return dr, dh, np.einsum("ni,ni,nj->ij", h_prev, r, da_h), db


def turned(da_h, h_prev, r, W_hh, b_hn):
    dr, dh, dW, db = with_loops(da_h, h_prev, r, W_hh, b_hn)
    return dr, dh, np.swapaxes(dW, 0, 1), db


def not_summed(da_h, h_prev, r, W_hh, b_hn):
    dr, dh, dW, _ = with_loops(da_h, h_prev, r, W_hh, b_hn)
    return dr, dh, dW, r * da_h


def as_the_other_bias(da_h, h_prev, r, W_hh, b_hn):
    dr, dh, dW, _ = with_loops(da_h, h_prev, r, W_hh, b_hn)
    return dr, dh, dW, np.ones(len(da_h)) @ da_h


def before(da_h, h_prev, r, W_hh, b_hn):
    dr, dh_prev, dW = [], [], np.zeros_like(W_hh)
    for d, h, gate in zip(da_h, h_prev, r, strict=True):
        dg = W_hh @ d
        dr.append(dg * h)
        dh_prev.append(dg * gate)
        dW += np.outer(gate * h, d)
    return np.array(dr), np.array(dh_prev), dW, sum(da_h)


def before_with_a_right_bias(da_h, h_prev, r, W_hh, b_hn):
    return *before(da_h, h_prev, r, W_hh, b_hn)[:3], np.einsum("nj,nj->j", r, da_h)


# the name of the mistake that the check is to find
WRONG = {
    "b_hn is left out of dr": without_bias,
    "the factor r is left out on the way to h_prev, W_hh and b_hn": past_the_gate,
    "the factor r is left out of dh_prev": gate_forgotten_once,
    "the factor r is left out of dW_hh": gate_forgotten_in_dw,
    "W_hh is not transposed on the way back": not_turned,
    "r multiplies dh_prev after the product with W_hh": gate_too_late,
    "in dW_hh the gate stands with the state, as for a reset before": (
        gate_with_the_state
    ),
    "dW_hh is transposed": turned,
    "db_hn is not summed over the batch": not_summed,
    "db_hn is taken as the gradient of b_h, outside the parentheses": (
        as_the_other_bias
    ),
    "the reset gate acts before the product, where here it acts after": before,
    "the reset gate acts before the product in all but db_hn, here after it": (
        before_with_a_right_bias
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda da_h, h, r, W, b: (
        2 * by_rule(da_h, h, r, W, b)[0],
        *by_rule(da_h, h, r, W, b)[1:],
    ),
    lambda da_h, h, r, W, b: by_rule(da_h / len(h), h, r, W, b),
    lambda da_h, h, r, W, b: by_rule(da_h, h, r, W, b)[:3],
    lambda da_h, h, r, W, b: by_rule(da_h, h @ h, r, W, b),
]
