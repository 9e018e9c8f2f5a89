"""The LSTM, the gated cell that the GRU is compared with.

Row vectors, as everywhere in the lesson (Hochreiter & Schmidhuber 1997, "Long
short-term memory"; the forget gate is that of Gers, Schmidhuber & Cummins 2000,
"Learning to forget"; no peepholes)::

    f  = σ(x W_xf + h_prev W_hf + b_f)       forget gate
    i  = σ(x W_xi + h_prev W_hi + b_i)       input gate
    o  = σ(x W_xo + h_prev W_ho + b_o)       output gate
    c~ = tanh(x W_xc + h_prev W_hc + b_c)    candidate
    c  = f * c_prev + i * c~                 new cell state, the memory
    h  = o * tanh(c)                         new hidden state, the output

The state is the pair (h, c). Shapes: T steps, N sequences in a batch, D inputs, H
units.
"""

from typing import NamedTuple

import numpy as np

from gru_lesson.cell import sigmoid
from gru_lesson.validate import check_arrays


def init_lstm_params(D, H, rng, forget_bias=0.0):
    """Draw the twelve parameter arrays of an LSTM.

    Parameters
    ----------
    D, H : int
        Number of inputs and of units.
    rng : numpy.random.Generator
        Source of randomness, for example ``np.random.default_rng(0)``.
    forget_bias : float
        Value of b_f. Where input and hidden state say nothing, a step keeps σ(b_f) of
        the memory: half of it at 0, 73 % at 1, which Jozefowicz et al. (2015) advise.

    Returns
    -------
    dict of ndarray
        W_xf, W_xi, W_xo, W_xc (D, H) and W_hf, W_hi, W_ho, W_hc (H, H), uniform on
        ±1/√H; b_f (H,), all `forget_bias`; b_i, b_o, b_c (H,), zero.
    """
    bound = 1 / np.sqrt(H)
    p = {}
    for gate in "fioc":
        p[f"W_x{gate}"] = rng.uniform(-bound, bound, (D, H))
        p[f"W_h{gate}"] = rng.uniform(-bound, bound, (H, H))
        p[f"b_{gate}"] = np.zeros(H)
    p["b_f"] += forget_bias
    return p


class LSTMCache(NamedTuple):
    """What one step must remember for the way back.

    ``x`` has shape (N, D); ``h_prev``, ``c_prev``, ``f``, ``i``, ``o``, ``c_tilde`` and
    ``c`` have (N, H).
    """

    x: np.ndarray
    h_prev: np.ndarray
    c_prev: np.ndarray
    f: np.ndarray
    i: np.ndarray
    o: np.ndarray
    c_tilde: np.ndarray
    c: np.ndarray


def lstm_step(x, state_prev, p):
    """Take one step of the LSTM.

    Parameters
    ----------
    x : ndarray, shape (N, D)
        Input of this step.
    state_prev : tuple of ndarray, each of shape (N, H)
        The state (h_prev, c_prev) of the step before.
    p : dict of ndarray
        The twelve arrays of `init_lstm_params`.

    Returns
    -------
    state : tuple of ndarray, each of shape (N, H)
        The new state (h, c).
    cache : LSTMCache
        What `lstm_step_backward` needs.
    """
    h_prev, c_prev = state_prev
    f = sigmoid(x @ p["W_xf"] + h_prev @ p["W_hf"] + p["b_f"])
    i = sigmoid(x @ p["W_xi"] + h_prev @ p["W_hi"] + p["b_i"])
    o = sigmoid(x @ p["W_xo"] + h_prev @ p["W_ho"] + p["b_o"])
    c_tilde = np.tanh(x @ p["W_xc"] + h_prev @ p["W_hc"] + p["b_c"])
    c = f * c_prev + i * c_tilde
    h = o * np.tanh(c)
    return (h, c), LSTMCache(x, h_prev, c_prev, f, i, o, c_tilde, c)


