"""Right and wrong answers to 2.5, written as learners write them."""

import numpy as np

from gru_lesson.cell import blend, sigmoid, update_gate


def with_an_array_to_fill(xs, h_tildes, h0, p):
    hs = np.zeros(h_tildes.shape)
    h_prev = h0
    for t in range(len(xs)):
        z = sigmoid(xs[t] @ p["W_xz"] + h_prev @ p["W_hz"] + p["b_z"])
        hs[t] = h_prev + (1 - z) * (h_tildes[t] - h_prev)
        h_prev = hs[t]
    return hs


def with_the_plain_sigmoid(xs, h_tildes, h0, p):
    hs = [h0]
    for x, h_tilde in zip(xs, h_tildes, strict=True):
        a_z = x @ p["W_xz"] + hs[-1] @ p["W_hz"] + p["b_z"]
        z = 1 / (1 + np.exp(-a_z))
        hs.append(z * hs[-1] + (1 - z) * h_tilde)
    return hs[1:]


def with_concatenated_weights(xs, h_tildes, h0, p):
    W, hs = np.vstack([p["W_hz"], p["W_xz"]]), []
    for x, h_tilde in zip(xs, h_tildes, strict=True):
        z = 0.5 + 0.5 * np.tanh((np.hstack([h0, x]) @ W + p["b_z"]) / 2)
        h0 = z * h0 + (1 - z) * h_tilde
        hs.append(h0)
    return np.array(hs)


def in_single_precision(xs, h_tildes, h0, p):
    p = {name: value.astype(np.float32) for name, value in p.items()}
    xs, h_tildes, h0 = (v.astype(np.float32) for v in (xs, h_tildes, h0))
    return with_an_array_to_fill(xs, h_tildes, h0, p).astype(np.float32)


def one_sequence_at_a_time(xs, h_tildes, h0, p):
    columns = []
    for n in range(len(h0)):
        h, path = h0[n].tolist(), []
        for x, c in zip(xs[:, n], h_tildes[:, n], strict=True):
            z = update_gate(x, np.array(h), p)
            h = blend(z, np.array(h), c).tolist()
            path.append(h)
        columns.append(path)
    return np.stack(columns, axis=1)


def in_place(xs, h_tildes, h0, p):
    ax = np.einsum("tnd,dh->tnh", xs, p["W_xz"])
    ax += p["b_z"]
    for t, a in enumerate(ax):
        a += h0 @ p["W_hz"]
        z = np.exp(-np.logaddexp(0, -a))
        h0 *= z
        h0 += (1 - z) * h_tildes[t]
        print("h =", h0)
        h_tildes[t] = h0
    return h_tildes


RIGHT = [
    with_an_array_to_fill,
    with_the_plain_sigmoid,
    with_concatenated_weights,
    in_single_precision,
    one_sequence_at_a_time,
    in_place,
]


def loop(gate, blend=lambda z, h, c, h0: c + z * (h - c)):
    """Return an answer with another gate (x, h, h0, c, p) or another blend."""

    def hold(xs, h_tildes, h0, p):
        h, hs = h0, []
        for t in range(xs.shape[0]):
            z = gate(xs[t], h, h0, h_tildes[t], p)
            h = blend(z, h, h_tildes[t], h0)
            hs += [h]
        return np.array(hs)

    return hold


def right_gate(x, h, h0, c, p):
    return update_gate(x, h, p)


def never_below_one_half(a):
    return np.maximum(sigmoid(a), sigmoid(-a))


def positive_exponent(xs, h_tildes, h0, p):
    h, hs = h0, []
    for x, h_tilde in zip(xs, h_tildes, strict=True):
        e = np.exp(-log_odds(x, h, p))
        z = np.where(e <= 1, e, 1) / (1 + e)
        h = z * h + (1 - z) * h_tilde
        hs.append(h)
    return np.stack(hs)


def with_the_start(xs, h_tildes, h0, p):
    return np.concatenate([h0[None], with_an_array_to_fill(xs, h_tildes, h0, p)])


def shifted(xs, h_tildes, h0, p):
    hs = with_an_array_to_fill(xs, h_tildes, h0, p)
    return np.concatenate([h0[None], hs[:-1]])


def log_odds(x, h, p):
    return x @ p["W_xz"] + h @ p["W_hz"] + p["b_z"]


# the name of the mistake that the check is to find
WRONG = {
    "the results are those of the code as it came, with both bugs": loop(
        lambda x, h, h0, c, p: never_below_one_half(log_odds(x, h0, p))
    ),
    "the gates of later steps do not follow the state": loop(
        lambda x, h, h0, c, p: update_gate(x, h0, p)
    ),
    "no gate comes out below one half": loop(
        lambda x, h, h0, c, p: never_below_one_half(log_odds(x, h, p))
    ),
    "no gate comes out above one half": positive_exponent,
    "the gate does not look at the state": loop(
        lambda x, h, h0, c, p: update_gate(x, 0 * h, p)
    ),
    "every step starts from the initial state": loop(
        right_gate, lambda z, h, c, h0: c + z * (h0 - c)
    ),
    "each state is recorded before its step is taken": shifted,
    "the initial state stands before the states of the steps": with_the_start,
    "z writes, where this book's z keeps": loop(
        lambda x, h, h0, c, p: 1 - update_gate(x, h, p)
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    loop(lambda x, h, h0, c, p: update_gate(x, c, p)),
    loop(right_gate, lambda z, h, c, h0: z * h + c),
    lambda *a: np.concatenate([with_an_array_to_fill(*a), a[2][None]]),
    loop(lambda x, h, h0, c, p: np.abs(np.tanh(log_odds(x, h, p)))),
    lambda xs, h_tildes, h0, p: with_an_array_to_fill(xs, h_tildes, h0, p)[-1],
]
