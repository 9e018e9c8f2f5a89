"""The losses: their numbers, their gradients, what they refuse."""

import math

import mpmath
import numpy as np
import pytest
from gradients import assert_gradients

from gru_lesson.losses import cross_entropy, softmax, squared_error

T, N, K = 5, 3, 6


@pytest.fixture
def rng():
    return np.random.default_rng(0)


# --- squared error --------------------------------------------------------------------


def test_squared_error_worked_on_paper():
    """(1 · (1² + 3²)/2 + 3 · (2² + 0²)/2) / 4 = (5 + 6) / 4."""
    ys, targets = np.array([[1.0, 3.0], [2.0, 5.0]]), np.array([[0.0, 0.0], [0.0, 5.0]])
    loss, dys = squared_error(ys, targets, np.array([1.0, 3.0]))
    assert loss == pytest.approx(11 / 4, rel=1e-15)
    np.testing.assert_allclose(dys, [[1 / 4, 3 / 4], [3 / 2, 0]], rtol=1e-15)
    loss, _ = squared_error(ys, targets)
    assert loss == pytest.approx((1 + 9 + 4 + 0) / 4, rel=1e-15)
    assert isinstance(loss, float)


def test_gradients_of_squared_error(rng):
    ys, targets = rng.normal(size=(T, N, K)), rng.normal(size=(T, N, K))
    weights = rng.uniform(size=(T, N)) * (rng.uniform(size=(T, N)) < 0.5)
    for w in (weights, None):
        _, dys = squared_error(ys, targets, w)
        assert_gradients(
            lambda w=w: squared_error(ys, targets, w)[0], {"ys": dys}, {"ys": ys}
        )


# --- cross-entropy --------------------------------------------------------------------


def exact(logits, targets, weights):
    """Compute the mean cross-entropy with 50 digits."""
    with mpmath.workdps(50):
        total = mpmath.mpf(0)
        for place in np.ndindex(targets.shape):
            row = [mpmath.mpf(float(a)) for a in logits[place]]
            error = mpmath.log(sum(map(mpmath.exp, row))) - row[targets[place]]
            total += mpmath.mpf(float(weights[place])) * error
        return float(total / mpmath.mpf(float(weights.sum(dtype=float))))


@pytest.mark.parametrize("scale", [1.0, 100.0, 1e4, 1e-3])
def test_cross_entropy_is_exact_for_logits_of_any_size(rng, scale):
    logits = scale * rng.normal(size=(T, N, K))
    targets = rng.integers(0, K, (T, N))
    weights = rng.uniform(size=(T, N))
    loss, dlogits = cross_entropy(logits, targets, weights)
    assert loss == pytest.approx(exact(logits, targets, weights), rel=1e-13)
    np.testing.assert_allclose(dlogits.sum(axis=-1), 0, atol=1e-15)
    single = logits.astype(np.float32)
    loss, dlogits = cross_entropy(single, targets, weights.astype(np.float32))
    assert loss == pytest.approx(exact(single, targets, weights), rel=1e-5)
    assert dlogits.dtype == np.float32


def test_cross_entropy_worked_on_paper():
    """The weights of e^0 : e^ln 3 are 1/4 and 3/4: -ln 1/4, and -ln 3/4."""
    logits = np.array([[0.0, math.log(3)], [0.0, math.log(3)]])
    loss, dlogits = cross_entropy(logits, np.array([0, 1]), np.array([3.0, 1.0]))
    assert loss == pytest.approx((3 * math.log(4) + math.log(4 / 3)) / 4, rel=1e-15)
    expected = [[-9 / 16, 9 / 16], [1 / 16, -1 / 16]]
    np.testing.assert_allclose(dlogits, expected, rtol=1e-14)


def test_equal_logits_cost_the_logarithm_of_their_number():
    loss, _ = cross_entropy(np.zeros((T, N, 8)), np.zeros((T, N), int))
    assert loss == pytest.approx(math.log(8), rel=1e-15)


def test_gradients_of_cross_entropy(rng):
    logits, targets = rng.normal(size=(T, N, K)), rng.integers(0, K, (T, N))
    weights = rng.uniform(size=(T, N)) * (rng.uniform(size=(T, N)) < 0.5)
    for w in (weights, None):
        _, dlogits = cross_entropy(logits, targets, w)
        assert_gradients(
            lambda w=w: cross_entropy(logits, targets, w)[0],
            {"logits": dlogits},
            {"logits": logits},
        )


