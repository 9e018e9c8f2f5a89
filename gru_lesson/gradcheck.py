"""Check a hand-written gradient against central differences.

If `L` is the loss and `a` one entry of an array, then
(L(a + ε) - L(a - ε)) / 2ε differs from ∂L/∂a by a term in ε² and by rounding.
"""

import numpy as np


def numerical_gradient(loss, array, step=1e-5):
    """Estimate ∂loss/∂array, one entry at a time, by central differences.

    Parameters
    ----------
    loss : callable
        Takes no argument, reads `array`, returns a number.
    array : ndarray of float64, any shape
        Is changed in place while the estimate is made, and restored.
    step : float
        How far each entry is moved, in the unit of `array`.

    Returns
    -------
    ndarray, shape of `array`
        The estimate.

    Raises
    ------
    TypeError
        If `array` is not an ndarray of float64: in float32 rounding alone is
        larger than the differences.

    Examples
    --------
    >>> a = np.array([1.0, 2.0])
    >>> numerical_gradient(lambda: (a**2).sum(), a).round(6)
    array([2., 4.])
    """
    if not isinstance(array, np.ndarray) or array.dtype != np.float64:
        kind = getattr(array, "dtype", type(array).__name__)
        raise TypeError(
            f"array must be an ndarray of float64, got {kind}. Check "
            "gradients in double precision: array = array.astype(np.float64), "
            "and let loss read it."
        )
    grad = np.zeros_like(array)
    for i in np.ndindex(array.shape):
        old = array[i]
        try:
            array[i] = old + step
            above = loss()
            array[i] = old - step
            below = loss()
        finally:
            array[i] = old
        grad[i] = (above - below) / (2 * step)
    return grad


def relative_error(analytic, numeric):
    """Measure max|a - n| / max(max|a|, max|n|); 0 where both are all zero.

    Parameters
    ----------
    analytic, numeric : ndarray, same shape
        The two gradients.

    Returns
    -------
    float
        The error, without unit; NaN if an entry is NaN or infinite.
    """
    scale = np.maximum(np.abs(analytic).max(), np.abs(numeric).max())  # NaN wins
    if not np.isfinite(scale):
        return float("nan")
    return float(np.abs(analytic - numeric).max() / scale) if scale != 0 else 0.0


def compare(analytic, numeric, tolerance=1e-7):
    """Print one line for each array: name, shape, relative error, verdict.

    A line that fails goes on with the entry that differs most, and says so where the
    analytic gradient is a transpose or a multiple of the numeric one.

    Parameters
    ----------
    analytic, numeric : dict of ndarray
        Gradients under the same names.
    tolerance : float
        The largest `relative_error` that passes.

    Returns
    -------
    float
        The worst error of all, infinite if a shape differs.

    Raises
    ------
    ValueError
        If the two dicts do not hold the same names.
    """
    if analytic.keys() != numeric.keys():
        lonely = ", ".join(sorted(analytic.keys() ^ numeric.keys()))
        raise ValueError(
            f"analytic and numeric must hold the same names; only one has {lonely}."
        )
    worst = 0.0
    width = max(map(len, analytic), default=0)
    for name, a in analytic.items():
        n = numeric[name]
        error = relative_error(a, n) if a.shape == n.shape else np.inf
        verdict = "ok" if error <= tolerance else "WRONG: " + _describe(a, n)
        print(f"{name:{width}}  {a.shape!s:10}  {error:8.1e}  {verdict}")
        worst = max(worst, error) if error == error else np.nan
    return worst


def _describe(a, n):
    """Say in words how the analytic gradient `a` differs from the numeric `n`."""
    if a.shape != n.shape:
        return f"shape {a.shape}, expected {n.shape}"
    for gradient, which in (a, "it"), (n, "the numeric gradient"):
        if not np.isfinite(gradient).all():
            return f"{which} holds NaN or infinity"
    where = np.unravel_index(np.abs(a - n).argmax(), a.shape)
    place = ", ".join(str(int(i)) for i in where)
    text = f"at [{place}] {a[where]:.4g}, expected {n[where]:.4g}"
    if not a.any():
        return text + "; all zero"
    ratio = (a * n).sum() / (n * n).sum() if n.any() else 0.0
    if abs(ratio - 1) > 1e-3 and relative_error(a, ratio * n) < 1e-4:
        return text + f"; {ratio:.3g} times the numeric gradient"
    if a.ndim == 2 and a.shape[0] == a.shape[1] and relative_error(a.T, n) < 1e-4:
        return text + "; the transpose fits"
    return text
