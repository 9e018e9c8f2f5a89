"""The Elman network: one step, a sequence, its gradients."""

import math

import numpy as np
import pytest
from gradients import agreement, named_gradients, problem

from gru_lesson.rnn import (
    init_rnn_params,
    rnn_backward,
    rnn_forward,
    rnn_step,
    rnn_step_backward,
)


@pytest.fixture
def sequence():
    return problem(init_rnn_params, T=6, N=3, D=2, H=4, seed=0)


def test_init_rnn_params_names_shapes_and_range():
    H = 64
    p = init_rnn_params(100, H, np.random.default_rng(0))
    assert {name: a.shape for name, a in p.items()} == {
        "W_xh": (100, H),
        "W_hh": (H, H),
        "b_h": (H,),
    }
    assert list(p) == ["W_xh", "W_hh", "b_h"]
    assert not p["b_h"].any()
    for name in ("W_xh", "W_hh"):
        assert 0.99 / math.sqrt(H) < np.abs(p[name]).max() <= 1 / math.sqrt(H)
        assert p[name].std() == pytest.approx(1 / math.sqrt(3 * H), rel=0.05)
    again = init_rnn_params(100, H, np.random.default_rng(0))
    assert all(np.array_equal(p[name], again[name]) for name in p)


def test_a_step_is_the_printed_equation(sequence):
    xs, h0, p, _ = sequence
    h, cache = rnn_step(xs[0], h0, p)
    for n in range(len(h0)):
        for j in range(h0.shape[1]):
            a = p["b_h"][j]
            a += sum(xs[0, n, i] * p["W_xh"][i, j] for i in range(xs.shape[2]))
            a += sum(h0[n, i] * p["W_hh"][i, j] for i in range(h0.shape[1]))
            assert h[n, j] == pytest.approx(math.tanh(a), abs=1e-15)
    assert cache._fields == ("x", "h_prev", "h")
    for value, expected in zip(cache, (xs[0], h0, h), strict=True):
        np.testing.assert_array_equal(value, expected)


def test_a_step_worked_on_paper():
    """Check tanh(2 · 0.5 - 3 · 0.2 - 0.4 + ln 3 / 2) = tanh(ln 3 / 2) = 1/2."""
    p = {
        "W_xh": np.array([[2.0]]),
        "W_hh": np.array([[-3.0]]),
        "b_h": np.array([math.log(3) / 2 - 0.4]),
    }
    h, _ = rnn_step(np.array([[0.5]]), np.array([[0.2]]), p)
    assert h[0, 0] == pytest.approx(1 / 2, rel=1e-14)


def test_all_gradients_agree_with_differences_on_random_shapes(measured):
    text = agreement(rnn_forward, rnn_backward, init_rnn_params)
    measured("Elman against differences", text)


def test_forward_is_repeated_steps(sequence):
    xs, h, p, _ = sequence
    hs, caches = rnn_forward(xs, h, p)
    assert len(hs) == len(caches) == len(xs)
    for t, x in enumerate(xs):
        h, cache = rnn_step(x, h, p)
        np.testing.assert_array_equal(hs[t], h)
        np.testing.assert_array_equal(caches[t].h_prev, cache.h_prev)


def test_a_sequence_of_one_step_is_a_step(sequence):
    xs, h0, p, dhs = sequence
    _, caches = rnn_forward(xs[:1], h0, p)
    dxs, dh0, grads = rnn_backward(dhs[:1], caches, p)
    dx, dh_prev, step_grads = rnn_step_backward(dhs[0], caches[0], p)
    np.testing.assert_array_equal(dxs[0], dx)
    np.testing.assert_array_equal(dh0, dh_prev)
    for name in p:
        np.testing.assert_array_equal(grads[name], step_grads[name])


def test_a_linear_cell_multiplies_the_gradient_by_the_matrix_at_each_step():
    """Tiny states make tanh the identity: dh0 is dhs[-1] through W_hh^T, T times."""
    T, H = 5, 3
    rng = np.random.default_rng(0)
    p = {name: 0 * a for name, a in init_rnn_params(2, H, rng).items()}
    p["W_hh"] = rng.normal(size=(H, H))
    _, caches = rnn_forward(np.zeros((T, 1, 2)), 1e-12 * np.ones((1, H)), p)
    dhs = np.zeros((T, 1, H))
    dhs[-1] = 1
    _, dh0, _ = rnn_backward(dhs, caches, p)
    power = np.linalg.matrix_power(p["W_hh"].T, T)
    np.testing.assert_allclose(dh0, dhs[-1] @ power, rtol=1e-12)


def test_sequences_of_a_batch_do_not_meet(sequence):
    xs, h0, p, dhs = sequence
    whole = named_gradients(rnn_backward, dhs, rnn_forward(xs, h0, p)[1], p)
    total = {name: 0 for name in p}
    for n in range(len(h0)):
        row = slice(n, n + 1)
        _, caches = rnn_forward(xs[:, row], h0[row], p)
        one = named_gradients(rnn_backward, dhs[:, row], caches, p)
        np.testing.assert_allclose(whole["xs"][:, row], one["xs"], atol=1e-13)
        np.testing.assert_allclose(whole["h0"][row], one["h0"], atol=1e-13)
        total = {name: total[name] + one[name] for name in p}
    for name in p:
        np.testing.assert_allclose(whole[name], total[name], atol=1e-13)


def test_forward_and_backward_change_nothing_they_are_given(sequence):
    xs, h0, p, dhs = sequence
    given = [xs, h0, dhs, *p.values()]
    before = [a.copy() for a in given]
    rnn_backward(dhs, rnn_forward(xs, h0, p)[1], p)
    for a, b in zip(given, before, strict=True):
        np.testing.assert_array_equal(a, b)


def test_single_precision_stays_single(sequence):
    xs, h0, p, dhs = sequence
    single = {name: a.astype(np.float32) for name, a in p.items()}
    xs, h0, dhs = (a.astype(np.float32) for a in (xs, h0, dhs))
    hs, caches = rnn_forward(xs, h0, single)
    assert hs.dtype == np.float32
    gradients = named_gradients(rnn_backward, dhs, caches, single)
    assert all(g.dtype == np.float32 for g in gradients.values())