def lstm_step_backward(dstate, cache, p):
    """Carry the gradient of a loss back through one step.

    Parameters
    ----------
    dstate : tuple of ndarray, each of shape (N, H)
        (dh, dc): ∂L/∂h, and ∂L/∂c as far as it does not go through this h.
    cache : LSTMCache
        From `lstm_step`.
    p : dict of ndarray
        The parameters that `lstm_step` was given.

    Returns
    -------
    dx : ndarray, shape (N, D)
        ∂L/∂x.
    dstate_prev : tuple of ndarray, each of shape (N, H)
        (∂L/∂h_prev, ∂L/∂c_prev).
    grads : dict of ndarray
        ∂L/∂p under the names and in the shapes of `p`, summed over the batch.
    """
    dh, dc = dstate
    x, h_prev, c_prev, f, i, o, c_tilde, c = cache

    tanh_c = np.tanh(c)
    dc = dc + dh * o * (1 - tanh_c**2)  # c acts through the next c, and through h
    da_f = dc * c_prev * f * (1 - f)
    da_i = dc * c_tilde * i * (1 - i)
    da_o = dh * tanh_c * o * (1 - o)
    da_c = dc * i * (1 - c_tilde**2)

    da = {"f": da_f, "i": da_i, "o": da_o, "c": da_c}
    dx = sum(da[gate] @ p[f"W_x{gate}"].T for gate in da)
    dh_prev = sum(da[gate] @ p[f"W_h{gate}"].T for gate in da)
    dc_prev = dc * f
    grads = {}
    for gate in da:
        grads[f"W_x{gate}"] = x.T @ da[gate]
        grads[f"W_h{gate}"] = h_prev.T @ da[gate]
        grads[f"b_{gate}"] = da[gate].sum(axis=0)
    return dx, (dh_prev, dc_prev), grads


def lstm_forward(xs, state0, p):
    """Run the LSTM over a sequence.

    Parameters
    ----------
    xs : ndarray, shape (T, N, D)
        Inputs, time first.
    state0 : tuple of ndarray, each of shape (N, H)
        Initial state (h0, c0).
    p : dict of ndarray
        The twelve arrays of `init_lstm_params`.

    Returns
    -------
    hs : ndarray, shape (T, N, H)
        The hidden state after each step.
    caches : list of LSTMCache
        One for each step, for `lstm_backward`; the cell states are their ``c``.

    Raises
    ------
    TypeError, ValueError
        If an array has the wrong type or shape, holds NaN or infinity, a parameter is
        missing or unknown, or `state0` is not a pair.
    """
    check_arrays("fioc", p, forward=(xs, state0))
    state, hs, caches = state0, [], []
    for x in xs:
        state, cache = lstm_step(x, state, p)
        hs.append(state[0])
        caches.append(cache)
    return np.stack(hs), caches


def lstm_backward(dhs, caches, p):
    """Back-propagate through time over a whole sequence.

    Parameters
    ----------
    dhs : ndarray, shape (T, N, H)
        Gradient that reaches each hidden state from outside (a readout, a loss). No
        loss looks at a cell state directly.
    caches : list of LSTMCache
        From `lstm_forward`.
    p : dict of ndarray
        The parameters that `lstm_forward` was given.

    Returns
    -------
    dxs : ndarray, shape (T, N, D)
        ∂L/∂xs.
    dstate0 : tuple of ndarray, each of shape (N, H)
        (∂L/∂h0, ∂L/∂c0).
    grads : dict of ndarray
        ∂L/∂p, summed over time and batch.

    Raises
    ------
    TypeError, ValueError
        If `dhs`, `caches` and `p` do not fit together, or `dhs` holds NaN or infinity.
    """
    check_arrays("fioc", p, backward=(dhs, caches, LSTMCache))
    dh = dc = np.zeros_like(dhs[0])
    dxs = [None] * len(caches)
    grads = {name: np.zeros_like(value) for name, value in p.items()}
    for t in reversed(range(len(caches))):
        dstate = (dhs[t] + dh, dc)
        dxs[t], (dh, dc), step_grads = lstm_step_backward(dstate, caches[t], p)
        for name in grads:
            grads[name] += step_grads[name]
    return np.stack(dxs), (dh, dc), grads
