"""Right and wrong answers to 7.3, written as learners write them."""

import numpy as np

from gru_lesson.cell import gru_step_backward


def repaired(dh, h_prev, z, r, h_tilde, W_hz, W_hr, W_hh):
    dz = dh * (h_tilde - h_prev)
    da_z = dz * z * (1 - z)
    dh_tilde = dh * z
    da_h = dh_tilde * (1 - h_tilde**2)
    dg = da_h @ W_hh.T
    da_r = dg * h_prev * r * (1 - r)

    dh_prev = dh - dh * z + da_z @ W_hz.T + dg * r + da_r @ W_hr.T
    dW_hz, dW_hr = h_prev.T @ da_z, h_prev.T @ da_r
    dW_hh = (r * h_prev).T @ da_h
    return dh_prev, dW_hz, dW_hr, dW_hh


def step(dh, h_prev, z, r, h_tilde, W_hz, W_hr, W_hh, share=None, **other):
    """Use einsum, with places for a mistake."""
    turn = other.get("turn", "nj,ij->ni")
    a = other.get("sign", 1) * dh * z * (1 - z) * (h_tilde - h_prev)
    c = other.get("written", z) * dh * (1 + h_tilde) * (1 - h_tilde)
    g = np.einsum(turn, c, W_hh)
    b = (r - r * r) * g * h_prev
    terms = [
        (1 - z if share is None else share) * dh,
        np.einsum("nj,ij->ni", a, W_hz),
        g * other.get("seen", r),
        np.einsum("nj,ij->ni", b, W_hr),
    ]
    outer = "ni,nj->ij"
    dW_hh = np.einsum(outer, h_prev * other.get("used", r), c)
    return sum(terms), np.einsum(outer, h_prev, a), np.einsum(outer, h_prev, b), dW_hh


def by_conversion(dh, h_prev, z, r, h_tilde, W_hz, W_hr, W_hh):
    """Turn the sign of the update gate and use the book's step."""
    none, H = np.zeros((len(dh), 1)), len(W_hz)
    p = {f"W_x{k}": np.zeros((1, H)) for k in "zrh"}
    p |= {"W_hz": -W_hz, "W_hr": W_hr, "W_hh": W_hh}
    cache = (none, h_prev, 1 - z, r, h_tilde)
    _, dh_prev, grads = gru_step_backward(dh, cache, p)
    return dh_prev, -grads["W_hz"], grads["W_hr"], grads["W_hh"]


def with_weights_side_by_side(dh, h_prev, z, r, h_tilde, W_hz, W_hr, W_hh):
    da_h = dh * z * (1 - h_tilde**2)
    dg = da_h @ W_hh.T
    gates = np.hstack(
        [dh * (h_tilde - h_prev) * z * (1 - z), dg * h_prev * r * (1 - r)]
    )
    dh_prev = dh * (1 - z) + dg * r + gates @ np.hstack([W_hz, W_hr]).T
    dW_hz, dW_hr = np.split(h_prev.T @ gates, 2, axis=1)
    return [dh_prev.tolist(), dW_hz, dW_hr, (h_prev * r).T @ da_h]


def one_sequence_at_a_time(dh, h_prev, z, r, h_tilde, *weights):
    rows = zip(dh, h_prev, z, r, h_tilde, strict=True)
    each = [repaired(*(v[None] for v in row), *weights) for row in rows]
    dh_prev, *grads = zip(*each, strict=True)
    return np.concatenate(dh_prev), *(sum(grad) for grad in grads)


def in_single_precision(*arguments):
    return repaired(*(v.astype(np.float32) for v in arguments))


def in_place(dh, h_prev, z, r, h_tilde, W_hz, W_hr, W_hh):
    keep = 1 - z
    da_z = dh * (h_tilde - h_prev) * z * keep
    z *= dh
    z *= 1 - h_tilde**2
    print("da_h", z)
    dg = z @ W_hh.T
    da_r = dg * h_prev * r * (1 - r)
    dW_hh = (r * h_prev).T @ z
    dh *= keep
    dh += da_z @ W_hz.T
    dh += dg * r
    dh += da_r @ W_hr.T
    return dh, h_prev.T @ da_z, h_prev.T @ da_r, dW_hh


RIGHT = [
    repaired,
    step,
    by_conversion,
    with_weights_side_by_side,
    one_sequence_at_a_time,
    in_single_precision,
    in_place,
]


def keeps(dh, h_prev, z, *rest):
    r, h_tilde, W_hz, W_hr, W_hh = rest
    dh_prev, dW_hz, dW_hr, dW_hh = by_conversion(
        dh, h_prev, 1 - z, r, h_tilde, -W_hz, W_hr, W_hh
    )
    return dh_prev, -dW_hz, dW_hr, dW_hh


# the name of the mistake that the check is to find
WRONG = {
    "the wrong term is still there, as it was given": (lambda *a: step(*a, share=a[2])),
    "the direct path is left out": lambda *a: step(*a, share=0),
    "dz has the sign of a gate that keeps": lambda *a: step(*a, sign=-1),
    "the candidate gets the share that is kept": lambda *a: step(*a, written=1 - a[2]),
    "r is left out of path 3": lambda *a: step(*a, seen=1),
    "dW_hh is taken with h_prev in the place of g": lambda *a: step(*a, used=1),
    "W_hh is not transposed on the way back": lambda *a: step(*a, turn="ni,ij->nj"),
    "z keeps, where this code's z writes": keeps,
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda *a: step(*a, share=1),
    lambda *a: step(*a, seen=1 - a[3]),
    lambda *a: step(*a)[0],
    lambda *a: (step(*a)[0].T, *step(*a)[1:]),
]
