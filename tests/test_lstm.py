"""The LSTM: one step, a sequence, its gradients."""

import math

import numpy as np
import pytest
from gradients import agreement, named_gradients, problem

from gru_lesson.gradcheck import numerical_gradient, relative_error
from gru_lesson.lstm import (
    LSTMCache,
    init_lstm_params,
    lstm_backward,
    lstm_forward,
    lstm_step,
    lstm_step_backward,
)

NAMES = [f"{kind}{gate}" for gate in "fioc" for kind in ("W_x", "W_h", "b_")]
OPEN, SHUT = 1e3, -1e3  # biases that drive a gate to exactly 1 and 0


@pytest.fixture
def sequence():
    return problem(init_lstm_params, T=6, N=3, D=2, H=4, seed=0)


def biased(p, **biases):
    """Return the parameters with a constant bias in each gate that is named."""
    return p | {f"b_{gate}": np.full_like(p["b_f"], b) for gate, b in biases.items()}


def zeros(p):
    return {name: np.zeros_like(a) for name, a in p.items()}


# --- parameters -----------------------------------------------------------------------


def test_init_lstm_params_names_shapes_and_range():
    D, H = 100, 64
    p = init_lstm_params(D, H, np.random.default_rng(0))
    shapes = {"W_x": (D, H), "W_h": (H, H), "b_": (H,)}
    assert list(p) == NAMES
    for name, a in p.items():
        assert a.shape == shapes[name[:-1]]
        if name.startswith("b_"):
            assert not a.any()
            continue
        assert 0.99 / math.sqrt(H) < np.abs(a).max() <= 1 / math.sqrt(H)
        assert a.std() == pytest.approx(1 / math.sqrt(3 * H), rel=0.05)
    again = init_lstm_params(D, H, np.random.default_rng(0))
    assert all(np.array_equal(p[name], again[name]) for name in p)


def test_the_forget_bias_is_all_that_it_changes():
    p = init_lstm_params(3, 4, np.random.default_rng(0))
    biased = init_lstm_params(3, 4, np.random.default_rng(0), forget_bias=1.5)
    assert biased.pop("b_f").tolist() == [1.5] * 4
    assert all(np.array_equal(biased[name], p[name]) for name in biased)


@pytest.mark.parametrize("bias", [0.0, 1.0])
def test_the_forget_bias_is_the_share_kept_where_nothing_else_is_said(bias):
    rng = np.random.default_rng(0)
    p = biased(zeros(init_lstm_params(2, 3, rng)), f=bias)
    (_, c), _ = lstm_step(np.ones((1, 2)), (np.zeros((1, 3)), np.ones((1, 3))), p)
    np.testing.assert_allclose(c, 1 / (1 + math.exp(-bias)), rtol=1e-15)


# --- one step -------------------------------------------------------------------------


def test_a_step_is_the_printed_equations(sequence):
    xs, (h0, c0), p, _ = sequence
    (h, c), cache = lstm_step(xs[0], (h0, c0), p)

    def sigma(a):
        return 1 / (1 + math.exp(-a))

    for n, j in np.ndindex(h0.shape):
        a = {}
        for gate in "fioc":
            W_x, W_h, b = (p[f"{kind}{gate}"] for kind in ("W_x", "W_h", "b_"))
            a[gate] = b[j] + sum(x * W_x[i, j] for i, x in enumerate(xs[0, n]))
            a[gate] += sum(u * W_h[i, j] for i, u in enumerate(h0[n]))
        f, i, o, c_tilde = *(sigma(a[gate]) for gate in "fio"), math.tanh(a["c"])
        expected_c = f * c0[n, j] + i * c_tilde
        expected_h = o * math.tanh(expected_c)
        assert c[n, j] == pytest.approx(expected_c, abs=1e-15)
        assert h[n, j] == pytest.approx(expected_h, abs=1e-15)
        for name, value in zip("fio", (f, i, o), strict=True):
            assert getattr(cache, name)[n, j] == pytest.approx(value, abs=1e-15)
        assert cache.c_tilde[n, j] == pytest.approx(c_tilde, abs=1e-15)
    for value, expected in zip(
        (cache.x, cache.h_prev, cache.c_prev, cache.c), (xs[0], h0, c0, c), strict=True
    ):
        np.testing.assert_array_equal(value, expected)


