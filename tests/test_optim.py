"""The optimizers and the clip: formulas, PyTorch's numbers, resuming to the bit."""

import io
import math

import numpy as np
import pytest

from gru_lesson import engine
from gru_lesson.optim import SGD, Adam, clip

MAKERS = {
    "plain": lambda p: SGD(p, rate=0.1),
    "momentum": lambda p: SGD(p, rate=0.05, momentum=0.9),
    "Adam": lambda p: Adam(p, rate=0.01),
    "Adam with other numbers": lambda p: Adam(p, 0.1, betas=(0.5, 0.9), epsilon=1e-3),
}
EACH = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def draw(rng, dtype=np.float64, scale=1.0):
    shapes = {"W_xz": (3, 4), "b_z": (4,)}
    return {k: (scale * rng.normal(size=s)).astype(dtype) for k, s in shapes.items()}


def copies(arrays):
    return {name: a.copy() for name, a in arrays.items()}


def assert_equal(one, other):
    assert one.keys() == other.keys()
    for name in one:
        np.testing.assert_array_equal(one[name], other[name])


# --- steps worked on paper ------------------------------------------------------------


def numbers(optimizer, gradients):
    """Return where one parameter is after each step; the optimizer is made for it."""
    (p,) = optimizer.params.values()
    places = []
    for g in gradients:
        optimizer.step({"p": np.array([g])})
        places.append(p.item())
    return places


def test_gradient_descent_worked_on_paper():
    p = {"p": np.array([1.0])}
    assert numbers(SGD(p, rate=0.5), [1.0, -2.0]) == [0.5, 1.5]


def test_momentum_worked_on_paper():
    """v = 1, then 0.5 · 1 + 2 = 2.5, then 1.25, though the gradient is 0 by then."""
    p = {"p": np.array([1.0])}
    optimizer = SGD(p, rate=0.1, momentum=0.5)
    assert numbers(optimizer, [1, 2, 0]) == pytest.approx([0.9, 0.65, 0.525], rel=1e-15)


def test_a_changed_rate_acts_on_the_whole_velocity():
    p = {"p": np.array([0.0])}
    optimizer = SGD(p, rate=1.0, momentum=0.5)
    optimizer.step({"p": np.array([1.0])})
    optimizer.rate = 0.1
    assert numbers(optimizer, [0.0]) == pytest.approx([-1 - 0.1 * 0.5], rel=1e-15)


def test_adam_worked_on_paper():
    """β1 = 1/2, β2 = 3/4, g = 1, then -1: m^ = 1, -1/3; v^ = 1, 1; steps -0.3, +0.1."""
    p = {"p": np.array([1.0])}
    optimizer = Adam(p, rate=0.3, betas=(0.5, 0.75), epsilon=1e-16)
    assert numbers(optimizer, [1, -1]) == pytest.approx([0.7, 0.8], rel=1e-14)


def test_the_first_step_of_adam_is_the_rate_whatever_the_gradient():
    for g in (1e-3, 5.0, -1e6):
        p = {"p": np.array([0.0])}
        step = -math.copysign(0.01, g)
        assert numbers(Adam(p, rate=0.01), [g]) == pytest.approx([step], rel=1e-4)
    p = {"p": np.array([0.0])}  # as large as ε: half of it
    assert numbers(Adam(p, rate=0.01), [1e-8]) == pytest.approx([-0.005], rel=1e-12)


def test_adam_is_the_algorithm_of_the_paper(rng):
    """Kingma & Ba 2015, algorithm 1, number by number."""
    p, m, v = 0.5, 0.0, 0.0
    gradients = rng.normal(size=50)
    ours = numbers(Adam({"p": np.array([p])}, rate=0.01), gradients)
    for t, g in enumerate(gradients, 1):
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        p -= 0.01 * (m / (1 - 0.9**t)) / (math.sqrt(v / (1 - 0.999**t)) + 1e-8)
        assert ours[t - 1] == pytest.approx(p, rel=1e-12)


# --- in place -------------------------------------------------------------------------


@EACH
def test_parameters_are_changed_in_place_also_where_they_are_views(rng, make):
    layer = engine.GRU(3, 4, rng)
    params, before = layer.params, copies(layer.params)
    xs = rng.normal(size=(5, 2, 3)).astype(np.float32)
    layer.backward(np.ones_like(layer.forward(xs)))
    hs, grads = layer.forward(xs), copies(layer.grads)
    optimizer = make(params)
    optimizer.step(layer.grads)
    for name, a in layer.params.items():
        assert np.shares_memory(a, params[name])
        assert not np.array_equal(a, before[name]) and a.dtype == np.float32
    assert not np.array_equal(layer.forward(xs), hs)
    assert_equal(layer.grads, grads)  # a step changes no gradient


# --- resuming -------------------------------------------------------------------------


@EACH
def test_a_restored_state_goes_on_to_the_bit(rng, make):
    params = draw(rng, np.float32)
    optimizer = make(params)
    gradients = [draw(rng, np.float32) for _ in range(10)]
    for g in gradients[:5]:
        optimizer.step(g)
    file = io.BytesIO()
    np.savez(file, **optimizer.state())
    saved, state = copies(params), optimizer.state()
    for g in gradients[5:]:
        optimizer.step(g)

    again = make(saved)
    with np.load(io.BytesIO(file.getvalue())) as stored:
        again.restore(dict(stored))
    assert_equal(again.state(), state)  # and the later steps have not changed it
    for g in gradients[5:]:
        again.step(g)
    assert_equal(saved, params)
    assert_equal(again.state(), optimizer.state())


