"""The cell of question 7.6, and its backward passes, right and broken."""

import numpy as np

from gru_lesson.cell import gru_step_backward, sigmoid

INPUT = 0.1  # this cell scales its input: gradients of W_xz, W_xr, W_xh are small
BUGS = {  # and which test does not see them
    "mean": "with N = 1",
    "mean times H": "with N = H",
    "not turned": "with H = 1",
    "state": "with h_prev = 0",
    "no input": "with x = 0",
    "no dh": "with dh = 1",
    "path 4": "if dh_prev is not compared",
    "dx": "if dx is not compared",
    "bias": "if the biases are not compared",
    "from the input": "if the weights from the input are not compared",
    "half": "with a tolerance of 1e-2",
    "millionth": "with a tolerance of 1e-6",
    "small": "with an absolute tolerance of 1e-7",
}


def step(x, h_prev, p):
    """Take a step whose update gate writes and whose input is scaled.

    Parameters
    ----------
    x, h_prev : ndarray, shape (N, D) and (N, H)
        Input, and state of the step before.
    p : dict of ndarray
        The nine parameters.

    Returns
    -------
    ndarray, shape (N, H)
        The new state.
    """
    z, _, h_tilde = _parts(INPUT * x, h_prev, p)
    return (1 - z) * h_prev + z * h_tilde


def _parts(x, h_prev, p):
    z = sigmoid(x @ p["W_xz"] + h_prev @ p["W_hz"] + p["b_z"])
    r = sigmoid(x @ p["W_xr"] + h_prev @ p["W_hr"] + p["b_r"])
    return z, r, np.tanh(x @ p["W_xh"] + (r * h_prev) @ p["W_hh"] + p["b_h"])


def make(bug=""):
    """Write a backward pass for `step`.

    Parameters
    ----------
    bug : str
        A key of `BUGS`, or "sign" for a bug that every test sees; "" for none.

    Returns
    -------
    callable
        From dh, x, h_prev, p to dx, dh_prev and the nine gradients.
    """

    def backward(dh, x, h_prev, p):
        x = INPUT * x
        z, r, h_tilde = _parts(0 * x if bug == "no input" else x, h_prev, p)
        if bug == "half":  # as if the cache were kept in half precision
            z = z.astype(np.float16).astype(float)
        dz = (1 if bug == "no dh" else dh) * (h_tilde - h_prev)
        da_z = (-dz if bug == "sign" else dz) * z * (1 - z)
        da_h = dh * z * (1 - h_tilde**2)
        dg = da_h @ (p["W_hh"] if bug == "not turned" else p["W_hh"].T)
        da_r = dg * h_prev * r * (1 - r)
        dh_prev = dh * (1 - z) + da_z @ p["W_hz"].T + dg * r
        if bug != "path 4":
            dh_prev += da_r @ p["W_hr"].T
        dx, grads = 0, {}
        for gate, da in ("z", da_z), ("r", da_r), ("h", da_h):
            if (gate, bug) != ("r", "dx"):
                dx = dx + INPUT * da @ p[f"W_x{gate}"].T
            seen = r * h_prev if gate == "h" and bug != "state" else h_prev
            input_side = da_z if (gate, bug) == ("r", "from the input") else da
            bias_side = da_z if (gate, bug) == ("r", "bias") else da
            grads[f"W_x{gate}"] = x.T @ input_side
            grads[f"W_h{gate}"] = seen.T @ da
            grads[f"b_{gate}"] = bias_side.sum(axis=0)
        N, H = dh.shape
        factor = {"mean": 1 / N, "mean times H": H / N, "millionth": 1 + 9e-7}
        for name in grads:
            grads[name] = grads[name] * factor.get(bug, 1.0)
            if bug == "small" and name[:3] == "W_x":
                grads[name] = grads[name] * (1 + 2e-7)
        return dx, dh_prev, grads

    return backward


def converted(turned=True):
    """Use the book's backward pass, whose z keeps.

    Parameters
    ----------
    turned : bool
        Whether the signs of the update gate are turned; else the bug is "sign".

    Returns
    -------
    callable
        As `make` does.
    """
    gate = ("W_xz", "W_hz", "b_z") if turned else ()

    def backward(dh, x, h_prev, p):
        z, r, h_tilde = _parts(INPUT * x, h_prev, p)
        q = p | {name: -p[name] for name in gate}
        cache = INPUT * x, h_prev, 1 - z, r, h_tilde
        dx, dh_prev, grads = gru_step_backward(dh, cache, q)
        return INPUT * dx, dh_prev, grads | {name: -grads[name] for name in gate}

    return backward


def one_at_a_time(one):
    """Give a pass the sequences of the batch one by one.

    Parameters
    ----------
    one : callable
        From `make`.

    Returns
    -------
    callable
        As `make` does.
    """

    def backward(dh, x, h_prev, p):
        rows = [slice(n, n + 1) for n in range(len(x))]
        dxs, dh_prevs, grads = zip(
            *(one(dh[n], x[n], h_prev[n], p) for n in rows), strict=True
        )
        total = {name: sum(g[name] for g in grads) for name in grads[0]}
        return np.vstack(dxs), np.vstack(dh_prevs), total

    return backward
