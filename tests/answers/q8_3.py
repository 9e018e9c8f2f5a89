"""Right and wrong answers to 8.3, written as learners write them."""

import numpy as np


def repaired(h_prev, z, r, h_tilde, W_hz, W_hr, W_hh, b_hn):
    s = h_prev @ W_hh + b_hn
    of_z = (h_prev - h_tilde) * z * (1 - z)
    of_h = (1 - z) * (1 - h_tilde**2)
    of_r = s * r * (1 - r)
    keep = np.diag(z)
    update_gate = W_hz * of_z
    candidate = W_hh * r[None, :] * of_h
    reset_gate = W_hr * (of_r * of_h)
    return keep + update_gate + candidate + reset_gate


def diagonals(h_prev, z, r, h_tilde, W_hz, W_hr, W_hh, b_hn, **o):
    """Use diagonal matrices, with places for a mistake."""
    diag = np.diag
    V = diag(1 - z) @ diag(1 - h_tilde**2)
    U = W_hz @ diag((h_prev - h_tilde) * z * (1 - z))
    before, after = o.get("before", 1 + 0 * r), o.get("after", r)
    C = diag(before) @ o.get("W", W_hh) @ diag(after) @ V
    s = o.get("s", W_hh.T @ h_prev + b_hn)
    R = W_hr @ diag(o.get("of_r", s * (r - r**2)))
    R = R @ W_hh if "through" in o else R
    return diag(z) + U + C + R @ V


def row_by_row(h_prev, z, r, h_tilde, W_hz, W_hr, W_hh, b_hn):
    """Send a change of one old unit after the other through the step."""
    rows = []
    for i, change in enumerate(np.eye(len(z))):
        dz = W_hz[i] * z * (1 - z)
        dr = W_hr[i] * r * (1 - r)
        da = dr * (h_prev @ W_hh + b_hn) + r * W_hh[i]
        dh_tilde = (1 + h_tilde) * (1 - h_tilde) * da
        rows.append(z * change + dz * (h_prev - h_tilde) + (1 - z) * dh_tilde)
    return rows


def by_differences(h_prev, z, r, h_tilde, W_hz, W_hr, W_hh, b_hn):
    x_z = np.log(z / (1 - z)) - h_prev @ W_hz
    x_r = np.log(r / (1 - r)) - h_prev @ W_hr
    x_h = np.arctanh(h_tilde) - r * (h_prev @ W_hh + b_hn)

    def step(h):
        z, r = 1 / (1 + np.exp(-x_z - h @ W_hz)), 1 / (1 + np.exp(-x_r - h @ W_hr))
        return z * h + (1 - z) * np.tanh(x_h + r * (h @ W_hh + b_hn))

    e = 1e-5 * np.eye(len(z))
    return (step(h_prev + e) - step(h_prev - e)) / 2e-5


def in_single_precision(*arguments):
    return repaired(*(a.astype(np.float32) for a in arguments))


def in_place(h_prev, z, r, h_tilde, W_hz, W_hr, W_hh, b_hn):
    b_hn += h_prev @ W_hh
    W_hh *= r
    W_hr *= r
    W_hr *= (1 - r) * b_hn
    W_hh += W_hr
    W_hh *= (1 - z) * (1 - h_tilde**2)
    h_prev -= h_tilde
    print(h_prev)
    return W_hh + np.diag(z) + W_hz * (h_prev * z * (1 - z))


RIGHT = [
    repaired,
    diagonals,
    row_by_row,
    by_differences,
    in_single_precision,
    in_place,
]


def given(h_prev, z, r, h_tilde, W_hz, W_hr, W_hh, b_hn):
    s = h_prev @ W_hh
    of_z = (h_prev - h_tilde) * z * (1 - z)
    of_h = (1 - z) * (1 - h_tilde**2)
    of_r = s * r * (1 - r)

    keep = np.diag(z)
    update_gate = W_hz * of_z
    candidate = r[:, None] * W_hh * of_h
    reset_gate = W_hr * (of_r * of_h)
    return keep + update_gate + candidate + reset_gate


def on_rows(*a, **o):
    return diagonals(*a, before=a[2], after=np.ones(len(a[2])), **o)


def added_late(*a):
    h_prev, _, r, _, _, _, W_hh, b_hn = a
    return diagonals(*a, of_r=(h_prev @ W_hh) * (r - r * r) + b_hn)


def of_the_book(*a):
    """Return the book's Jacobian: a reset gate before the product."""
    h_prev, _, r, *_ = a
    return on_rows(*a, of_r=h_prev * r * (1 - r), through=True)


# the name of the mistake that the check is to find
WRONG = {
    "both wrong lines are as they were given": given,
    "the line that lacks b_hn is still there": lambda *a: diagonals(*a, s=a[0] @ a[6]),
    "the line that is right for equal r is still there": on_rows,
    "r is gone from the candidate's path": (
        lambda *a: diagonals(*a, after=np.ones(len(a[2])))
    ),
    "r is twice in the candidate's path": lambda *a: diagonals(*a, before=a[2]),
    "b_hn stands outside of what the slope of the reset gate multiplies": added_late,
    "the reset gate's path has the old state in the place of the parentheses": (
        lambda *a: diagonals(*a, s=a[0])
    ),
    "the reset gate's path goes through W_hh too": (
        lambda *a: diagonals(*a, through=True)
    ),
    "W_hh is transposed in the candidate's path": lambda *a: diagonals(*a, W=a[6].T),
    "the reset gate acts before the product, where here it acts after": of_the_book,
    "row and column are exchanged, as in texts that write columns": (
        lambda *a: np.array(row_by_row(*a)).T
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda *a: repaired(*a)[0],
    lambda *a: repaired(*a) - np.diag(a[1]),
    lambda *a: diagonals(*a, after=1 - a[2]),
    lambda *a: list(given(*a)[::-1]),
]
