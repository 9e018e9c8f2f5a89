"""One step of the GRU: the activation, the parameters, the equations, their limits."""

import math

import mpmath
import numpy as np
import pytest

from gru_lesson.cell import (
    GRUCache,
    blend,
    candidate,
    gru_step,
    gru_step_backward,
    init_params,
    reset_gate,
    sigmoid,
    update_gate,
)
from gru_lesson.rnn import rnn_step

NAMES = ["W_xz", "W_hz", "b_z", "W_xr", "W_hr", "b_r", "W_xh", "W_hh", "b_h"]
OPEN, SHUT = 1e3, -1e3  # biases that drive a gate to exactly 1 and 0


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture
def setup(rng):
    """Return x (N, D), h_prev (N, H) and parameters without a zero in them."""
    N, D, H = 4, 3, 5
    p = {
        name: rng.uniform(-1, 1, a.shape) for name, a in init_params(D, H, rng).items()
    }
    return rng.normal(size=(N, D)), rng.uniform(-1, 1, (N, H)), p


# --- sigmoid --------------------------------------------------------------------------


def test_sigmoid_neither_overflows_nor_warns_far_out():
    with np.errstate(all="raise", under="ignore"):
        y = sigmoid(np.array([-1e4, -800.0, 0.0, 800.0, 1e4]))
    np.testing.assert_array_equal(y, [0, 0, 0.5, 1, 1])


def test_sigmoid_is_exact_to_1e_15(rng, measured):
    a = np.concatenate([np.linspace(-700, 700, 5601), rng.uniform(-700, 700, 4000)])
    a = np.concatenate([a, rng.uniform(-5, 5, 2000), rng.normal(0, 1e-8, 100)])
    with mpmath.workdps(40):
        exact = [1 / (1 + mpmath.exp(-mpmath.mpf(v))) for v in a.tolist()]
        pairs = zip(sigmoid(a).tolist(), exact, strict=True)
        worst = float(max(abs((mpmath.mpf(y) - e) / e) for y, e in pairs))
    measured("sigmoid on [-700, 700]", f"{a.size} points, relative error {worst:.1e}")
    assert worst <= 1e-15


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_sigmoid_keeps_precision_and_shape(dtype):
    for shape in [(), (3,), (2, 3)]:
        y = sigmoid(np.ones(shape, dtype))
        assert y.dtype == dtype
        assert y.shape == shape


def test_sigmoid_takes_a_plain_number():
    assert sigmoid(0.0) == 0.5
    assert sigmoid(math.log(3)) == pytest.approx(3 / 4, rel=1e-15)
    assert sigmoid(-math.log(3)) == pytest.approx(1 / 4, rel=1e-15)


# --- parameters -----------------------------------------------------------------------


def test_init_params_has_the_nine_names_in_the_order_of_the_equations(rng):
    p = init_params(3, 5, rng)
    assert list(p) == NAMES
    shapes = {"W_x": (3, 5), "W_h": (5, 5), "b_z": (5,), "b_r": (5,), "b_h": (5,)}
    assert all(a.shape == shapes[name[:3]] for name, a in p.items())
    assert all(a.dtype == np.float64 for a in p.values())


def test_init_params_fills_the_range_and_zeroes_the_biases(rng):
    H = 64
    for name, a in init_params(100, H, rng).items():
        if name[0] == "b":
            assert not a.any()
        else:
            assert 0.99 / math.sqrt(H) < np.abs(a).max() <= 1 / math.sqrt(H)
            assert a.std() == pytest.approx(1 / math.sqrt(3 * H), rel=0.05)
            assert abs(a.mean()) < 0.01


def test_init_params_draws_from_the_generator_alone():
    first, again, other = (
        init_params(2, 3, np.random.default_rng(seed)) for seed in (7, 7, 8)
    )
    assert all(np.array_equal(first[name], again[name]) for name in NAMES)
    assert not np.array_equal(first["W_xz"], other["W_xz"])
    draws = np.concatenate([a.ravel() for a in first.values() if a.any()])
    assert len(np.unique(draws)) == draws.size  # no two arrays share numbers


# --- the equations --------------------------------------------------------------------


