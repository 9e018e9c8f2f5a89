"""Right and wrong answers to 5.4, written as learners write them."""

import numpy as np

from gru_lesson.cell import candidate, gru_step, reset_gate, sigmoid, update_gate


def in_the_order_given(xs, h0, p):
    h, hs = h0, []
    for x in xs:
        z = update_gate(x, h, p)
        r = reset_gate(x, h, p)
        new = (1 - z) * candidate(x, h, r, p)
        h = z * h
        h = h + new
        hs.append(h)
    return np.stack(hs)


def by_moving(xs, h0, p):
    h, hs = h0, np.empty((len(xs), *h0.shape))
    for t, x in enumerate(xs):
        z, r = update_gate(x, h, p), reset_gate(x, h, p)
        h = h + (1 - z) * (candidate(x, h, r, p) - h)
        hs[t] = h
    return hs


def with_the_whole_step(xs, h0, p):
    hs = [h0]
    for x in xs:
        hs += [gru_step(x, hs[-1], p)[0]]
    return hs[1:]


def in_single_precision(xs, h0, p):
    p = {name: v.astype(np.float32) for name, v in p.items()}
    return in_the_order_given(xs.astype(np.float32), h0.astype(np.float32), p)


def in_place(xs, h0, p):
    hs = []
    for x in xs:
        z = update_gate(x, h0, p)
        h_tilde = candidate(x, h0, reset_gate(x, h0, p), p)
        h0 *= z
        h0 += (1 - z) * h_tilde
        print(abs(h0).max())
        hs.append(h0.copy())
    return np.array(hs)


def with_einsum(xs, h0, p):
    def total(x, h, name):
        return (
            np.einsum("nd,dh->nh", x, p["W_x" + name])
            + np.einsum("nk,kh->nh", h, p["W_h" + name])
            + p["b_" + name]
        )

    hs = []
    for x in xs:
        z, r = sigmoid(total(x, h0, "z")), sigmoid(total(x, h0, "r"))
        h_tilde = np.tanh(total(x, r * h0, "h"))
        h0 = h_tilde + z * (h0 - h_tilde)
        hs.append(h0)
    return np.stack(hs)


def one_sequence_at_a_time(xs, h0, p):
    hs = [by_moving(xs[:, n : n + 1], h0[n : n + 1], p) for n in range(len(h0))]
    return np.concatenate(hs, axis=1)


RIGHT = [
    in_the_order_given,
    by_moving,
    with_the_whole_step,
    in_single_precision,
    in_place,
    with_einsum,
    one_sequence_at_a_time,
]


def untouched(xs, h0, p):
    hs = []
    for x in xs:
        h0 = update_gate(x, h0, p) * h0
        h0 = h0 + candidate(x, h0, reset_gate(x, h0, p), p)
        hs += [h0]
    return np.array(hs)


def cut_off(xs, h0, p):
    hs = []
    for x in xs:
        kept = update_gate(x, h0, p) * h0
        h0 = kept + candidate(x, kept, reset_gate(x, kept, p), p)
        h0 = np.minimum(1, np.maximum(-1, h0))
        hs += [h0]
    return np.array(hs)


def squeezed(xs, h0, p):
    hs = []
    for x in xs:
        kept = update_gate(x, h0, p) * h0
        h0 = np.tanh(kept + candidate(x, kept, reset_gate(x, kept, p), p))
        hs += [h0]
    return np.array(hs)


def cut_off_when_returned(xs, h0, p):
    hs = untouched(xs, h0, p)
    hs[hs > 1] = 1
    hs[hs < -1] = -1
    return hs


def mixed(mix, seen_by_r=1, seen_by_candidate=1):
    """Run steps whose last line is `mix`; powers of z shrink what the lines read."""

    def run(xs, h0, p):
        hs = []
        for x in xs:
            z = update_gate(x, h0, p)
            r = reset_gate(x, h0 if seen_by_r else h0 * z, p)
            h0 = mix(z, h0, candidate(x, h0 if seen_by_candidate else h0 * z, r, p))
            hs += [h0]
        return np.array(hs)

    return run


def moved(z, h, h_tilde):
    return h_tilde + z * (h - h_tilde)


# the name of the mistake that the check is to find
WRONG = {
    "the code is still as it was given": untouched,
    "np.clip forces the bound at each step, and both bugs are still there": cut_off,
    "tanh forces the bound at each step, and both bugs are still there": squeezed,
    "np.clip forces the bound on the result, and both bugs are still there": (
        cut_off_when_returned
    ),
    "np.clip forces the bound, and the candidate is still added whole": (
        mixed(lambda z, h, h_tilde: np.minimum(1, np.maximum(-1, z * h + h_tilde)))
    ),
    "tanh forces the bound, and the candidate is still added whole": (
        mixed(lambda z, h, h_tilde: np.tanh(z * h + h_tilde))
    ),
    "the candidate is added whole": mixed(lambda z, h, h_tilde: h_tilde + h * z),
    "the old state is kept whole, beside a share of the candidate": (
        mixed(lambda z, h, h_tilde: h + h_tilde - z * h_tilde)
    ),
    "the reset gate and the candidate read the state after z has shrunk it": (
        mixed(moved, 0, 0)
    ),
    "the candidate reads the state after z has shrunk it": mixed(moved, 1, 0),
    "the reset gate reads the state after z has shrunk it": mixed(moved, 0, 1),
    "z writes, where this book's z keeps": (
        mixed(lambda z, h, h_tilde: h + z * (h_tilde - h))
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda xs, h0, p: np.concatenate([h0[None], by_moving(xs, h0, p)]),
    lambda xs, h0, p: by_moving(xs, h0, p)[-1],
    lambda xs, h0, p: np.clip(by_moving(xs, h0, p), -0.2, 0.2),
    lambda xs, h0, p: by_moving(xs, h0, p | {"b_q": p["b_y"]}),
]
