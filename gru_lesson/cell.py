"""One step of a gated recurrent unit, forward and backward.

Row vectors, the update gate z *keeps*, the reset gate acts *before* the matrix product
(Cho et al. 2014, arXiv:1406.1078, version 3, with biases)::

    z  = σ(x W_xz + h_prev W_hz + b_z)              update gate
    r  = σ(x W_xr + h_prev W_hr + b_r)              reset gate
    h~ = tanh(x W_xh + (r * h_prev) W_hh + b_h)     candidate
    h  = z * h_prev + (1 - z) * h~                  new state

Shapes: N sequences in a batch, D inputs, H units. These functions are bare on purpose;
``bptt`` checks what comes in.
"""

from typing import NamedTuple

import numpy as np


def sigmoid(a):
    """Squash to (0, 1) without overflow: 1 / (1 + exp(-a)).

    Parameters
    ----------
    a : ndarray, any shape
        Pre-activation, without unit.

    Returns
    -------
    ndarray, shape of `a`
        Values from 0 to 1 in the precision of `a`.

    Notes
    -----
    Only ``exp(-|a|)`` is ever taken, which is at most 1. For negative a both numerator
    and denominator of 1 / (1 + exp(-a)) are multiplied by exp(a).
    """
    e = np.exp(-np.abs(a))
    return np.where(a >= 0, 1, e) / (1 + e)


def init_params(D, H, rng):
    """Draw the nine parameter arrays of a GRU.

    Parameters
    ----------
    D, H : int
        Number of inputs and of units.
    rng : numpy.random.Generator
        Source of randomness, for example ``np.random.default_rng(0)``.

    Returns
    -------
    dict of ndarray
        W_xz, W_xr, W_xh (D, H) and W_hz, W_hr, W_hh (H, H), uniform on ±1/√H;
        b_z, b_r, b_h (H,), zero. The order of the names is that of the equations.
    """
    bound = 1 / np.sqrt(H)
    p = {}
    for gate in "zrh":
        p[f"W_x{gate}"] = rng.uniform(-bound, bound, (D, H))
        p[f"W_h{gate}"] = rng.uniform(-bound, bound, (H, H))
        p[f"b_{gate}"] = np.zeros(H)
    return p


def update_gate(x, h_prev, p):
    """Compute z, the share of the old state that each unit keeps.

    Parameters
    ----------
    x : ndarray, shape (N, D)
        Input of this step.
    h_prev : ndarray, shape (N, H)
        State of the step before.
    p : dict of ndarray
        Reads W_xz (D, H), W_hz (H, H) and b_z (H,).

    Returns
    -------
    ndarray, shape (N, H)
        z in (0, 1); 1 keeps, 0 replaces.
    """
    a_z = x @ p["W_xz"] + h_prev @ p["W_hz"] + p["b_z"]
    return sigmoid(a_z)


def reset_gate(x, h_prev, p):
    """Compute r, the share of the old state that the candidate gets to see.

    Parameters
    ----------
    x : ndarray, shape (N, D)
        Input of this step.
    h_prev : ndarray, shape (N, H)
        State of the step before.
    p : dict of ndarray
        Reads W_xr (D, H), W_hr (H, H) and b_r (H,).

    Returns
    -------
    ndarray, shape (N, H)
        r in (0, 1); 1 shows the past to the candidate, 0 hides it.
    """
    a_r = x @ p["W_xr"] + h_prev @ p["W_hr"] + p["b_r"]
    return sigmoid(a_r)


def candidate(x, h_prev, r, p):
    """Compute the candidate state h~ from the input and the past that r lets through.

    Parameters
    ----------
    x : ndarray, shape (N, D)
        Input of this step.
    h_prev, r : ndarray, shape (N, H)
        State of the step before, and the reset gate.
    p : dict of ndarray
        Reads W_xh (D, H), W_hh (H, H) and b_h (H,).

    Returns
    -------
    ndarray, shape (N, H)
        h~ in (-1, 1).
    """
    a_h = x @ p["W_xh"] + (r * h_prev) @ p["W_hh"] + p["b_h"]
    return np.tanh(a_h)


def blend(z, h_prev, h_tilde):
    """Mix old state and candidate, unit by unit: h lies between the two.

    Parameters
    ----------
    z, h_prev, h_tilde : ndarray, shape (N, H)
        Update gate, state of the step before, candidate.

    Returns
    -------
    ndarray, shape (N, H)
        The new state; `h_prev` where z is 1, `h_tilde` where z is 0.
    """
    return z * h_prev + (1 - z) * h_tilde


class GRUCache(NamedTuple):
    """What one step must remember for the way back.

    ``x`` has shape (N, D); ``h_prev``, ``z``, ``r`` and ``h_tilde`` have (N, H).
    """

    x: np.ndarray
    h_prev: np.ndarray
    z: np.ndarray
    r: np.ndarray
    h_tilde: np.ndarray


def gru_step(x, h_prev, p):
    """Take one step of the GRU.

    Parameters
    ----------
    x : ndarray, shape (N, D)
        Input of this step.
    h_prev : ndarray, shape (N, H)
        State of the step before.
    p : dict of ndarray
        The nine arrays of `init_params`.

    Returns
    -------
    h : ndarray, shape (N, H)
        The new state.
    cache : GRUCache
        What `gru_step_backward` needs.
    """
    z = update_gate(x, h_prev, p)
    r = reset_gate(x, h_prev, p)
    h_tilde = candidate(x, h_prev, r, p)
    h = blend(z, h_prev, h_tilde)
    return h, GRUCache(x, h_prev, z, r, h_tilde)


def gru_step_backward(dh, cache, p):
    """Carry the gradient of a loss back through one step.

    Parameters
    ----------
    dh : ndarray, shape (N, H)
        ∂L/∂h, the gradient with respect to the new state.
    cache : GRUCache
        From `gru_step`.
    p : dict of ndarray
        The parameters that `gru_step` was given.

    Returns
    -------
    dx : ndarray, shape (N, D)
        ∂L/∂x.
    dh_prev : ndarray, shape (N, H)
        ∂L/∂h_prev, the sum of four paths: kept, through z, through the candidate,
        through r.
    grads : dict of ndarray
        ∂L/∂p under the names and in the shapes of `p`, summed over the batch.
    """
    x, h_prev, z, r, h_tilde = cache

    dz = dh * (h_prev - h_tilde)
    da_z = dz * z * (1 - z)
    dh_tilde = dh * (1 - z)
    da_h = dh_tilde * (1 - h_tilde**2)
    dg = da_h @ p["W_hh"].T  # g = r * h_prev, what the candidate sees of it
    dr = dg * h_prev
    da_r = dr * r * (1 - r)

    dx = da_z @ p["W_xz"].T + da_r @ p["W_xr"].T + da_h @ p["W_xh"].T
    dh_prev = dh * z + da_z @ p["W_hz"].T + dg * r + da_r @ p["W_hr"].T
    grads = {
        "W_xz": x.T @ da_z,
        "W_hz": h_prev.T @ da_z,
        "b_z": da_z.sum(axis=0),
        "W_xr": x.T @ da_r,
        "W_hr": h_prev.T @ da_r,
        "b_r": da_r.sum(axis=0),
        "W_xh": x.T @ da_h,
        "W_hh": (r * h_prev).T @ da_h,
        "b_h": da_h.sum(axis=0),
    }
    return dx, dh_prev, grads
