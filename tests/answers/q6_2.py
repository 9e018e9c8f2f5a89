"""Right and wrong answers to 6.2, written as learners write them."""

import numpy as np

from gru_lesson.cell import gru_step, sigmoid


def with_named_arrays(x, h_prev, V, b):
    D, H = x.shape[1], h_prev.shape[1]
    W_xz, W_xr, W_xh = V[:D, :H], V[:D, H : 2 * H], V[:D, 2 * H :]
    W_hz, W_hr, W_hh = V[D:, :H], V[D:, H : 2 * H], V[D:, 2 * H :]
    b_z, b_r, b_h = b.reshape(3, H)
    z = 1 / (1 + np.exp(-(x @ W_xz + h_prev @ W_hz + b_z)))
    r = 1 / (1 + np.exp(-(x @ W_xr + h_prev @ W_hr + b_r)))
    h_tilde = np.tanh(x @ W_xh + (r * h_prev) @ W_hh + b_h)
    return h_tilde + z * (h_prev - h_tilde)


def with_einsum(x, h_prev, V, b):
    blocks = V.reshape(len(V), 3, -1)
    row = np.concatenate([x, h_prev], axis=1)
    z, r, _ = sigmoid(np.einsum("ni,igh->gnh", row, blocks) + b.reshape(3, 1, -1))
    row = np.concatenate([x, r * h_prev], axis=-1)
    h_tilde = np.tanh(np.einsum("ni,ih->nh", row, blocks[:, 2]) + b.reshape(3, -1)[2])
    return z * h_prev + (1 - z) * h_tilde


def one_sequence_at_a_time(x, h_prev, V, b):
    H = h_prev.shape[1]
    states = []
    for row, old in zip(x, h_prev, strict=True):
        a = np.append(row, old) @ V + b
        z, r = sigmoid(a[:H]), sigmoid(a[H : 2 * H])
        h_tilde = np.tanh((np.append(row, r * old) @ V + b)[-H:])
        states.append([float(v) for v in z * old + (1 - z) * h_tilde])
    return states


def in_single_precision(x, h_prev, V, b):
    x, h_prev, V, b = (v.astype(np.float32) for v in (x, h_prev, V, b))
    z, r = np.split(sigmoid(np.c_[x, h_prev] @ V + b), 3, axis=1)[:2]
    h_tilde = np.tanh((np.c_[x, r * h_prev] @ V + b)[:, -h_prev.shape[1] :])
    return z * h_prev + (1 - z) * h_tilde


def in_place(x, h_prev, V, b):
    H = h_prev.shape[1]
    old = h_prev.copy()
    a = np.hstack([x, h_prev]) @ V
    a += b
    h_prev *= sigmoid(a[:, H : 2 * H])
    print("r * h_prev =", h_prev)
    a[:, 2 * H :] = np.hstack([x, h_prev]) @ V[:, 2 * H :] + b[2 * H :]
    z = sigmoid(a[:, :H])
    return (old - np.tanh(a[:, 2 * H :])) * z + np.tanh(a[:, 2 * H :])


def in_columns(x, h_prev, V, b):
    H, x, h, W = h_prev.shape[1], x.T, h_prev.T, V.T
    a = W[: 2 * H] @ np.vstack([x, h]) + b[: 2 * H, None]
    z, r = 0.5 + 0.5 * np.tanh(a[:H] / 2), 0.5 + 0.5 * np.tanh(a[H:] / 2)
    n = np.tanh(W[2 * H :] @ np.vstack([x, r * h]) + b[2 * H :, None])
    return (z * h + (1 - z) * n).T


def unpacked(x, h_prev, V, b):
    """Make the nine arrays of the book, and leave the step to gru_step."""
    D = x.shape[1]
    p = dict(zip(("b_z", "b_r", "b_h"), np.split(b, 3), strict=True))
    for gate, block in zip("zrh", np.hsplit(V, 3), strict=True):
        p["W_x" + gate], p["W_h" + gate] = block[:D], block[D:]
    h, _ = gru_step(x, h_prev, p)
    return h


RIGHT = [
    with_named_arrays,
    with_einsum,
    one_sequence_at_a_time,
    in_single_precision,
    in_place,
    in_columns,
    unpacked,
]


def parts(x, h_prev, V, b):
    """Return pre-activations of the gates, and the arrays of the candidate."""
    D = x.shape[1]
    V_z, V_r, V_h = np.split(V, 3, axis=1)
    b_z, b_r, b_h = np.split(b, 3)
    a_z = x @ V_z[:D] + h_prev @ V_z[D:] + b_z
    a_r = x @ V_r[:D] + h_prev @ V_r[D:] + b_r
    return a_z, a_r, V_h[:D], V_h[D:], b_h


