"""Right and wrong answers to 2.6, written as learners write them."""

import copy

import numpy as np

from gru_lesson.cell import blend, sigmoid, update_gate


def with_a_deep_copy(x, h_prev, h_tilde, p):
    q = copy.deepcopy(p)
    for name in q:
        if name.endswith("z"):
            q[name] *= -1
    z = update_gate(x, h_prev, p)
    h_writes = blend(z, h_tilde, h_prev)
    return q, z, h_writes, blend(update_gate(x, h_prev, q), h_prev, h_tilde)


def with_a_comprehension(x, h_prev, h_tilde, p):
    q = {name: -v if name[-1] == "z" else v for name, v in p.items()}
    z = sigmoid(np.hstack([x, h_prev]) @ np.vstack([p["W_xz"], p["W_hz"]]) + p["b_z"])
    mine = sigmoid(x @ q["W_xz"] + h_prev @ q["W_hz"] + q["b_z"])
    return [
        q,
        z,
        h_prev + z * (h_tilde - h_prev),
        h_tilde + mine * (h_prev - h_tilde),
    ]


def in_single_precision(x, h_prev, h_tilde, p):
    p = {name: value.astype(np.float32) for name, value in p.items()}
    x, h_prev, h_tilde = (v.astype(np.float32) for v in (x, h_prev, h_tilde))
    return with_a_comprehension(x, h_prev, h_tilde, p)


def one_sequence_at_a_time(x, h_prev, h_tilde, p):
    q = dict(p, W_xz=-p["W_xz"], W_hz=-p["W_hz"], b_z=-p["b_z"])
    zs, h_writes, h_keeps = [], [], []
    for n in range(len(x)):
        z = update_gate(x[n], h_prev[n], p)
        zs.append(z)
        h_writes.append((1 - z) * h_prev[n] + z * h_tilde[n])
        z = update_gate(x[n], h_prev[n], q)
        h_keeps.append(z * h_prev[n] + (1 - z) * h_tilde[n])
    return {name: v.tolist() for name, v in q.items()}, zs, h_writes, h_keeps


def friend_first(x, h_prev, h_tilde, p):
    a = np.einsum("nd,dh->nh", x, p["W_xz"]) + np.einsum("nk,kh->nh", h_prev, p["W_hz"])
    kept = 1 / (1 + np.exp(a + p["b_z"]))
    h_writes = kept * h_prev + (1 - kept) * h_tilde
    q = {}
    for name, value in p.items():
        q[name] = value.copy()
    for name in ["b_z", "W_hz", "W_xz"]:
        np.negative(q[name], out=q[name])
    z = update_gate(x, h_prev, q)
    print("largest difference", abs(z - kept).max())
    return q, 1 - kept, h_writes, z * h_prev + (1 - z) * h_tilde


RIGHT = [
    with_a_deep_copy,
    with_a_comprehension,
    in_single_precision,
    one_sequence_at_a_time,
    friend_first,
]


def step(x, h_prev, h_tilde, p, keeps):
    z = update_gate(x, h_prev, p)
    kept = z if keeps else 1 - z
    return h_tilde + kept * (h_prev - h_tilde)


def converting(change, writes=False, keeps=True):
    """Return an answer with another conversion, or with other blends."""

    def convert(x, h_prev, h_tilde, p):
        q = change(p)
        return (
            q,
            update_gate(x, h_prev, p),
            step(x, h_prev, h_tilde, p, writes),
            step(x, h_prev, h_tilde, q, keeps),
        )

    return convert


def negated(*names):
    return lambda p: {n: v * (-1 if n in names else 1) for n, v in p.items()}


def negated_in_place(p):
    q = p.copy()
    for name in ("W_xz", "W_hz", "b_z"):
        q[name] *= -1
    return q


ALL = ("W_xz", "W_hz", "b_z")

# the name of the mistake that the check is to find
WRONG = {
    "the bias alone is converted": converting(negated("b_z")),
    "the weights from the state are not converted": converting(negated("W_xz", "b_z")),
    "the bias is not converted": converting(negated("W_xz", "W_hz")),
    "the candidate's parameters are converted too": converting(
        lambda p: {name: 0 - value for name, value in p.items()}
    ),
    "the given p is changed on the way": converting(negated_in_place),
    "each parameter is taken from 1, as if it were a share": converting(
        lambda p: p | {name: np.ones_like(p[name]) - p[name] for name in ALL}
    ),
    "q is p, not converted": converting(lambda p: p),
    "the step with p is taken as if its z kept": converting(negated(*ALL), writes=True),
    "the step with q is taken as if its z wrote": converting(
        negated(*ALL), keeps=False
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    converting(negated("W_hz", "W_hh")),
    converting(lambda p: {name: 2 * value for name, value in p.items()}),
    lambda x, h_prev, h_tilde, p: negated(*ALL)(p),
    converting(lambda p: {name: -p[name] for name in ALL}),
]