def test_without_its_state_an_optimizer_would_go_elsewhere(rng):
    for make in (MAKERS["momentum"], MAKERS["Adam"]):
        params = draw(rng)
        optimizer, gradient = make(params), draw(rng)
        for _ in range(3):
            optimizer.step(gradient)
        other = copies(params)
        optimizer.step(gradient)
        make(other).step({name: -2 * g for name, g in gradient.items()})
        assert not np.allclose(other["b_z"], params["b_z"])


def test_the_state_of_something_else_is_refused(rng):
    adam = Adam(draw(rng))
    for state in (
        SGD(draw(rng)).state(),
        Adam({"b_z": np.zeros(4)}).state(),
        Adam(draw(rng) | {"b_z": np.zeros(5)}).state(),
        {},
    ):
        with pytest.raises(ValueError, match="belongs to another optimizer"):
            adam.restore(state)


# --- clipping -------------------------------------------------------------------------


def test_clipping_worked_on_paper():
    grads = {"a": np.array([3.0, 0.0]), "b": np.array([[-4.0]])}
    assert clip(grads, 1.0) == 5.0
    np.testing.assert_allclose(grads["a"], [0.6, 0], rtol=1e-6)
    np.testing.assert_allclose(grads["b"], [[-0.8]], rtol=1e-6)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("limit", [0.1, 1.0, 3.0])
def test_after_clipping_the_norm_is_at_most_the_limit_and_nearly_it(rng, dtype, limit):
    for _ in range(50):
        grads = draw(rng, dtype, scale=10 ** rng.uniform(0, 6))
        before = copies(grads)
        norm = clip(grads, limit)
        assert norm > limit
        after = clip(grads, np.inf)
        assert limit * (1 - 3e-6) < after <= limit * (1 + 1e-7)
        for name, g in grads.items():
            assert g.dtype == dtype
            np.testing.assert_allclose(g / limit, before[name] / norm, rtol=5e-6)


def test_what_is_below_the_limit_stays_to_the_bit(rng):
    grads = draw(rng, np.float32)
    before = copies(grads)
    norm = clip(grads, np.inf)
    assert norm == pytest.approx(
        math.sqrt(sum((g.astype(float) ** 2).sum() for g in before.values()))
    )
    clip(grads, norm * 1.01)
    assert_equal(grads, before)
    zero = {"a": np.zeros(3)}
    assert clip(zero, 1.0) == 0.0 and not zero["a"].any()


def test_clipping_writes_into_views(rng):
    whole = rng.normal(size=(4, 6))
    grads = {"left": whole[:, :3], "right": whole[:, 3:]}
    norm = clip(grads, 0.5)
    assert norm > 0.5 > np.linalg.norm(whole)


def test_large_single_precision_gradients_do_not_overflow():
    grads = {"a": np.array([3e30, 4e30], np.float32)}
    assert clip(grads, 1.0) == pytest.approx(5e30, rel=1e-6)
    np.testing.assert_allclose(grads["a"], [0.6, 0.8], rtol=1e-5)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_gradient_that_is_not_finite_is_named(rng, value):
    grads = draw(rng, np.float32)
    grads["b_z"][1:3] = value
    before = copies(grads)
    message = f"the gradient of b_z is not finite: {value} in 2 of its 4 entries."
    with pytest.raises(FloatingPointError, match=message):
        clip(grads, 1.0)
    assert_equal(grads, before)


def test_a_norm_that_overflows_in_double_precision_is_no_success():
    with pytest.raises(FloatingPointError, match="norm of the gradient overflows"):
        clip({"a": np.array([1e200])}, 1.0)


@pytest.mark.parametrize("limit", [0, -1.0, np.nan])
def test_a_limit_must_be_above_zero(limit):
    with pytest.raises(ValueError, match=f"limit must be above 0, got {limit}"):
        clip({"a": np.ones(3)}, limit)


# --- at the door ----------------------------------------------------------------------


@EACH
def test_gradients_that_do_not_fit_are_refused_before_anything_changes(rng, make):
    params = draw(rng)
    optimizer, before = make(params), copies(params)
    state = optimizer.state()
    for grads, message in (
        ({"W_xz": np.ones((3, 4))}, r"only one has \['b_z'\]"),
        (draw(rng) | {"W_hy": np.ones(2)}, r"only one has \['W_hy'\]"),
        (
            draw(rng) | {"b_z": np.ones(1)},
            r"gradient of b_z must have shape \(4,\), got \(1,\)",
        ),
    ):
        with pytest.raises(ValueError, match=message):
            optimizer.step(grads)
    assert_equal(params, before)
    assert_equal(optimizer.state(), state)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda p: SGD(p, rate=0), "rate must be above 0 and finite, got 0"),
        (lambda p: SGD(p, rate=np.nan), "rate must be above 0 and finite, got nan"),
        (lambda p: Adam(p, rate=-1e-3), "rate must be above 0 and finite, got -0.001"),
        (lambda p: SGD(p, momentum=1.0), "momentum must be from 0 to below 1, got 1.0"),
        (lambda p: SGD(p, momentum=-0.1), "momentum must be from 0 to below 1"),
        (lambda p: Adam(p, betas=(0.9, 1.0)), "betas must be from 0 to below 1, got 1"),
        (lambda p: Adam(p, epsilon=0), "epsilon must be above 0 and finite, got 0"),
        (lambda p: SGD({}), "params is empty"),
    ],
)
def test_numbers_out_of_range_are_refused(rng, make, message):
    with pytest.raises(ValueError, match=message):
        make(draw(rng))
