"""Right and wrong answers to 2.1, written as learners write them."""

import numpy as np

from gru_lesson.cell import sigmoid


def with_rows(x, h_prev, W, U, b):
    return sigmoid(x.T @ W.T + h_prev.T @ U.T + b).T


def with_einsum(x, h_prev, W, U, b):
    a = np.einsum("hd,dn->hn", W, x) + np.einsum("hk,kn->hn", U, h_prev)
    return 1 / (1 + np.exp(-(a + b[:, np.newaxis])))


def with_concatenated_weights(x, h_prev, W, U, b):
    return sigmoid(np.hstack([U, W]) @ np.vstack([h_prev, x]) + b.reshape(-1, 1))


def in_single_precision(x, h_prev, W, U, b):
    x, h_prev, W, U, b = (v.astype(np.float32) for v in (x, h_prev, W, U, b))
    return sigmoid(W @ x + U @ h_prev + b[:, None])


def one_column_at_a_time(x, h_prev, W, U, b):
    columns = zip(x.T, h_prev.T, strict=True)
    return np.array([sigmoid(W @ c + U @ h + b) for c, h in columns]).T.tolist()


def in_place(x, h_prev, W, U, b):
    U @= h_prev @ np.linalg.pinv(h_prev)
    h_prev[...] = U @ h_prev
    h_prev += W @ x
    h_prev += b[:, None]
    print("a =", h_prev)
    return 0.5 * (1 + np.tanh(h_prev / 2))


RIGHT = [
    with_rows,
    with_einsum,
    with_concatenated_weights,
    in_single_precision,
    one_column_at_a_time,
    in_place,
]

# the name of the mistake that the check is to find
WRONG = {
    "the bias is left out": lambda x, h, W, U, b: sigmoid(W @ x + U @ h),
    "the old state is left out": lambda x, h, W, U, b: sigmoid((x.T @ W.T + b).T),
    "U is transposed": lambda x, h, W, U, b: sigmoid(W @ x + (h.T @ U).T + b[:, None]),
    "tanh in the place of σ": lambda x, h, W, U, b: np.tanh((W @ x + U @ h).T + b).T,
    "σ is missing": lambda x, h, W, U, b: ((W @ x + U @ h).T + b).T,
    "z writes, where this book's z keeps": (
        lambda x, h, W, U, b: 1 - sigmoid(W @ x + U @ h + b[:, None])
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda x, h, W, U, b: sigmoid(2 * (W @ x + U @ h) + b[:, None]),
    lambda x, h, W, U, b: np.full(h.shape, 0.5),
]
