"""Right and wrong answers to 4.4, written as learners write them."""

import numpy as np

from gru_lesson.cell import blend, candidate


def repaired(x, h_prev, z, r, p):
    seen = h_prev.copy()
    seen *= r
    a_h = x @ p["W_xh"] + seen @ p["W_hh"] + p["b_h"]
    h_tilde = np.tanh(a_h)
    return z * h_prev + (1 - z) * h_tilde


def under_another_name(x, h_prev, z, r, p):
    old = h_prev
    h_prev = h_prev * r
    a_h = x @ p["W_xh"] + h_prev @ p["W_hh"] + p["b_h"]
    print(old is h_prev)
    return z * old + (1 - z) * np.tanh(a_h)


def with_the_chapter(x, h_prev, z, r, p):
    return blend(z, h_prev, candidate(x, h_prev, r, p))


def with_einsum(x, h_prev, z, r, p):
    a_h = np.einsum("nd,dh->nh", x, p["W_xh"]) + p["b_h"]
    a_h += np.einsum("ni,ni,ih->nh", r, h_prev, p["W_hh"])
    h_tilde = np.tanh(a_h)
    return h_tilde + z * (h_prev - h_tilde)


def in_single_precision(x, h_prev, z, r, p):
    x, h_prev, z, r = (v.astype(np.float32) for v in (x, h_prev, z, r))
    return repaired(x, h_prev, z, r, {k: v.astype(np.float32) for k, v in p.items()})


def one_sample_at_a_time(x, h_prev, z, r, p):
    new = []
    for n in range(len(x)):
        weights = np.vstack([p["W_hh"], p["W_xh"]])
        h_tilde = np.tanh(np.append(r[n] * h_prev[n], x[n]) @ weights + p["b_h"])
        new.append((z[n] * h_prev[n] + (1 - z[n]) * h_tilde).tolist())
    return new


RIGHT = [
    repaired,
    under_another_name,
    with_the_chapter,
    with_einsum,
    in_single_precision,
    one_sample_at_a_time,
]


def untouched(x, h_prev, z, r, p):
    seen = h_prev
    seen *= r
    a_h = x @ p["W_xh"] + r * (seen @ p["W_hh"]) + p["b_h"]
    h_tilde = np.tanh(a_h)
    return z * h_prev + (1 - z) * h_tilde


def put_aside(x, h_prev, z, r, p):
    old = h_prev.copy()
    seen = h_prev
    seen *= r
    a_h = x @ p["W_xh"] + seen @ p["W_hh"] + p["b_h"]
    return z * old + (1 - z) * np.tanh(a_h)


def overwritten(x, h_prev, z, r, p):
    seen = h_prev
    seen *= r
    return blend(z, h_prev, np.tanh(x @ p["W_xh"] + seen @ p["W_hh"] + p["b_h"]))


def wrong_blend(x, h_prev, z, r, p):
    seen = h_prev.copy()
    seen *= r
    a_h = x @ p["W_xh"] + seen @ p["W_hh"] + p["b_h"]
    return z * seen + (1 - z) * np.tanh(a_h)


def twice(x, h_prev, z, r, p):
    a_h = p["b_h"] + np.dot(x, p["W_xh"]) + np.dot(h_prev * r, p["W_hh"]) * r
    return h_prev * z + np.tanh(a_h) * (1 - z)


def no_gate(x, h_prev, z, r, p):
    return blend(z, h_prev, candidate(x, h_prev, np.ones_like(r), p))


def reset_after(x, h_prev, z, r, p):
    seen = h_prev @ p["W_hh"]
    seen *= r
    return blend(z, h_prev, np.tanh(seen + x @ p["W_xh"] + p["b_h"]))


def z_writes(x, h_prev, z, r, p):
    return blend(1 - z, h_prev, candidate(x, h_prev, r, p))


WRONG = {
    "the last line blends the scaled state in the place of the old one": wrong_blend,
    "r acts twice on the way into a_h": twice,
    "the reset gate is left out": no_gate,
    "r acts after the product, where this book's r acts before it": reset_after,
    "z writes, where this book's z keeps": z_writes,
}

# these overwrite the caller's state, and the first of them is the code as given
CHANGED = [untouched, overwritten, put_aside]

STRANGE = [
    *CHANGED,
    lambda x, h, z, r, p: candidate(x, h, r, p),
    lambda x, h, z, r, p: blend(z, h, candidate(x, r * h, 1 - r, p)),
    lambda x, h, z, r, p: z * h + (1 - z) @ candidate(x, h, r, p),  # stops
    lambda x, h, z, r, p: "h",
]
