"""The GRU over a sequence: forward, and the gradients of back-propagation in time."""

import numpy as np
import pytest
from gradients import agreement, named_gradients, problem

from gru_lesson.bptt import gru_backward, gru_forward
from gru_lesson.cell import gru_step, gru_step_backward, init_params


@pytest.fixture
def sequence():
    return problem(init_params, T=6, N=3, D=2, H=4, seed=0)


def gradients(xs, h0, p, dhs):
    _, caches = gru_forward(xs, h0, p)
    return named_gradients(gru_backward, dhs, caches, p)


def assert_same(one, other):
    assert one.keys() == other.keys()
    for name in one:
        np.testing.assert_allclose(one[name], other[name], atol=1e-13, err_msg=name)


def test_all_gradients_agree_with_differences_on_random_shapes(measured):
    text = agreement(gru_forward, gru_backward, init_params)
    measured("GRU against differences", text)


def test_forward_is_repeated_steps(sequence):
    xs, h, p, _ = sequence
    hs, caches = gru_forward(xs, h, p)
    assert len(hs) == len(caches) == len(xs)
    for t, x in enumerate(xs):
        h, cache = gru_step(x, h, p)
        np.testing.assert_array_equal(hs[t], h)
        for value, expected in zip(caches[t], cache, strict=True):
            np.testing.assert_array_equal(value, expected)


def test_a_sequence_of_one_step_is_a_step(sequence):
    xs, h0, p, dhs = sequence
    hs, caches = gru_forward(xs[:1], h0, p)
    h, cache = gru_step(xs[0], h0, p)
    np.testing.assert_array_equal(hs, h[None])
    dxs, dh0, grads = gru_backward(dhs[:1], caches, p)
    dx, dh_prev, step_grads = gru_step_backward(dhs[0], cache, p)
    assert_same({"x": dxs[0], "h": dh0, **grads}, {"x": dx, "h": dh_prev, **step_grads})


def test_two_halves_make_the_whole(sequence):
    xs, h0, p, dhs = sequence
    whole = gradients(xs, h0, p, dhs)
    hs, first = gru_forward(xs[:4], h0, p)
    _, second = gru_forward(xs[4:], hs[-1], p)
    dxs_2, dh_4, grads_2 = gru_backward(dhs[4:], second, p)
    dhs_1 = dhs[:4].copy()
    dhs_1[-1] += dh_4
    dxs_1, dh0, grads_1 = gru_backward(dhs_1, first, p)
    sums = {name: grads_1[name] + grads_2[name] for name in p}
    assert_same(whole, {"xs": np.concatenate([dxs_1, dxs_2]), "h0": dh0, **sums})


def test_gradients_add_up_over_the_steps_that_the_loss_looks_at(sequence):
    xs, h0, p, dhs = sequence
    total = {name: 0 for name in ("xs", "h0", *p)}
    for t in range(len(xs)):
        only = np.zeros_like(dhs)
        only[t] = dhs[t]
        one = gradients(xs, h0, p, only)
        total = {name: total[name] + one[name] for name in total}
        assert not one["xs"][t + 1 :].any()  # no effect before its cause
        assert one["xs"][t].any()
    assert_same(gradients(xs, h0, p, dhs), total)


def test_sequences_of_a_batch_do_not_meet(sequence):
    xs, h0, p, dhs = sequence
    whole = gradients(xs, h0, p, dhs)
    total = {name: 0 for name in p}
    for n in range(len(h0)):
        row = slice(n, n + 1)
        one = gradients(xs[:, row], h0[row], p, dhs[:, row])
        np.testing.assert_allclose(whole["xs"][:, row], one["xs"], atol=1e-13)
        np.testing.assert_allclose(whole["h0"][row], one["h0"], atol=1e-13)
        total = {name: total[name] + one[name] for name in p}
    assert_same({name: whole[name] for name in p}, total)


def test_forward_and_backward_change_nothing_they_are_given(sequence):
    xs, h0, p, dhs = sequence
    given = [xs, h0, dhs, *p.values()]
    before = [a.copy() for a in given]
    first = gradients(xs, h0, p, dhs)
    assert_same(first, gradients(xs, h0, p, dhs))
    for a, b in zip(given, before, strict=True):
        np.testing.assert_array_equal(a, b)


def test_single_precision_stays_single(sequence):
    xs, h0, p, dhs = sequence
    single = {name: a.astype(np.float32) for name, a in p.items()}
    xs, h0, dhs = (a.astype(np.float32) for a in (xs, h0, dhs))
    assert gru_forward(xs, h0, single)[0].dtype == np.float32
    assert all(g.dtype == np.float32 for g in gradients(xs, h0, single, dhs).values())
