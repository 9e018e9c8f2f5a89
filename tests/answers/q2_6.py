"""Right and wrong answers to 2.6, written as learners write them."""

import copy

import numpy as np

from gru_lesson.cell import blend, sigmoid, update_gate


def with_a_deep_copy(x, h_prev, h_tilde, p, keeps):
    q = copy.deepcopy(p)
    for name in q:
        q[name][..., ~keeps] *= -1
    z = update_gate(x, h_prev, p)
    h = np.where(keeps, blend(z, h_prev, h_tilde), blend(z, h_tilde, h_prev))
    return q, h, blend(update_gate(x, h_prev, q), h_prev, h_tilde)


def with_a_comprehension(x, h_prev, h_tilde, p, keeps):
    q = {name: np.where(keeps, v, -v) for name, v in p.items()}
    z = sigmoid(np.hstack([x, h_prev]) @ np.vstack([p["W_xz"], p["W_hz"]]) + p["b_z"])
    mine = sigmoid(x @ q["W_xz"] + h_prev @ q["W_hz"] + q["b_z"])
    z[:, ~keeps] = 1 - z[:, ~keeps]
    return [q, h_tilde + z * (h_prev - h_tilde), h_tilde + mine * (h_prev - h_tilde)]


def in_single_precision(x, h_prev, h_tilde, p, keeps):
    p = {name: value.astype(np.float32) for name, value in p.items()}
    x, h_prev, h_tilde = (v.astype(np.float32) for v in (x, h_prev, h_tilde))
    return with_a_comprehension(x, h_prev, h_tilde, p, keeps)


def one_unit_at_a_time(x, h_prev, h_tilde, p, keeps):
    q = {name: np.empty_like(value) for name, value in p.items()}
    h_friend, h_yours = [], []
    for j, keep in enumerate(keeps):
        sign = 1 if keep else -1
        for name in p:
            q[name].T[j] = sign * p[name].T[j]
        a = x @ p["W_xz"][:, j] + h_prev @ p["W_hz"][:, j] + p["b_z"][j]
        z = sigmoid(a)
        h, c = h_prev[:, j], h_tilde[:, j]
        h_friend.append(z * h + (1 - z) * c if keep else (1 - z) * h + z * c)
        z = sigmoid(sign * a)
        h_yours.append(z * h + (1 - z) * c)
    return q, np.transpose(h_friend).tolist(), np.transpose(h_yours)


def with_a_diagonal_matrix(x, h_prev, h_tilde, p, keeps):
    turn = np.diag(2.0 * keeps - 1)
    q = {name: p[name] @ turn for name in p}
    a = np.einsum("nd,dh->nh", x, p["W_xz"]) + np.einsum("nk,kh->nh", h_prev, p["W_hz"])
    kept = 1 / (1 + np.exp(-(a + p["b_z"]) @ turn))
    h_friend = kept * h_prev + (1 - kept) * h_tilde
    z = update_gate(x, h_prev, q)
    print("largest difference", abs(z - kept).max())
    return q, h_friend, z * h_prev + (1 - z) * h_tilde


def column_by_column_with_a_copy(x, h_prev, h_tilde, p, keeps):
    q = {}
    for name, value in p.items():
        q[name] = value.copy()
        for j in np.flatnonzero(np.logical_not(keeps)):
            q[name][..., j] = -q[name][..., j]
    share = update_gate(x, h_prev, p)
    share += (1 - 2 * share) * (1 - keeps)
    return q, blend(share, h_prev, h_tilde), blend(share, h_prev, h_tilde)


RIGHT = [
    with_a_deep_copy,
    with_a_comprehension,
    in_single_precision,
    one_unit_at_a_time,
    with_a_diagonal_matrix,
    column_by_column_with_a_copy,
]


def friends(x, h, p, keeps):
    """Return the share that the friend's units keep."""
    return abs(1.0 * ~keeps - update_gate(x, h, p))


def mine(x, h, p, q):
    return update_gate(x, h, q)


