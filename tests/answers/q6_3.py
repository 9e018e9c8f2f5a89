"""Right and wrong answers to 6.3, written as learners write them."""

import numpy as np

from gru_lesson.cell import sigmoid


def with_slices(x, h_prev, weight_ih, weight_hh, bias_ih, bias_hh):
    H = h_prev.shape[1]
    a, c = x @ weight_ih.T + bias_ih, h_prev @ weight_hh.T + bias_hh
    r = sigmoid(a[:, :H] + c[:, :H])
    z = sigmoid(a[:, H : 2 * H] + c[:, H : 2 * H])
    n = np.tanh(a[:, 2 * H :] + r * c[:, 2 * H :])
    return n + z * (h_prev - n)


def in_columns(x, h_prev, weight_ih, weight_hh, bias_ih, bias_hh):
    W_r, W_z, W_n = weight_ih.reshape(3, -1, x.shape[1])
    U_r, U_z, U_n = np.vsplit(weight_hh, 3)
    b_r, b_z, b_n = bias_ih.reshape(3, -1, 1)
    c_r, c_z, c_n = bias_hh.reshape(3, -1, 1)
    x, h = x.T, h_prev.T
    r = 1 / (1 + np.exp(-(W_r @ x + U_r @ h + b_r + c_r)))
    keep = 1 / (1 + np.exp(-(W_z @ x + U_z @ h + b_z + c_z)))
    n = np.tanh(W_n @ x + b_n + r * (U_n @ h + c_n))
    return ((1 - keep) * n + keep * h).T


def with_einsum(x, h_prev, weight_ih, weight_hh, bias_ih, bias_hh):
    H = h_prev.shape[1]
    a = np.einsum("nd,ghd->gnh", x, weight_ih.reshape(3, H, -1))
    a += bias_ih.reshape(3, 1, H)
    c = np.einsum("nk,ghk->gnh", h_prev, weight_hh.reshape(3, H, H))
    c += bias_hh.reshape(3, 1, H)
    r, z = sigmoid(a[:2] + c[:2])
    return z * h_prev + (1 - z) * np.tanh(a[2] + r * c[2])


def in_single_precision(*arrays):
    return with_slices(*(array.astype("float32") for array in arrays))


def one_sequence_at_a_time(x, h_prev, weight_ih, weight_hh, bias_ih, bias_hh):
    H, states = len(bias_hh) // 3, []
    for row, old in zip(x, h_prev, strict=True):
        a, c = weight_ih @ row + bias_ih, weight_hh @ old + bias_hh
        new = []
        for i in range(H):
            r, z = sigmoid(a[i] + c[i]), sigmoid(a[H + i] + c[H + i])
            n = np.tanh(a[2 * H + i] + r * c[2 * H + i])
            new.append(float(z * old[i] + (1 - z) * n))
        states.append(new)
    print(states)
    return states


def in_place(x, h_prev, weight_ih, weight_hh, bias_ih, bias_hh):
    H = h_prev.shape[1]
    bias_ih[: 2 * H] += bias_hh[: 2 * H]
    bias_hh[: 2 * H] = 0
    a, c = x @ weight_ih.T + bias_ih, h_prev @ weight_hh.T + bias_hh
    a[:, : 2 * H] += c[:, : 2 * H]
    a[:, : 2 * H] = sigmoid(a[:, : 2 * H])
    a[:, 2 * H :] = np.tanh(a[:, 2 * H :] + a[:, :H] * c[:, 2 * H :])
    h_prev *= a[:, H : 2 * H]
    h_prev += (1 - a[:, H : 2 * H]) * a[:, 2 * H :]
    return h_prev


RIGHT = [
    with_slices,
    in_columns,
    with_einsum,
    in_single_precision,
    one_sequence_at_a_time,
    in_place,
]


def named(weight_ih, weight_hh, bias_ih, bias_hh):
    """Return the blocks r, z, n of each array, the weights transposed."""
    W = [block.T for block in np.vsplit(weight_ih, 3)]
    U = [block.T for block in np.vsplit(weight_hh, 3)]
    return W, U, bias_ih.reshape(3, -1), bias_hh.reshape(3, -1)


def finish(z, h_prev, a_n):
    return h_prev * z + np.tanh(a_n) - z * np.tanh(a_n)


def exchanged(x, h, *arrays):
    W, U, b, c = named(*arrays)
    z = sigmoid(x @ W[0] + b[0] + h @ U[0] + c[0])
    r = sigmoid(x @ W[1] + b[1] + h @ U[1] + c[1])
    return finish(z, h, x @ W[2] + b[2] + r * (h @ U[2] + c[2]))


def bias_outside(x, h, *arrays):
    W, U, b, c = named(*arrays)
    r, z = (sigmoid(x @ W[k] + h @ U[k] + b[k] + c[k]) for k in (0, 1))
    return finish(z, h, x @ W[2] + r * (h @ U[2]) + b[2] + c[2])


def resets_before(x, h, *arrays):
    W, U, b, c = named(*arrays)
    r, z = (sigmoid(x @ W[k] + h @ U[k] + b[k] + c[k]) for k in (0, 1))
    return finish(z, h, x @ W[2] + (r * h) @ U[2] + b[2] + c[2])


def without_reset(x, h, *arrays):
    W, U, b, c = named(*arrays)
    _, z, a_n = (x @ W[k] + h @ U[k] + b[k] + c[k] for k in range(3))
    return finish(sigmoid(z), h, a_n)


def resets_all(x, h, *arrays):
    W, U, b, c = named(*arrays)
    a_r, a_z, a_n = (x @ W[k] + h @ U[k] + b[k] + c[k] for k in range(3))
    return finish(sigmoid(a_z), h, sigmoid(a_r) * a_n)


def one_bias(x, h, W, U, b, c):
    return with_einsum(x, h, W, U, b, np.zeros_like(c))


def not_transposed(x, h, weight_ih, weight_hh, b, c):
    H = h.shape[1]
    blocks = [weight_hh[k : k + H].T for k in (0, H, 2 * H)]
    return with_slices(x, h, weight_ih, np.concatenate(blocks), b, c)


def writes(x, h, weight_ih, weight_hh, b, c):
    sign = np.repeat([1, -1, 1], h.shape[1])
    turned = weight_ih * sign[:, None], weight_hh * sign[:, None]
    return in_columns(x, h, *turned, b * sign, c * sign)


# the name of the mistake that the check is to find
WRONG = {
    "the blocks of r and z are exchanged": exchanged,
    "the second bias of the candidate escapes the reset gate": bias_outside,
    "the reset acts before the product": resets_before,
    "the reset gate is left out": without_reset,
    "r scales what comes from the input too": resets_all,
    "bias_hh is left out": one_bias,
    "the blocks of weight_hh are not transposed": not_transposed,
    "z writes, where PyTorch's z keeps, as this book's does": writes,
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda x, h, W, U, b, c: np.tanh(x @ W[-h.shape[1] :].T),
    lambda x, h, W, U, b, c: with_slices(x, h, W, U, b, c) + 0.01,
    lambda x, h, W, U, b, c: with_slices(x, h, W[::-1], U[::-1], b[::-1], c[::-1]),
    lambda x, h, W, U, b, c: x @ W + h @ U,
]
