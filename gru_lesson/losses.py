"""What a model gets wrong, as one number, and its gradient.

Arrays may have any leading axes, mostly (T, N); the last one is K outputs or logits.
Each entry of the leading axes is weighted; the loss is the mean.
"""

import numpy as np

from gru_lesson.validate import check_array


def squared_error(ys, targets, weights=None):
    """Measure the squared error, averaged over outputs and over weighted entries.

    Parameters
    ----------
    ys, targets : ndarray, shape (..., K)
        Outputs, and what they should be.
    weights : ndarray, shape (...), optional
        How much each entry counts: 0 where the loss does not look; all 1 by default.

    Returns
    -------
    loss : float
        Σ weight · Σ_k (y - target)² / (K Σ weight), in the unit of the targets squared.
        It is not finite where an output is not.
    dys : ndarray, shape (..., K)
        ∂loss/∂y, in the precision of `ys`.

    Raises
    ------
    TypeError, ValueError
        If shapes or types do not fit, targets or weights are not finite, or no weight
        is above zero.
    """
    check_array("ys", ys, (*np.shape(ys)[:-1], "K"), finite=False)
    check_array("targets", targets, ys.shape, "It needs the shape of the outputs ys.")
    share = _shares(weights, ys)[..., None] / ys.shape[-1]
    difference = ys.astype(float) - targets
    dys = 2 * share * difference
    return float((dys * difference).sum() / 2), dys.astype(ys.dtype)


def softmax(logits):
    """Turn logits into probabilities, exp(logit) over the sum of them all.

    Parameters
    ----------
    logits : ndarray, shape (..., K)
        One number for each of K symbols.

    Returns
    -------
    ndarray, shape (..., K)
        Probabilities, which add up to 1; the largest logit is subtracted from all
        before exp, so that nothing overflows.
    """
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def cross_entropy(logits, targets, weights=None):
    """Measure -log softmax(logits)[target] in nats, averaged over weighted entries.

    Parameters
    ----------
    logits : ndarray, shape (..., K)
        One number for each of K symbols.
    targets : ndarray of int, shape (...)
        The right symbol, from 0 to K - 1, also where the weight is 0.
    weights : ndarray, shape (...), optional
        How much each entry counts: 0 where the loss does not look; all 1 by default.

    Returns
    -------
    loss : float
        Σ weight · error / Σ weight, in nats. It is not finite where a logit is not.
    dlogits : ndarray, shape (..., K)
        ∂loss/∂logits = weight / Σ weight · (softmax(logits) - 1 at the target), in the
        precision of `logits`.

    Raises
    ------
    TypeError, ValueError
        If shapes or types do not fit, a target is no symbol, weights are not finite, or
        no weight is above zero.
    """
    check_array("logits", logits, (*np.shape(logits)[:-1], "K"), finite=False)
    check_symbols("targets", targets, logits.shape[-1], logits.shape[:-1])
    share = _shares(weights, logits)
    with np.errstate(invalid="ignore"):  # inf - inf: the loss is NaN then, and says so
        a = logits - logits.max(axis=-1, keepdims=True)
    log_sum = np.log(np.exp(a).sum(axis=-1, keepdims=True))
    log_p = a - log_sum
    errors = -np.take_along_axis(log_p, targets[..., None], axis=-1)[..., 0]
    dlogits = np.exp(log_p) - (targets[..., None] == np.arange(logits.shape[-1]))
    return float((share * errors).sum()), dlogits * share[..., None].astype(a.dtype)


def check_symbols(name, symbols, count, shape=None):
    """Raise a readable error unless symbols are integers from 0 to count - 1.

    Parameters
    ----------
    name : str
        What the message calls the array.
    symbols : ndarray of int
        What came in.
    count : int
        How many symbols there are.
    shape : tuple of int, optional
        The shape that is needed.

    Raises
    ------
    TypeError, ValueError
        If the type, the shape or a symbol is wrong.
    """
    kind = getattr(symbols, "dtype", type(symbols).__name__)
    if not isinstance(symbols, np.ndarray) or not np.issubdtype(kind, np.integer):
        raise TypeError(
            f"{name} must be a NumPy array of integers, the numbers of symbols, got "
            f"{kind}."
        )
    if shape is not None and symbols.shape != shape:
        raise ValueError(
            f"{name} must have shape {shape}, got {symbols.shape}: one number for each "
            "row of logits, not one-hot rows."
        )
    if symbols.size and not 0 <= symbols.min() <= symbols.max() < count:
        wrong = symbols.min() if symbols.min() < 0 else symbols.max()
        raise ValueError(
            f"{name} must be from 0 to {count - 1}, got {wrong}: there are {count} "
            "symbols."
        )


def _shares(weights, ys):
    """Return what share each entry has in the mean, float64, together 1."""
    if weights is None:
        return np.full(ys.shape[:-1], ys.shape[-1] / ys.size)
    hint = "One weight for each entry; 0 where the loss does not look."
    check_array("weights", weights, ys.shape[:-1], hint)
    total = weights.sum(dtype=float)
    if weights.min() < 0 or total == 0:
        raise ValueError(
            f"weights must be 0 or more, and not all 0; got {weights.min():g} as the "
            f"smallest and {total:g} as their sum."
        )
    return weights / total
