"""Right and wrong answers to 3.2, written as learners write them."""

import numpy as np

from gru_lesson.cell import sigmoid


def with_four_blocks(x, h_prev, W, b):
    H = h_prev.shape[1]
    W_hr, W_hz, W_xr, W_xz = W[:H, :H], W[:H, H:], W[H:, :H], W[H:, H:]
    r = sigmoid(x @ W_xr + h_prev @ W_hr + b[:H])
    z = sigmoid(x @ W_xz + h_prev @ W_hz + b[H:])
    return r, z


def with_einsum(x, h_prev, W, b):
    H = h_prev.shape[-1]
    a = np.einsum("nh,hk->nk", h_prev, W[:H]) + np.einsum("nd,dk->nk", x, W[H:])
    return tuple(1 / (1 + np.exp(-part)) for part in np.split(a + b, 2, axis=1))


def in_single_precision(x, h_prev, W, b):
    x, h_prev, W, b = (v.astype(np.float32) for v in (x, h_prev, W, b))
    return np.hsplit(sigmoid(np.hstack([h_prev, x]) @ W + b), 2)


def one_row_at_a_time(x, h_prev, W, b):
    r, z = [], []
    for row, state in zip(x, h_prev, strict=True):
        gates = sigmoid(np.r_[state, row] @ W + b)
        r.append(gates[: len(state)].tolist())
        z.append(gates[len(state) :].tolist())
    return [r, z]


def with_columns(x, h_prev, W, b):
    both = np.vstack([h_prev.T, x.T])
    r, z = np.vsplit(sigmoid(W.T @ both + b[:, None]), 2)
    return r.T, z.T


def in_place(x, h_prev, W, b):
    W *= -1
    b *= -1
    b = b + np.c_[h_prev, x] @ W
    print("a =", b.shape)
    np.exp(b, out=b)
    b += 1
    return 1 / b[:, : b.shape[1] // 2], 1 / b[:, b.shape[1] // 2 :]


def with_a_reshape(x, h_prev, W, b):
    N, H = h_prev.shape
    gates = sigmoid(np.column_stack((h_prev, x)) @ W + b).reshape(N, 2, H)
    return gates[:, 0], gates[:, 1]


RIGHT = [
    with_four_blocks,
    with_einsum,
    in_single_precision,
    one_row_at_a_time,
    with_columns,
    in_place,
    with_a_reshape,
]


def _sums(x, h, W, b):
    """Return the two pre-activations as a stack (2, N, H)."""
    H = h.shape[1]
    a = h @ W[:H] + x @ W[H:] + b
    return np.stack([a[:, :H], a[:, H:]])


def input_first(x, h, W, b):
    D = x.shape[1]
    return np.hsplit(sigmoid(x @ W[:D] + h @ W[D:] + b), 2)


def alternating(x, h, W, b):
    gates = sigmoid(np.hstack([h, x]) @ W + b).reshape(len(x), -1, 2)
    return gates[..., 0], gates[..., 1]


def split_of_the_batch(x, h, W, b):
    r, z = np.vsplit(sigmoid(np.hstack([h, x]) @ W + b), 2)
    return r, z


def cut_at_d(x, h, W, b):
    r, z = np.split(sigmoid(np.hstack([h, x]) @ W + b), [x.shape[1]], axis=1)
    return r, z


def z_that_writes(x, h, W, b):
    a_r, a_z = _sums(x, h, W, b)
    return sigmoid(a_r), sigmoid(-a_z)


# the name of the mistake that the check is to find
WRONG = {
    "the input stands before the state": input_first,
    "r and z are interchanged": lambda *given: tuple(sigmoid(_sums(*given))[::-1]),
    "every second column goes to one gate": alternating,
    "the batch is cut in two, and not the columns": split_of_the_batch,
    "the cut is at D, and not at H": cut_at_d,
    "z writes, where this book's z keeps: 1 - z is returned for z": z_that_writes,
    "the bias is left out": lambda x, h, W, b: tuple(sigmoid(_sums(x, h, W, 0 * b))),
    "σ is missing": lambda *given: tuple(_sums(*given)),
    "tanh in the place of σ": lambda *given: tuple(np.tanh(_sums(*given))),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda *given: tuple(sigmoid(2 * _sums(*given))),
    lambda *given: sigmoid(_sums(*given)[0]),
    lambda x, h, W, b: sigmoid(np.hstack([h, x]) @ W + b),
    lambda x, h, W, b: (0.5, 0.5),
    lambda x, h, W, b: sigmoid(h @ W + x @ W + b),
]