def step_by_hand(x, h_prev, p):
    """The printed equations for one sequence, number by number."""
    D, H = p["W_xz"].shape

    def weighted(gate, past, j):
        total = p[f"b_{gate}"][j]
        total += sum(x[i] * p[f"W_x{gate}"][i, j] for i in range(D))
        return total + sum(past[i] * p[f"W_h{gate}"][i, j] for i in range(H))

    z = [1 / (1 + math.exp(-weighted("z", h_prev, j))) for j in range(H)]
    r = [1 / (1 + math.exp(-weighted("r", h_prev, j))) for j in range(H)]
    seen = [r[j] * h_prev[j] for j in range(H)]
    h_tilde = [math.tanh(weighted("h", seen, j)) for j in range(H)]
    h = [z[j] * h_prev[j] + (1 - z[j]) * h_tilde[j] for j in range(H)]
    return h, z, r, h_tilde


def test_a_step_is_the_printed_equations(setup):
    x, h_prev, p = setup
    h, cache = gru_step(x, h_prev, p)
    for n in range(len(x)):
        by_hand = step_by_hand(x[n], h_prev[n], p)
        for value, expected in zip(
            (h, cache.z, cache.r, cache.h_tilde), by_hand, strict=True
        ):
            np.testing.assert_allclose(value[n], expected, rtol=0, atol=1e-15)


def test_a_step_worked_on_paper():
    """σ(ln 3) = 3/4, tanh(ln 3 / 2) = 1/2 and tanh(ln 2) = 3/5 make it come out even.

    z = (3/4, 1/2) and r = (1/4, 3/4) let the candidate see (1/4 · 0.8, 3/4 · 0.4) =
    (0.2, 0.3). W_hh swaps the two units, so that h~ = (1/2, 3/5), and
    h = (3/4 · 0.8 + 1/4 · 1/2, 1/2 · 0.4 + 1/2 · 3/5) = (0.725, 0.5).
    """
    p = {name: np.zeros((2, 2)) for name in NAMES}
    p["b_z"] = np.array([math.log(3), 0])
    p["b_r"] = np.array([-math.log(3), math.log(3)])
    p["b_h"] = np.zeros(2)
    p["W_hh"] = np.array([[0, math.log(2) / 0.2], [math.log(3) / 2 / 0.3, 0]])
    h, cache = gru_step(np.zeros((1, 2)), np.array([[0.8, 0.4]]), p)
    np.testing.assert_allclose(cache.z, [[3 / 4, 1 / 2]], rtol=1e-15)
    np.testing.assert_allclose(cache.r, [[1 / 4, 3 / 4]], rtol=1e-15)
    np.testing.assert_allclose(cache.h_tilde, [[1 / 2, 3 / 5]], rtol=1e-15)
    np.testing.assert_allclose(h, [[0.725, 0.5]], rtol=1e-15)


def test_the_four_parts_make_the_step(setup):
    x, h_prev, p = setup
    z, r = update_gate(x, h_prev, p), reset_gate(x, h_prev, p)
    h_tilde = candidate(x, h_prev, r, p)
    h, cache = gru_step(x, h_prev, p)
    np.testing.assert_array_equal(h, blend(z, h_prev, h_tilde))
    assert cache._fields == ("x", "h_prev", "z", "r", "h_tilde")
    for value, expected in zip(cache, (x, h_prev, z, r, h_tilde), strict=True):
        np.testing.assert_array_equal(value, expected)


# --- limits and identities ------------------------------------------------------------


def with_bias(p, **biases):
    return p | {name: np.full_like(p[name], value) for name, value in biases.items()}


def test_update_gate_at_one_copies_the_state(setup):
    x, h_prev, p = setup
    for b_r in (SHUT, 0, OPEN):
        h, _ = gru_step(x, h_prev, with_bias(p, b_z=OPEN, b_r=b_r))
        np.testing.assert_array_equal(h, h_prev)


def test_update_gate_at_zero_replaces_by_the_candidate(setup):
    x, h_prev, p = setup
    h, cache = gru_step(x, h_prev, with_bias(p, b_z=SHUT))
    np.testing.assert_array_equal(h, cache.h_tilde)


def test_reset_gate_at_zero_leaves_only_the_input_in_the_candidate(setup):
    x, h_prev, p = setup
    p = with_bias(p, b_r=SHUT)
    h, cache = gru_step(x, h_prev, p)
    np.testing.assert_allclose(
        cache.h_tilde, np.tanh(x @ p["W_xh"] + p["b_h"]), rtol=1e-15
    )
    # and yet the past is not forgotten: it still passes through z
    assert np.abs(h - gru_step(x, 0 * h_prev, p)[0]).max() > 0.1


