"""Right and wrong answers to 3.5, written as learners write them."""

import numpy as np

from gru_lesson.cell import sigmoid


def as_in_the_chapter(x, h_prev, p):
    r = sigmoid(x @ p["W_xr"] + h_prev @ p["W_hr"] + p["b_r"])
    return r, np.tanh(x @ p["W_xh"] + p["b_h"] + (r * h_prev) @ p["W_hh"])


def with_einsum(x, h_prev, p):
    def add_up(gate, state):
        from_x = np.einsum("nd,dh->nh", x, p["W_x" + gate])
        return from_x + np.einsum("nk,kh->nh", state, p["W_h" + gate]) + p["b_" + gate]

    r = 1 / (1 + np.exp(-add_up("r", h_prev)))
    return [r, np.tanh(add_up("h", np.multiply(r, h_prev)))]


def with_concatenated_weights(x, h_prev, p):
    W_r = np.concatenate([p["W_hr"], p["W_xr"]])
    W_h = np.concatenate([p["W_hh"], p["W_xh"]])
    r = sigmoid(np.hstack([h_prev, x]) @ W_r + p["b_r"])
    return r, np.tanh(np.hstack([h_prev * r, x]) @ W_h + p["b_h"])


def in_single_precision(x, h_prev, p):
    p = {name: value.astype(np.float32) for name, value in p.items()}
    return as_in_the_chapter(np.float32(x), np.float32(h_prev), p)


def one_sequence_at_a_time(x, h_prev, p):
    r, h_tilde = [], []
    for row, state in zip(x, h_prev, strict=True):
        r.append(sigmoid(row @ p["W_xr"] + state @ p["W_hr"] + p["b_r"]))
        past = (np.diag(r[-1]) @ p["W_hh"]).T @ state
        h_tilde.append(np.tanh(p["W_xh"].T @ row + past + p["b_h"]).tolist())
    return r, h_tilde


def in_place(x, h_prev, p):
    p["b_r"] = p["b_r"] + h_prev @ p.pop("W_hr") + x @ p.pop("W_xr")
    r = 0.5 + 0.5 * np.tanh(p["b_r"] / 2)
    h_prev *= r
    print("seen", h_prev)
    return r, np.tanh(h_prev @ p["W_hh"] + x @ p["W_xh"] + p["b_h"])


RIGHT = [
    as_in_the_chapter,
    with_einsum,
    with_concatenated_weights,
    in_single_precision,
    one_sequence_at_a_time,
    in_place,
]


def _answer(past, inputs=lambda x, r, p: x @ p["W_xh"], state_weights="W_hr"):
    """Build an answer from what reaches the candidate of the past and of the input."""

    def answer(x, h, p):
        from_state = (p[state_weights].T @ h.T).T
        r = 1 / (1 + np.exp(-(x @ p["W_xr"] + p["b_r"] + from_state)))
        return r, np.tanh(p["b_h"] + past(h, r, p) + inputs(x, r, p))

    return answer


def _hidden(h, r, p):
    return np.einsum("nk,nk,kh->nh", r, h, p["W_hh"])


def _whole(h, r, p):
    return h @ p["W_hh"]


def _gated(x, r, p):
    return np.multiply(x @ p["W_xh"], r)


# the name of the mistake that the check is to find
WRONG = {
    "the code is as it was given, with both bugs": _answer(_whole, _gated, "W_hz"),
    "one of the two bugs is still there, in the line of a_r": (
        _answer(_hidden, state_weights="W_hz")
    ),
    "one of the two bugs is still there, in the line of a_h": _answer(_whole, _gated),
    "the candidate sees the whole old state": _answer(_whole),
    "r acts on the input as well": _answer(_hidden, _gated),
    "1 - r in the place of r": _answer(lambda h, r, p: (h - r * h) @ p["W_hh"]),
    "the gate acts after the product with W_hh, where this book's acts before": (
        _answer(lambda h, r, p: np.multiply(h @ p["W_hh"], r))
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    _answer(lambda h, r, p: (r * h) @ p["W_hh"].T),
    _answer(_hidden, lambda x, r, p: 2 * (x @ p["W_xh"])),
    lambda x, h, p: as_in_the_chapter(x, h, p)[1],
    lambda x, h, p: as_in_the_chapter(x, h, p)[::-1],
    lambda x, h, p: as_in_the_chapter(h, x, p),
]