def test_softmax_is_a_probability_without_overflow(rng):
    logits = np.array([[0.0, math.log(3)], [1e5, 1e5], [-1e5, 1e5]])
    expected = [[1 / 4, 3 / 4], [1 / 2, 1 / 2], [0, 1]]
    np.testing.assert_allclose(softmax(logits), expected, rtol=1e-15)
    assert softmax(logits.astype(np.float32)).dtype == np.float32


# --- weights --------------------------------------------------------------------------


def case(loss, rng):
    ys = rng.normal(size=(T, N, K))
    symbols = rng.integers(0, K, (T, N))
    return ys, rng.normal(size=ys.shape) if loss is squared_error else symbols


LOSSES = pytest.mark.parametrize("loss", [squared_error, cross_entropy])


@LOSSES
def test_a_weight_of_zero_hides_an_entry_and_their_scale_does_not_matter(rng, loss):
    ys, targets = case(loss, rng)
    weights = np.zeros((T, N))
    weights[1:3, 0] = 1
    value, dys = loss(ys, targets, weights)
    assert value == pytest.approx(loss(ys[1:3, 0], targets[1:3, 0])[0], rel=1e-14)
    assert not dys[weights == 0].any() and dys[weights == 1].all()
    again, dys_again = loss(ys, targets, 7 * weights)
    assert again == pytest.approx(value, rel=1e-14)
    np.testing.assert_allclose(dys_again, dys, rtol=1e-14)
    assert loss(ys, targets)[0] == pytest.approx(
        loss(ys, targets, np.ones((T, N)))[0], rel=1e-14
    )


@LOSSES
def test_weights_that_say_nothing_are_refused(rng, loss):
    ys, targets = case(loss, rng)
    with pytest.raises(ValueError, match="weights must be 0 or more, and not all 0"):
        loss(ys, targets, np.zeros((T, N)))
    negative = np.ones((T, N))
    negative[0, 0] = -1
    with pytest.raises(ValueError, match="got -1 as the smallest"):
        loss(ys, targets, negative)
    with pytest.raises(ValueError, match=r"weights must have shape \(5, 3\), got \(5,"):
        loss(ys, targets, np.ones((T, N, 1)))
    with pytest.raises(ValueError, match="weights must be finite, got nan"):
        loss(ys, targets, np.full((T, N), np.nan))
    with pytest.raises(TypeError, match="weights must hold floats, got dtype bool"):
        loss(ys, targets, np.ones((T, N), bool))


@LOSSES
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_outputs_that_are_not_finite_show_in_loss_and_gradient(rng, loss, value):
    ys, targets = case(loss, rng)
    ys[2, 1, 0] = value
    answer, dys = loss(ys, targets)
    assert not math.isfinite(answer)
    assert not np.isfinite(dys[2, 1]).all()


# --- at the door ----------------------------------------------------------------------

YS = np.zeros((T, N, K))
IDS = np.zeros((T, N), int)
REFUSED = {
    "targets of another shape": (
        lambda: squared_error(YS, YS[0]),
        ValueError,
        r"targets must have shape \(5, 3, 6\), got \(3, 6\). It needs the shape of",
    ),
    "targets with a gap": (
        lambda: squared_error(YS, YS * np.nan),
        ValueError,
        "targets must be finite, got nan",
    ),
    "numbers as symbols": (
        lambda: cross_entropy(YS, YS[..., 0]),
        TypeError,
        "targets must be a NumPy array of integers, the numbers of symbols, got float",
    ),
    "a list of symbols": (
        lambda: cross_entropy(YS, IDS.tolist()),
        TypeError,
        "targets must be a NumPy array of integers, the numbers of symbols, got list",
    ),
    "one-hot targets": (
        lambda: cross_entropy(YS, YS.astype(int)),
        ValueError,
        r"targets must have shape \(5, 3\), got \(5, 3, 6\): one number for each row",
    ),
    "a symbol too many": (
        lambda: cross_entropy(YS, IDS + K),
        ValueError,
        "targets must be from 0 to 5, got 6: there are 6 symbols",
    ),
    "a negative symbol": (
        lambda: cross_entropy(YS, IDS - 1),
        ValueError,
        "targets must be from 0 to 5, got -1",
    ),
    "logits without an axis": (
        lambda: cross_entropy(np.array(1.0), IDS),
        ValueError,
        r"logits must have shape \(K,\), got \(\)",
    ),
}


@pytest.mark.parametrize(("call", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()
