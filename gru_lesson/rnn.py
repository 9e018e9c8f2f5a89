"""The Elman network, the plain recurrent cell that the GRU is compared with.

Row vectors, as everywhere in the lesson (Elman 1990, "Finding structure in time")::

    h = tanh(x W_xh + h_prev W_hh + b_h)

Shapes: T steps, N sequences in a batch, D inputs, H units.
"""

from typing import NamedTuple

import numpy as np

from gru_lesson.validate import check_arrays


def init_rnn_params(D, H, rng):
    """Draw the three parameter arrays of an Elman network.

    Parameters
    ----------
    D, H : int
        Number of inputs and of units.
    rng : numpy.random.Generator
        Source of randomness, for example ``np.random.default_rng(0)``.

    Returns
    -------
    dict of ndarray
        W_xh (D, H) and W_hh (H, H), uniform on ±1/√H; b_h (H,), zero.
    """
    bound = 1 / np.sqrt(H)
    return {
        "W_xh": rng.uniform(-bound, bound, (D, H)),
        "W_hh": rng.uniform(-bound, bound, (H, H)),
        "b_h": np.zeros(H),
    }


class RNNCache(NamedTuple):
    """What one step must remember for the way back.

    ``x`` has shape (N, D); ``h_prev`` and ``h`` have (N, H).
    """

    x: np.ndarray
    h_prev: np.ndarray
    h: np.ndarray


def rnn_step(x, h_prev, p):
    """Take one step of the Elman network.

    Parameters
    ----------
    x : ndarray, shape (N, D)
        Input of this step.
    h_prev : ndarray, shape (N, H)
        State of the step before.
    p : dict of ndarray
        The three arrays of `init_rnn_params`.

    Returns
    -------
    h : ndarray, shape (N, H)
        The new state, in (-1, 1).
    cache : RNNCache
        What `rnn_step_backward` needs.
    """
    a_h = x @ p["W_xh"] + h_prev @ p["W_hh"] + p["b_h"]
    h = np.tanh(a_h)
    return h, RNNCache(x, h_prev, h)


def rnn_step_backward(dh, cache, p):
    """Carry the gradient of a loss back through one step.

    Parameters
    ----------
    dh : ndarray, shape (N, H)
        ∂L/∂h, the gradient with respect to the new state.
    cache : RNNCache
        From `rnn_step`.
    p : dict of ndarray
        The parameters that `rnn_step` was given.

    Returns
    -------
    dx : ndarray, shape (N, D)
        ∂L/∂x.
    dh_prev : ndarray, shape (N, H)
        ∂L/∂h_prev.
    grads : dict of ndarray
        ∂L/∂p under the names and in the shapes of `p`, summed over the batch.
    """
    x, h_prev, h = cache
    da_h = dh * (1 - h**2)
    dx = da_h @ p["W_xh"].T
    dh_prev = da_h @ p["W_hh"].T
    grads = {"W_xh": x.T @ da_h, "W_hh": h_prev.T @ da_h, "b_h": da_h.sum(axis=0)}
    return dx, dh_prev, grads


def rnn_forward(xs, h0, p):
    """Run the Elman network over a sequence.

    Parameters
    ----------
    xs : ndarray, shape (T, N, D)
        Inputs, time first.
    h0 : ndarray, shape (N, H)
        Initial state.
    p : dict of ndarray
        The three arrays of `init_rnn_params`.

    Returns
    -------
    hs : ndarray, shape (T, N, H)
        The state after each step.
    caches : list of RNNCache
        One for each step, for `rnn_backward`.

    Raises
    ------
    TypeError, ValueError
        If an array has the wrong type or shape, holds NaN or infinity, or a parameter
        is missing or unknown.
    """
    check_arrays("h", p, forward=(xs, h0))
    h, hs, caches = h0, [], []
    for x in xs:
        h, cache = rnn_step(x, h, p)
        hs.append(h)
        caches.append(cache)
    return np.stack(hs), caches


def rnn_backward(dhs, caches, p):
    """Back-propagate through time over a whole sequence.

    Parameters
    ----------
    dhs : ndarray, shape (T, N, H)
        Gradient that reaches each state from outside (a readout, a loss).
    caches : list of RNNCache
        From `rnn_forward`.
    p : dict of ndarray
        The parameters that `rnn_forward` was given.

    Returns
    -------
    dxs : ndarray, shape (T, N, D)
        ∂L/∂xs.
    dh0 : ndarray, shape (N, H)
        ∂L/∂h0.
    grads : dict of ndarray
        ∂L/∂p, summed over time and batch.

    Raises
    ------
    TypeError, ValueError
        If `dhs`, `caches` and `p` do not fit together, or `dhs` holds NaN or infinity.
    """
    check_arrays("h", p, backward=(dhs, caches, RNNCache))
    dh = np.zeros_like(dhs[0])
    dxs = [None] * len(caches)
    grads = {name: np.zeros_like(value) for name, value in p.items()}
    for t in reversed(range(len(caches))):
        dxs[t], dh, step_grads = rnn_step_backward(dhs[t] + dh, caches[t], p)
        for name in grads:
            grads[name] += step_grads[name]
    return np.stack(dxs), dh, grads
