"""Right and wrong answers to 6.6, written as learners write them."""

import numpy as np


def by_name(weight_ih, weight_hh, bias_ih, bias_hh):
    H = weight_hh.shape[1]
    b = bias_ih + bias_hh
    return {
        "W_xz": -weight_ih[H : 2 * H].T,
        "W_hz": -weight_hh[H : 2 * H].T,
        "b_z": -b[H : 2 * H],
        "W_xr": weight_ih[:H].T,
        "W_hr": weight_hh[:H].T,
        "b_r": b[:H],
        "W_xh": weight_ih[2 * H :].T,
        "W_hh": weight_hh[2 * H :].T,
        "b_h": b[2 * H :],
    }


def in_loops(weight_ih, weight_hh, bias_ih, bias_hh):
    H, D = len(weight_ih) // 3, len(weight_ih[0])
    p = {}
    for start, gate, sign in ((0, "r", 1), (H, "z", -1), (2 * H, "h", 1)):
        rows = range(start, start + H)
        p["W_x" + gate] = [[sign * weight_ih[i, d] for i in rows] for d in range(D)]
        p["W_h" + gate] = [[sign * weight_hh[i, k] for i in rows] for k in range(H)]
        p["b_" + gate] = [sign * (bias_ih[i] + bias_hh[i]) for i in rows]
    return p


def with_einsum(weight_ih, weight_hh, bias_ih, bias_hh):
    sign = np.array([1, -1, 1])
    W = np.einsum("g,ghd->gdh", sign, weight_ih.reshape(3, -1, weight_ih.shape[1]))
    U = np.einsum("g,ghk->gkh", sign, weight_hh.reshape(3, -1, weight_hh.shape[1]))
    b = np.einsum("g,bgh->gh", sign, np.array([bias_ih, bias_hh]).reshape(2, 3, -1))
    names = "rzh"
    p = {f"W_x{g}": W[k] for k, g in enumerate(names)}
    p.update((f"W_h{g}", U[k]) for k, g in enumerate(names))
    return p | {f"b_{g}": b[k] for k, g in enumerate(names)}


def in_place(weight_ih, weight_hh, bias_ih, bias_hh):
    H = weight_hh.shape[1]
    bias_ih += bias_hh
    for array in (weight_ih, weight_hh, bias_ih):
        array[H : 2 * H] *= -1
        print(array.shape)
    p = dict(zip(("W_xr", "W_xz", "W_xh"), np.hsplit(weight_ih.T, 3), strict=True))
    p |= zip(("W_hr", "W_hz", "W_hh"), np.hsplit(weight_hh.T, 3), strict=True)
    return p | dict(zip(("b_r", "b_z", "b_h"), np.split(bias_ih, 3), strict=True))


def in_single_precision(*arrays):
    return by_name(*(array.astype(np.float32) for array in arrays))


def from_one_table(weight_ih, weight_hh, bias_ih, bias_hh):
    table = np.c_[weight_ih, weight_hh, bias_ih + bias_hh]
    D, p = weight_ih.shape[1], {}
    for gate, block in zip("rzh", np.vsplit(table, 3), strict=True):
        block = -block if gate == "z" else block
        p[f"W_x{gate}"], p[f"W_h{gate}"] = block[:, :D].T, block[:, D:-1].T
        p[f"b_{gate}"] = block[:, -1]
    return p


RIGHT = [
    by_name,
    in_loops,
    with_einsum,
    in_place,
    in_single_precision,
    from_one_table,
]


def but(change):
    """Return an answer in which the right arrays are changed afterwards."""

    def answer(*arrays):
        p = by_name(*arrays)
        change(p, *arrays)
        return p

    return answer


def swap(p, one, other):
    """Exchange two gates, each with its own sign kept."""
    for name in ("W_x", "W_h", "b_"):
        a, b = p[name + one], p[name + other]
        p[name + one], p[name + other] = -b, -a


def turn(p, *names):
    for name in names:
        p[name] = -p[name]


def one_minus(p, *arrays):
    p |= {name: 1 - -p[name] for name in ("W_xz", "W_hz", "b_z")}


def turn_both(p, *arrays):
    turn(p, "W_xz", "W_hz", "b_z", "W_xr", "W_hr", "b_r")


def reshape_input(p, weight_ih, *rest):
    D, H = p["W_xz"].shape
    p["W_xr"] = weight_ih[:H].reshape(D, H)
    p["W_xz"] = -1 * weight_ih[H:-H].reshape(D, H)
    p["W_xh"] = weight_ih[-H:].reshape(D, H)


def transpose_back(p, *arrays):
    for gate in "zrh":
        p[f"W_h{gate}"] = p[f"W_h{gate}"].T


def one_bias(weight_ih, weight_hh, bias_ih, bias_hh):
    return from_one_table(weight_ih, weight_hh, bias_ih, 0)


# the name of the mistake that the check is to find
WRONG = {
    "the z that comes out still writes, as in the file": but(
        lambda p, *arrays: turn(p, "W_xz", "W_hz", "b_z")
    ),
    "the sign of b_z is not turned": but(lambda p, *arrays: turn(p, "b_z")),
    "1 minus the array in the place of its negative": but(one_minus),
    "the sign of the reset gate is turned": but(turn_both),
    "the blocks of r and z are exchanged": but(lambda p, *arrays: swap(p, "r", "z")),
    "the arrays from the state are not transposed": but(transpose_back),
    "bias_hh is left out": one_bias,
    "the arrays from the input are reshaped, and not transposed": but(reshape_input),
}

# wrong in a way that the bank does not know
STRANGE = [
    but(lambda p, *arrays: turn(p, "W_xh")),
    but(lambda p, *arrays: p.pop("b_r")),
    but(lambda p, *arrays: p.update(b_n=p.pop("b_h"))),
    but(lambda p, *arrays: p.update(b_h=p["b_h"] / 2)),
    lambda *arrays: list(by_name(*arrays).values()),
    lambda W, U, b, c: {"W_xz": W @ U},
]
