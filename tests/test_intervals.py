"""Intervals: the right ends, and how often they hold what they should."""

from itertools import product
from math import comb

import numpy as np
import pytest

from gru_lesson.intervals import median_interval, ratio_interval, share_interval


def rng(seed=0):
    return np.random.default_rng(seed)


# --- a median -------------------------------------------------------------------------


def rank_of_the_end(n):
    """Return the smallest k such that medians of draws lie below the k-th value often.

    The median of n draws (n odd) is at most the k-th smallest of n values if more than
    half of the draws are among the k smallest, and each is so with probability k / n.
    """

    def below(k):
        half = range((n + 1) // 2, n + 1)
        return sum(comb(n, m) * k**m * (n - k) ** (n - m) for m in half) / n**n

    k = min(k for k in range(1, n + 1) if below(k) > 0.025)
    assert below(k) > 0.035 and (k == 1 or below(k - 1) < 0.018)  # whatever is drawn
    return k


@pytest.mark.parametrize("n", [3, 5, 7, 11, 17])
def test_the_ends_are_the_values_that_the_binomial_distribution_names(n):
    k = rank_of_the_end(n)
    values = np.cumsum(rng(1).random(n) + 0.1)
    found = median_interval(rng(2).permutation(values), rng())
    assert found == pytest.approx((np.median(values), values[k - 1], values[-k]))


def test_five_values_reach_from_the_smallest_to_the_largest():
    assert rank_of_the_end(5) == 1
    assert median_interval([3, 1, 100, 2, 5], rng()) == (3, 1, 100)


def test_all_draws_together_give_the_interval_of_many_draws():
    """Four values have 4**4 draws; an even number of values has means as medians."""
    values = [1.0, 2.0, 4.0, 9.0]
    medians = [np.median(draw) for draw in product(values, repeat=4)]
    exact = np.percentile(medians, [2.5, 97.5])
    assert median_interval(values, rng(), draws=50_000)[1:] == pytest.approx(exact)


def test_one_value_and_equal_values_have_an_interval_without_width():
    assert median_interval([7], rng()) == (7, 7, 7)
    assert median_interval([2.5] * 10, rng()) == (2.5, 2.5, 2.5)


@pytest.mark.parametrize("n", [5, 10])
def test_about_94_of_100_samples_have_the_median_in_their_interval(n, measured):
    """As the notes of `median_interval` say; 1500 samples tell ±1 of 100."""
    draw, hits = rng(n), 0
    for _ in range(1500):
        _, low, high = median_interval(draw.exponential(size=n), draw)
        hits += low <= np.log(2) <= high
    measured(f"coverage of the median's interval, n = {n}", f"{hits / 1500:.3f}")
    assert 0.92 <= hits / 1500 <= 0.96


def test_more_values_make_the_interval_narrower():
    values = rng().normal(size=100)
    widths = [np.ptp(median_interval(values[:n], rng())[1:]) for n in (5, 20, 100)]
    assert widths[0] > widths[1] > widths[2]


# --- a ratio --------------------------------------------------------------------------


def test_a_ratio_is_that_of_the_medians():
    """Against a group without spread, its interval is that of the other, divided."""
    values = [3.0, 1.0, 8.0, 2.0, 5.0]
    assert ratio_interval(values, [2.0] * 5, rng()) == (1.5, 0.5, 4)
    assert ratio_interval([2.0] * 5, values, rng()) == (2 / 3, 2 / 8, 2)


def test_both_groups_of_a_ratio_are_drawn_from():
    a, b = rng(1).uniform(1, 2, 10), rng(2).uniform(1, 2, 10)
    both = np.ptp(np.log(ratio_interval(a, b, rng())[1:]))
    for alone in (a, [1.0] * 10), ([1.0] * 10, b):
        assert both > np.ptp(np.log(ratio_interval(*alone, rng())[1:]))


def test_an_end_of_a_ratio_that_rests_on_the_cap_is_not_known():
    """Runs that were stopped at 9 needed more, so the ratio may be as far as 0."""
    stopped, here = [3.0, 6.0, 6.0, 9.0, 9.0], [1.0, 2.0, 3.0]
    middle, low, high = ratio_interval(here, stopped, rng())
    assert ratio_interval(here, stopped, rng(), cap=9) == (middle, 0, high)
    assert ratio_interval(stopped, here, rng(), cap=9)[2] == np.inf
    assert ratio_interval(here, stopped, rng(), cap=10) == (middle, low, high)


def test_about_95_of_100_samples_have_the_ratio_in_their_interval(measured):
    draw, hits = rng(3), 0
    for _ in range(400):
        groups = 3 * draw.exponential(size=10), draw.exponential(size=10)
        _, low, high = ratio_interval(*groups, draw)
        hits += low <= 3 <= high
    measured("coverage of the ratio's interval, n = 10", f"{hits / 400:.3f}")
    assert 0.93 <= hits / 400 <= 0.99


# --- a share --------------------------------------------------------------------------


@pytest.mark.parametrize("hits, runs", [(1, 2), (1, 5), (3, 5), (7, 10), (9, 10)])
def test_wilsons_ends_are_as_far_away_as_they_can_be(hits, runs):
    """The share is 1.96 standard deviations from each end, those of the end's own."""
    p = hits / runs

    def distance(q):
        return abs(p - q) / np.sqrt(q * (1 - q) / runs)

    share, *ends = share_interval(hits, runs)
    assert share == p
    for end, outside in zip(ends, (0, 1), strict=True):
        inside = p
        for _ in range(50):  # halve the gap
            middle = (inside + outside) / 2
            if distance(middle) < 1.959963984540054:
                inside = middle
            else:
                outside = middle
        assert end == pytest.approx(inside, abs=1e-9)


def test_none_and_all_are_not_certain():
    """Of 5 runs that all fail, up to z² / (n + z²) might succeed."""
    end = 1.959963984540054**2 / (5 + 1.959963984540054**2)
    assert share_interval(0, 5) == pytest.approx((0, 0, end))
    assert share_interval(5, 5) == pytest.approx((1, 1 - end, 1))
    assert share_interval(0, 5)[1] == 0 and share_interval(5, 5)[2] == 1


@pytest.mark.parametrize("runs", [5, 10])
def test_the_interval_of_a_share_holds_it_in_about_95_of_100(runs, measured):
    """On average over shares; for a single one it may be less."""
    shares = np.linspace(0.005, 0.995, 100)
    held = 0.0
    for hits in range(runs + 1):
        _, low, high = share_interval(hits, runs)
        chance = comb(runs, hits) * shares**hits * (1 - shares) ** (runs - hits)
        held = held + chance * ((low <= shares) & (shares <= high))
    measured(
        f"coverage of a share's interval, n = {runs}",
        f"{held.mean():.3f} on average, {held.min():.3f} at least",
    )
    assert 0.945 <= held.mean() <= 0.965 and held.min() > 0.82


# --- what is refused, and what repeats ------------------------------------------------


@pytest.mark.parametrize("values", [[], [1.0, np.nan], [np.inf], [[1.0, 2.0]], 3.0])
def test_what_is_no_list_of_finite_numbers_is_refused(values):
    with pytest.raises(ValueError, match=r"finite numbers.* as its cap"):
        median_interval(values, rng())
    for groups in (values, [1.0]), ([1.0], values):
        with pytest.raises(ValueError, match="finite numbers"):
            ratio_interval(*groups, rng())


@pytest.mark.parametrize("value", [0.0, -1.0])
def test_a_ratio_of_what_is_not_above_zero_is_refused(value):
    for groups in ([1.0, value], [1.0]), ([1.0], [1.0, value]):
        with pytest.raises(ValueError, match="above 0"):
            ratio_interval(*groups, rng())


@pytest.mark.parametrize("hits, runs", [(-1, 5), (6, 5), (0, 0)])
def test_an_impossible_share_is_refused(hits, runs):
    with pytest.raises(ValueError, match=f"got {hits} of {runs}"):
        share_interval(hits, runs)


def test_the_same_generator_gives_the_same_interval():
    """And another one nearly the same: the draws are many."""
    values = rng(5).normal(size=12)
    assert median_interval(values, rng(1)) == median_interval(values, rng(1))
    pair = values**2, values[:7] ** 2
    assert ratio_interval(*pair, rng(1)) == ratio_interval(*pair, rng(1))
    ends = [median_interval(values, rng(seed), draws=37)[1:] for seed in range(9)]
    assert len(set(ends)) > 1
