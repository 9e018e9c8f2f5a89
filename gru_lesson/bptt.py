"""The GRU over a sequence: forward, and back-propagation through time.

Shapes: T steps, N sequences in a batch, D inputs, H units; time comes first. The cell
itself, its equations and conventions are in ``cell``.
"""

import numpy as np

from gru_lesson.cell import GRUCache, gru_step, gru_step_backward
from gru_lesson.validate import check_arrays


def gru_forward(xs, h0, p):
    """Run the GRU over a sequence.

    Parameters
    ----------
    xs : ndarray, shape (T, N, D)
        Inputs, time first.
    h0 : ndarray, shape (N, H)
        Initial state.
    p : dict of ndarray
        The nine arrays of `gru_lesson.cell.init_params`.

    Returns
    -------
    hs : ndarray, shape (T, N, H)
        The state after each step.
    caches : list of GRUCache
        One for each step, for `gru_backward`.

    Raises
    ------
    TypeError, ValueError
        If an array has the wrong type or shape, holds NaN or infinity, or a parameter
        is missing or unknown.
    """
    check_arrays("zrh", p, forward=(xs, h0))
    h, hs, caches = h0, [], []
    for x in xs:
        h, cache = gru_step(x, h, p)
        hs.append(h)
        caches.append(cache)
    return np.stack(hs), caches


def gru_backward(dhs, caches, p):
    """Back-propagate through time over a whole sequence.

    Parameters
    ----------
    dhs : ndarray, shape (T, N, H)
        Gradient that reaches each state from outside (a readout, a loss).
    caches : list of GRUCache
        From `gru_forward`.
    p : dict of ndarray
        The parameters that `gru_forward` was given.

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
    check_arrays("zrh", p, backward=(dhs, caches, GRUCache))
    dh = np.zeros_like(dhs[0])
    dxs = [None] * len(caches)
    grads = {name: np.zeros_like(value) for name, value in p.items()}
    for t in reversed(range(len(caches))):
        # a state acts on the loss directly, and through the next state
        dxs[t], dh, step_grads = gru_step_backward(dhs[t] + dh, caches[t], p)
        for name in grads:
            grads[name] += step_grads[name]
    return np.stack(dxs), dh, grads