def convert_with(change, friend=friends, yours=mine):
    """Return an answer with another conversion, or with other shares that are kept."""

    def convert(x, h_prev, h_tilde, p, keeps):
        q = change(p, keeps)
        kept = friend(x, h_prev, p, keeps), yours(x, h_prev, p, q)
        return q, *(h_tilde + share * (h_prev - h_tilde) for share in kept)

    return convert


def turned(*names, units=lambda keeps: ~keeps):
    """Return a conversion that turns the signs of some parameters of some units."""

    def change(p, keeps):
        q = copy.deepcopy(p)
        for name in names:
            q[name].T[units(keeps)] *= -1
        return q

    return change


ALL = ("W_xz", "W_hz", "b_z")
right = turned(*ALL)


def rows(p, keeps):
    q = right(p, keeps)
    q["W_hz"] = np.diag(np.where(keeps, 1, -1)) @ p["W_hz"]
    return q


def rows_and_columns(p, keeps):
    q = right(p, keeps)
    q["W_hz"][~keeps] *= -1
    return q


def from_one(p, keeps):
    return {name: ~keeps + np.where(keeps, 1, -1) * p[name] for name in p}


# the name of the mistake that the check is to find
WRONG = {
    "keeps is read the other way round": (
        lambda x, h_prev, h_tilde, p, keeps: with_a_deep_copy(
            x, h_prev, h_tilde, p, ~keeps
        )
    ),
    "the units that keep are converted, in the place of those that write": (
        convert_with(turned(*ALL, units=lambda keeps: keeps))
    ),
    "all units are converted, also those that keep already": convert_with(
        lambda p, keeps: {name: -value for name, value in p.items()}
    ),
    "q is p, not converted": convert_with(lambda p, keeps: p),
    "the rows of W_hz are turned, where its columns make the sums": convert_with(rows),
    "both the rows and the columns of W_hz are turned": convert_with(rows_and_columns),
    "the bias alone is converted": convert_with(turned("b_z")),
    "the weights from the input are not converted": convert_with(turned("W_hz", "b_z")),
    "the weights from the state are not converted": convert_with(turned("W_xz", "b_z")),
    "the bias is not converted": convert_with(turned("W_xz", "W_hz")),
    "the parameters are taken from 1, as if they were shares": convert_with(from_one),
    "in the friend's step, the units that write keep the share that they should take": (
        convert_with(right, friend=lambda x, h, p, keeps: update_gate(x, h, p))
    ),
    "in the friend's step, the units that keep take the share that they should keep": (
        convert_with(right, friend=lambda x, h, p, keeps: 1 - update_gate(x, h, p))
    ),
    "in the friend's step, every unit keeps the share that it should take": (
        convert_with(right, friend=lambda x, h, p, keeps: 1 - friends(x, h, p, keeps))
    ),
    "in your step, the units that wrote keep the share that they should take": (
        convert_with(right, yours=lambda x, h, p, q: update_gate(x, h, p))
    ),
    "in your step, the units that kept take the share that they should keep": (
        convert_with(right, yours=lambda x, h, p, q: 1 - update_gate(x, h, p))
    ),
    "in your step, every unit keeps the share that it should take": (
        convert_with(right, yours=lambda x, h, p, q: 1 - update_gate(x, h, q))
    ),
}


def changed_in_place(x, h_prev, h_tilde, p, keeps):
    q = p.copy()
    z = update_gate(x, h_prev, p)
    h_friend = np.where(keeps, blend(z, h_prev, h_tilde), blend(z, h_tilde, h_prev))
    for name in ALL:
        q[name] *= np.where(keeps, 1, -1)
    return q, h_friend, blend(update_gate(x, h_prev, q), h_prev, h_tilde)


# wrong in a way that the bank does not know
STRANGE = [
    changed_in_place,
    convert_with(lambda p, keeps: {name: 2 * value for name, value in p.items()}),
    convert_with(right, yours=lambda x, h, p, q: 0.5),
    convert_with(
        lambda p, keeps: {n: v for n, v in p.items() if n != "b_z"} | {"b": 0}
    ),
    lambda x, h_prev, h_tilde, p, keeps: right(p, keeps),
    lambda x, h_prev, h_tilde, p, keeps: (right(p, keeps), h_prev, h_tilde),
]