def mix(z, old, new):
    return new + z * (old - new)


def without_reset(x, h_prev, V, b):
    a_z, _, W, U, b_h = parts(x, h_prev, V, b)
    return mix(sigmoid(a_z), h_prev, np.tanh(x @ W + h_prev @ U + b_h))


def resets_all(x, h_prev, V, b):
    a_z, a_r, W, U, b_h = parts(x, h_prev, V, b)
    a_h = sigmoid(a_r) * (x @ W + h_prev @ U)
    return mix(sigmoid(a_z), h_prev, np.tanh(a_h + b_h))


def resets_after(x, h_prev, V, b):
    a_z, a_r, W, U, b_h = parts(x, h_prev, V, b)
    a_h = x @ W + sigmoid(a_r) * (h_prev @ U) + b_h
    return mix(sigmoid(a_z), h_prev, np.tanh(a_h))


def state_first(x, h_prev, V, b):
    H = h_prev.shape[1]
    a = np.c_[h_prev, x] @ V + b
    z, r = sigmoid(a[:, :H]), sigmoid(a[:, H : 2 * H])
    return mix(z, h_prev, np.tanh((np.c_[r * h_prev, x] @ V + b)[:, 2 * H :]))


def z_for_r(x, h_prev, V, b):
    a_z, _, W, U, b_h = parts(x, h_prev, V, b)
    z = sigmoid(a_z)
    return mix(z, h_prev, np.tanh(x @ W + (z * h_prev) @ U + b_h))


def second_row_from_the_chapter(x, h_prev, V, b):
    H = h_prev.shape[1]
    a = sigmoid(np.c_[x, h_prev] @ V + b)
    second = np.concatenate([a[:, H : 2 * H] * h_prev, x], axis=1)
    return mix(a[:, :H], h_prev, np.tanh((second @ V + b)[:, -H:]))


def without_last_bias(x, h_prev, V, b):
    b[2 * h_prev.shape[1] :] = 0
    return one_sequence_at_a_time(x, h_prev, V, b)


def exchanged(x, h_prev, V, b):
    a_r, a_z, W, U, b_h = parts(x, h_prev, V, b)
    h_tilde = np.tanh(x @ W + (sigmoid(a_r) * h_prev) @ U + b_h)
    return mix(sigmoid(a_z), h_prev, h_tilde)


def without_biases(x, h_prev, V, b):
    a_z, a_r, W, U, _ = parts(x, h_prev, V, np.zeros(b.shape))
    h_tilde = np.tanh(x @ W + (sigmoid(a_r) * h_prev) @ U)
    return mix(sigmoid(a_z), h_prev, h_tilde)


def all_sigmoid(x, h_prev, V, b):
    a_z, a_r, W, U, b_h = parts(x, h_prev, V, b)
    h_tilde = 1 / (1 + np.exp(-(x @ W + (sigmoid(a_r) * h_prev) @ U + b_h)))
    return mix(sigmoid(a_z), h_prev, h_tilde)


def writes(x, h_prev, V, b):
    a_z, a_r, W, U, b_h = parts(x, h_prev, V, b)
    h_tilde = np.tanh(x @ W + (sigmoid(a_r) * h_prev) @ U + b_h)
    return mix(sigmoid(a_z), h_tilde, h_prev)


# the name of the mistake that the check is to find
WRONG = {
    "the candidate reads the same row as the gates, so the reset gate is lost": (
        without_reset
    ),
    "r scales what comes from the input too": resets_all,
    "the reset acts after the product": resets_after,
    "z scales the state for the candidate, in the place of r": z_for_r,
    "in the candidate's row the state stands before the input": (
        second_row_from_the_chapter
    ),
    "the state stands before the input": state_first,
    "the blocks of z and r are exchanged": exchanged,
    "the biases are left out": without_biases,
    "the bias of the candidate is left out": without_last_bias,
    "σ in the place of tanh": all_sigmoid,
    "z writes, where this book's z keeps": writes,
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda x, h, V, b: 0.5 * h,
    lambda x, h, V, b: np.tanh((np.c_[x, h] @ V + b)[:, -h.shape[1] :]),
    lambda x, h, V, b: with_einsum(x, h, V, b).T,
    lambda x, h, V, b: np.hstack([x, h]) @ V + b,
    lambda x, h, V, b: x @ V,
]