def test_replacing_with_an_open_reset_gate_is_the_elman_cell(setup):
    x, h_prev, p = setup
    h, _ = gru_step(x, h_prev, with_bias(p, b_z=SHUT, b_r=OPEN))
    elman, _ = rnn_step(x, h_prev, {name: p[name] for name in ("W_xh", "W_hh", "b_h")})
    np.testing.assert_array_equal(h, elman)


def test_both_gates_shut_start_afresh(setup):
    x, h_prev, p = setup
    p = with_bias(p, b_z=SHUT, b_r=SHUT)
    h, _ = gru_step(x, h_prev, p)
    np.testing.assert_array_equal(h, gru_step(x, 0 * h_prev, p)[0])


@pytest.mark.parametrize("size", [0.1, 1.0, 30.0])
def test_the_state_stays_within_one_or_where_it_began(rng, size):
    p = {name: rng.normal(0, 3, a.shape) for name, a in init_params(3, 5, rng).items()}
    h0 = h = size * rng.uniform(-1, 1, (4, 5))
    for _ in range(100):
        h, _ = gru_step(rng.normal(0, 3, (4, 3)), h, p)
        assert np.all(np.abs(h) <= np.maximum(1, np.abs(h0)) * (1 + 1e-15))


def test_a_gate_that_writes_is_one_that_keeps_with_three_arrays_negated(setup):
    x, h_prev, p = setup
    z = update_gate(x, h_prev, p)
    h_tilde = candidate(x, h_prev, reset_gate(x, h_prev, p), p)
    writes = (1 - z) * h_prev + z * h_tilde
    negated = p | {name: -p[name] for name in ("W_xz", "W_hz", "b_z")}
    np.testing.assert_allclose(gru_step(x, h_prev, negated)[0], writes, atol=1e-15)
    assert np.abs(gru_step(x, h_prev, p)[0] - writes).max() > 0.1


def test_a_batch_is_its_rows_one_at_a_time(setup):
    x, h_prev, p = setup
    dh = np.random.default_rng(1).normal(size=h_prev.shape)
    h, cache = gru_step(x, h_prev, p)
    dx, dh_prev, grads = gru_step_backward(dh, cache, p)
    total = {name: 0 for name in p}
    for n in range(len(x)):
        row = slice(n, n + 1)
        h_row, cache_row = gru_step(x[row], h_prev[row], p)
        dx_row, dh_prev_row, grads_row = gru_step_backward(dh[row], cache_row, p)
        np.testing.assert_allclose(h[row], h_row, atol=1e-15)
        np.testing.assert_allclose(dx[row], dx_row, atol=1e-14)
        np.testing.assert_allclose(dh_prev[row], dh_prev_row, atol=1e-14)
        total = {name: total[name] + grads_row[name] for name in p}
    for name in p:
        np.testing.assert_allclose(grads[name], total[name], atol=1e-14)


# --- manners --------------------------------------------------------------------------


def test_forward_and_backward_change_nothing_they_are_given(setup):
    x, h_prev, p = setup
    dh = np.ones_like(h_prev)
    given = [x, h_prev, dh, *p.values()]
    before = [a.copy() for a in given]
    _, cache = gru_step(x, h_prev, p)
    kept = [a.copy() for a in cache]
    gru_step_backward(dh, cache, p)
    for a, b in zip([*given, *cache], before + kept, strict=True):
        np.testing.assert_array_equal(a, b)


def test_single_precision_stays_single(setup):
    x, h_prev, p = setup
    single = {name: a.astype(np.float32) for name, a in p.items()}
    h, cache = gru_step(x.astype(np.float32), h_prev.astype(np.float32), single)
    dx, dh_prev, grads = gru_step_backward(np.ones_like(h), cache, single)
    for a in (h, *cache, dx, dh_prev, *grads.values()):
        assert a.dtype == np.float32
    np.testing.assert_allclose(h, gru_step(x, h_prev, p)[0], atol=1e-6)


def test_backward_answers_in_the_names_and_shapes_of_the_inputs(setup):
    x, h_prev, p = setup
    _, cache = gru_step(x, h_prev, p)
    dx, dh_prev, grads = gru_step_backward(np.ones_like(h_prev), cache, p)
    assert (dx.shape, dh_prev.shape) == (x.shape, h_prev.shape)
    assert {k: g.shape for k, g in grads.items()} == {k: a.shape for k, a in p.items()}
    assert isinstance(cache, GRUCache)