def test_a_step_worked_on_paper():
    """Check f = 3/4, i = 1/2, o = 1/4, c~ = 1/2, c = ln 3 / 2, h = 1/8."""
    log3 = math.log(3)
    x, h_prev = np.array([[0.5]]), np.array([[0.2]])
    p = {f"W_x{gate}": np.array([[2.0]]) for gate in "fioc"}
    p |= {f"W_h{gate}": np.array([[-3.0]]) for gate in "fioc"}  # together 0.4
    wanted = {"f": log3, "i": 0.0, "o": -log3, "c": log3 / 2}
    p |= {f"b_{gate}": np.array([a - 0.4]) for gate, a in wanted.items()}
    c_prev = np.array([[(log3 / 2 - 1 / 4) * 4 / 3]])
    (h, c), cache = lstm_step(x, (h_prev, c_prev), p)
    values = [value.item() for value in (*cache[3:7], c, h)]
    assert values == pytest.approx([3 / 4, 1 / 2, 1 / 4, 1 / 2, log3 / 2, 1 / 8])


def test_gates_at_their_ends_keep_write_and_hide(sequence):
    xs, state, p, _ = sequence
    (h, c), cache = lstm_step(xs[0], state, biased(p, f=OPEN, i=SHUT))
    np.testing.assert_array_equal(c, state[1])
    np.testing.assert_array_equal(h, cache.o * np.tanh(c))  # shown, though unchanged
    (_, c), cache = lstm_step(xs[0], state, biased(p, f=SHUT, i=OPEN))
    np.testing.assert_array_equal(c, cache.c_tilde)
    (h, c), _ = lstm_step(xs[0], state, biased(p, o=SHUT))
    assert not h.any() and c.all()


def test_the_memory_is_not_bounded_but_what_is_shown_is(sequence):
    """Count: with every gate open and c~ = 1, c grows by 1 at each step."""
    xs, (h0, _), p, _ = sequence
    p = biased(zeros(p), f=OPEN, i=OPEN, o=OPEN, c=OPEN)
    hs, caches = lstm_forward(xs, (h0, np.zeros_like(h0)), p)
    np.testing.assert_array_equal([cache.c[0, 0] for cache in caches], range(1, 7))
    np.testing.assert_allclose(hs[:, 0, 0], np.tanh(range(1, 7)), rtol=1e-15)


# --- gradients ------------------------------------------------------------------------


def test_all_gradients_agree_with_differences_on_random_shapes(measured):
    text = agreement(lstm_forward, lstm_backward, init_lstm_params)
    measured("LSTM against differences", text)


@pytest.mark.parametrize(
    "looks_at", [(1, 1), (1, 0), (0, 1)], ids=["h and c", "h alone", "c alone"]
)
def test_a_step_back_takes_gradients_of_both_states(sequence, looks_at):
    xs, (h_prev, c_prev), p, dhs = sequence
    x = xs[0]
    dh, dc = looks_at[0] * dhs[0], looks_at[1] * dhs[1]

    def loss():
        (h, c), _ = lstm_step(x, (h_prev, c_prev), p)
        return (dh * h + dc * c).sum()

    _, cache = lstm_step(x, (h_prev, c_prev), p)
    dx, (dh_prev, dc_prev), grads = lstm_step_backward((dh, dc), cache, p)
    analytic = {"x": dx, "h_prev": dh_prev, "c_prev": dc_prev, **grads}
    arrays = {"x": x, "h_prev": h_prev, "c_prev": c_prev, **p}
    assert analytic.keys() == arrays.keys()
    for name, array in arrays.items():
        numeric = numerical_gradient(loss, array)
        assert relative_error(analytic[name], numeric) <= 1e-7, name


