"""Right and wrong answers to 4.2, written as learners write them."""

import numpy as np

from gru_lesson.cell import candidate, sigmoid


def with_two_products(x, h_prev, r, W, b):
    H = h_prev.shape[1]
    return np.tanh(x @ W[H:] + (r * h_prev) @ W[:H] + b)


def with_the_chapter(x, h_prev, r, W, b):
    W_hh, W_xh = np.split(W, [r.shape[1]])
    return candidate(x, h_prev, r, {"W_hh": W_hh, "W_xh": W_xh, "b_h": b})


def with_einsum(x, h_prev, r, W, b):
    H = len(b)
    a = np.einsum("nh,nh,hk->nk", r, h_prev, W[:H]) + np.einsum("nd,dk->nk", x, W[H:])
    return 1 - 2 / (1 + np.exp(2 * (a + b)))


def with_loops(x, h_prev, r, W, b):
    N, H = h_prev.shape
    result = [[float(b[j]) for j in range(H)] for _ in range(N)]
    for n in range(N):
        for j in range(H):
            for i in range(H):
                result[n][j] += r[n, i] * h_prev[n, i] * W[i, j]
            for d in range(x.shape[1]):
                result[n][j] += x[n, d] * W[H + d, j]
            result[n][j] = np.tanh(result[n][j])
    return result


def in_single_precision(x, h_prev, r, W, b):
    x, h_prev, r, W, b = (v.astype(np.float32) for v in (x, h_prev, r, W, b))
    return np.tanh(np.concatenate((r * h_prev, x), axis=-1) @ W + b)


def in_place(x, h_prev, r, W, b):
    h_prev *= r
    print("seen", h_prev)
    return np.tanh(np.c_[h_prev, x, np.ones(len(x))] @ np.r_[W, b[None]])


def one_sample_at_a_time(x, h_prev, r, W, b):
    rows = zip(x, h_prev, r, strict=True)
    return [np.tanh(W.T @ np.append(g * h, v) + b) for v, h, g in rows]


RIGHT = [
    with_two_products,
    with_the_chapter,
    with_einsum,
    with_loops,
    in_single_precision,
    in_place,
    one_sample_at_a_time,
]


def parts(W, b):
    return W[: len(b)], W[len(b) :]


def r_forgotten(x, h_prev, r, W, b):
    W_hh, W_xh = parts(W, b)
    return np.tanh(h_prev @ W_hh + x @ W_xh + b)


def other_share(x, h_prev, r, W, b):
    W_hh, W_xh = parts(W, b)
    return np.tanh((h_prev - r * h_prev) @ W_hh + x @ W_xh + b)


def x_first(x, h_prev, r, W, b):
    D = x.shape[1]
    return np.tanh(x @ W[:D] + (r * h_prev) @ W[D:] + b)


def all_scaled(x, h_prev, r, W, b):
    W_hh, W_xh = parts(W, b)
    return np.tanh(r * (h_prev @ W_hh) + r * (x @ W_xh) + b)


def no_bias(x, h_prev, r, W, b):
    return np.tanh((W.T @ np.vstack([(r * h_prev).T, x.T])).T)


def with_sigma(x, h_prev, r, W, b):
    return (1 + np.tanh(np.arctanh(with_two_products(x, h_prev, r, W, b)) / 2)) / 2


def bare(x, h_prev, r, W, b):
    return b + np.concatenate([h_prev * r, x], 1).dot(W)


def reset_after(x, h_prev, r, W, b):
    W_hh, W_xh = parts(W, b)
    return np.tanh(x @ W_xh + b + h_prev @ W_hh * r)


WRONG = {
    "the reset gate is left out": r_forgotten,
    "1 - r in the place of r": other_share,
    "the input stands first": x_first,
    "r scales the input too": all_scaled,
    "the bias is left out": no_bias,
    "σ in the place of tanh": with_sigma,
    "tanh is missing": bare,
    "r acts after the product, where this book's r acts before it": reset_after,
}

STRANGE = [
    lambda x, h, r, W, b: np.tanh(np.hstack([r * h, r[:, :3] * x]) @ W + b),
    lambda x, h, r, W, b: np.tanh(np.hstack([r @ h, x]) @ W + b),  # stops
    lambda x, h, r, W, b: sigmoid(h),
    lambda x, h, r, W, b: with_two_products(x, h, r, W, b)[0],
]
