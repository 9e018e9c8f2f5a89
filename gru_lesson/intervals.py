"""Intervals for what was measured from several starts: a median, a share, a ratio.

The bootstrap draws from the measured values with replacement and looks at how far the
median of the draws moves (Efron 1979; the interval of the percentiles). A share has its
interval by Wilson's formula (1927), which is honest also at 0 of n and n of n, where a
bootstrap would be certain.
"""

import numpy as np

LEVEL = 95  # percent
NORMAL = 1.959963984540054  # 95 percent of the normal distribution lie within ± this


def median_interval(values, rng, draws=2000):
    """Give the median of some values and its interval.

    Parameters
    ----------
    values : sequence of float, length n
        One of each start; finite.
    rng : numpy.random.Generator
        Source of the draws.
    draws : int
        How often to draw.

    Returns
    -------
    tuple of float
        Median, and the ends of the interval of 95 percent.

    Raises
    ------
    ValueError
        If there is no value, or one is not finite.

    Notes
    -----
    From five values the smallest and the largest are the ends: with few starts the
    interval is as wide as what was seen, and still somewhat too narrow. It holds the
    median of the distribution in 1 - 2/2⁵ = 94 of 100 samples. From ten values it is
    narrower than what was seen, and it does so in 94 of 100 as well (10,000 samples
    each of a normal, an exponential and a uniform distribution).
    """
    values = _checked(values)
    drawn = np.median(rng.choice(values, (draws, len(values))), axis=1)
    low, high = _ends(drawn)
    return float(np.median(values)), low, high


def ratio_interval(a, b, rng, draws=2000, cap=np.inf):
    """Give the ratio of two medians and its interval.

    Parameters
    ----------
    a, b : sequence of float
        Values above 0 of two groups; each is drawn from by itself.
    rng : numpy.random.Generator
        Source of the draws.
    draws : int
        How often to draw.
    cap : float
        Where values were cut off: one of `cap` stands for any that is larger.

    Returns
    -------
    tuple of float
        median(a) / median(b), and the ends of the interval of 95 percent. If 1 lies
        between them, the groups may not differ. An end that rests on the cap is not
        known: the lower is 0 then, the upper infinite.

    Raises
    ------
    ValueError
        If a group is empty, or a value is not finite or not above 0.
    """
    a, b = _checked(a), _checked(b)
    if min(a.min(), b.min()) <= 0:
        raise ValueError("a ratio needs values above 0.")
    over, under = (
        np.median(rng.choice(group, (draws, len(group))), axis=1) for group in (a, b)
    )
    low, high = _ends(over / under)
    low = 0.0 if _ends(under)[1] >= cap else low
    high = np.inf if _ends(over)[1] >= cap else high
    return float(np.median(a) / np.median(b)), low, high


def share_interval(hits, runs):
    """Give a share and its interval by Wilson's formula.

    Parameters
    ----------
    hits, runs : int
        How many of how many.

    Returns
    -------
    tuple of float
        Share, and the ends of the interval of 95 percent.

    Raises
    ------
    ValueError
        If not 0 ≤ `hits` ≤ `runs`, or there is no run.

    Notes
    -----
    With z = 1.96 and share p, the ends are (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) divided
    by (1 + z²/n): the shares from which p is z standard deviations away.
    """
    if not 0 <= hits <= runs or runs < 1:
        raise ValueError(f"expected 0 <= hits <= runs, got {hits} of {runs}.")
    p, z2 = hits / runs, NORMAL**2
    middle = p + z2 / (2 * runs)
    half = NORMAL * np.sqrt(p * (1 - p) / runs + z2 / (4 * runs**2))
    low, high = (middle - half) / (1 + z2 / runs), (middle + half) / (1 + z2 / runs)
    return p, float(max(low, 0)), float(min(high, 1))


def _checked(values):
    values = np.asarray(values, float)
    if values.ndim != 1 or not len(values) or not np.isfinite(values).all():
        raise ValueError(
            f"expected a list of finite numbers, at least one, got {values}. Count a "
            "run that did not end in time as its cap."
        )
    return values


def _ends(drawn):
    low, high = np.percentile(drawn, [(100 - LEVEL) / 2, (100 + LEVEL) / 2])
    return float(low), float(high)