def test_the_memory_carries_the_gradient_by_the_forget_gates_alone(sequence):
    """Without recurrent weights, dc0 is what enters c at the end times each f."""
    xs, state, p, dhs = sequence
    p = p | {f"W_h{gate}": np.zeros((4, 4)) for gate in "fioc"}
    last = np.zeros_like(dhs)
    last[-1] = dhs[-1]
    _, caches = lstm_forward(xs, state, p)
    _, (dh0, dc0), _ = lstm_backward(last, caches, p)
    end = caches[-1]
    entering = dhs[-1] * end.o * (1 - np.tanh(end.c) ** 2)
    kept = np.prod([cache.f for cache in caches], axis=0)
    np.testing.assert_allclose(dc0, entering * kept, rtol=1e-12)
    assert not dh0.any()


# --- sequences ------------------------------------------------------------------------


def test_forward_is_repeated_steps(sequence):
    xs, state, p, _ = sequence
    hs, caches = lstm_forward(xs, state, p)
    assert len(hs) == len(caches) == len(xs)
    for t, x in enumerate(xs):
        state, cache = lstm_step(x, state, p)
        np.testing.assert_array_equal(hs[t], state[0])
        np.testing.assert_array_equal(caches[t].c, state[1])
        assert isinstance(caches[t], LSTMCache)
        for value, expected in zip(caches[t], cache, strict=True):
            np.testing.assert_array_equal(value, expected)


def test_a_sequence_of_one_step_is_a_step(sequence):
    xs, state, p, dhs = sequence
    _, caches = lstm_forward(xs[:1], state, p)
    dxs, dstate0, grads = lstm_backward(dhs[:1], caches, p)
    dstate = (dhs[0], np.zeros_like(dhs[0]))
    dx, dstate_prev, step_grads = lstm_step_backward(dstate, caches[0], p)
    np.testing.assert_array_equal(dxs[0], dx)
    np.testing.assert_array_equal(dstate0, dstate_prev)
    for name in p:
        np.testing.assert_array_equal(grads[name], step_grads[name])


def test_sequences_of_a_batch_do_not_meet(sequence):
    xs, (h0, c0), p, dhs = sequence
    whole = named_gradients(lstm_backward, dhs, lstm_forward(xs, (h0, c0), p)[1], p)
    total = {name: 0 for name in p}
    for n in range(len(h0)):
        row = slice(n, n + 1)
        _, caches = lstm_forward(xs[:, row], (h0[row], c0[row]), p)
        one = named_gradients(lstm_backward, dhs[:, row], caches, p)
        np.testing.assert_allclose(whole["xs"][:, row], one["xs"], atol=1e-13)
        np.testing.assert_allclose(whole["h0"][row], one["h0"], atol=1e-13)
        np.testing.assert_allclose(whole["c0"][row], one["c0"], atol=1e-13)
        total = {name: total[name] + one[name] for name in p}
    for name in p:
        np.testing.assert_allclose(whole[name], total[name], atol=1e-13)


def test_forward_and_backward_change_nothing_they_are_given(sequence):
    xs, (h0, c0), p, dhs = sequence
    given = [xs, h0, c0, dhs, *p.values()]
    before = [a.copy() for a in given]
    lstm_backward(dhs, lstm_forward(xs, (h0, c0), p)[1], p)
    for a, b in zip(given, before, strict=True):
        np.testing.assert_array_equal(a, b)


def test_single_precision_stays_single(sequence):
    xs, (h0, c0), p, dhs = sequence
    single = {name: a.astype(np.float32) for name, a in p.items()}
    xs, h0, c0, dhs = (a.astype(np.float32) for a in (xs, h0, c0, dhs))
    hs, caches = lstm_forward(xs, (h0, c0), single)
    assert hs.dtype == caches[-1].c.dtype == np.float32
    gradients = named_gradients(lstm_backward, dhs, caches, single)
    assert all(g.dtype == np.float32 for g in gradients.values())
