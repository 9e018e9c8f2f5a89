"""Jacobians of a step, their paths, and what is left of a change over many steps."""

import numpy as np
import pytest
from gradients import problem

from gru_lesson.bptt import gru_backward, gru_forward
from gru_lesson.cell import (
    GRUCache,
    blend,
    candidate,
    gru_step,
    gru_step_backward,
    init_params,
    reset_gate,
    update_gate,
)
from gru_lesson.flow import (
    carry_back,
    gru_jacobian,
    keep_product,
    lstm_jacobian,
    norms,
    norms_to_the_end,
    paths,
    rnn_jacobian,
    shares,
)
from gru_lesson.lstm import (
    init_lstm_params,
    lstm_forward,
    lstm_step,
    lstm_step_backward,
)
from gru_lesson.rnn import init_rnn_params, rnn_forward, rnn_step, rnn_step_backward

NAMES = ["keep", "update_gate", "candidate", "reset_gate"]
SIZES = [(1, 1, 1), (3, 2, 4), (2, 5, 3)]


def differences(function, h_prev, step=1e-5):
    """Estimate ∂h_j/∂h_prev_i of each sequence: entry [n, i, j]."""
    rows = []
    for nudge in step * np.eye(h_prev.shape[1]):
        rows.append((function(h_prev + nudge) - function(h_prev - nudge)) / (2 * step))
    return np.stack(rows, axis=1)


def one_step(N, D, H, seed=0):
    xs, h_prev, p, _ = problem(init_params, T=1, N=N, D=D, H=H, seed=seed)
    return xs[0], h_prev, p, gru_step(xs[0], h_prev, p)[1]


def with_one_path_open(x, h_prev, p, cache):
    """Map each path to the step as a function of the old state in that use alone."""
    _, _, z, r, h_tilde = cache
    return {
        "keep": lambda h: blend(z, h, h_tilde),
        "update_gate": lambda h: blend(update_gate(x, h, p), h_prev, h_tilde),
        "candidate": lambda h: blend(z, h_prev, candidate(x, h, r, p)),
        "reset_gate": lambda h: blend(
            z, h_prev, candidate(x, h_prev, reset_gate(x, h, p), p)
        ),
    }


def close(actual, expected, atol=1e-8):
    np.testing.assert_allclose(actual, expected, rtol=0, atol=atol)


def fed_back(backward, cache, p):
    """Build the Jacobian of one sequence from a backward step, a column at a time."""
    H = cache.h_prev.shape[1]
    many = type(cache)(*(np.repeat(array, H, axis=0) for array in cache))
    return backward(np.eye(H), many, p)[1].T


# --- the four paths -------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", SIZES)
def test_a_path_is_the_derivative_with_the_other_uses_held(name, size, measured):
    x, h_prev, p, cache = one_step(*size)
    parts = paths(cache, p)
    assert list(parts) == NAMES
    numeric = differences(with_one_path_open(x, h_prev, p, cache)[name], h_prev)
    assert np.abs(numeric).max() > 1e-4  # there is something to compare
    error = np.abs(parts[name] - numeric).max() / np.abs(numeric).max()
    assert error < 1e-7
    if size == SIZES[-1]:
        measured(f"path {name} against differences", f"{error:.1e}")


@pytest.mark.parametrize("size", SIZES)
def test_the_paths_add_up_to_the_jacobian(size, measured):
    x, h_prev, p, cache = one_step(*size)
    J = gru_jacobian(cache, p)
    assert J.shape == (size[0], size[2], size[2])
    close(J, sum(paths(cache, p).values()), atol=0)
    numeric = differences(lambda h: gru_step(x, h, p)[0], h_prev)
    error = np.abs(J - numeric).max() / np.abs(numeric).max()
    assert error < 1e-7
    if size == SIZES[-1]:
        measured("Jacobian of a GRU step against differences", f"{error:.1e}")


def test_the_backward_step_multiplies_by_the_transposed_jacobian():
    _, _, p, cache = one_step(N=3, D=2, H=4)
    dh = np.random.default_rng(0).normal(size=(3, 4))
    _, dh_prev, _ = gru_step_backward(dh, cache, p)
    close(dh_prev, np.einsum("nj,nij->ni", dh, gru_jacobian(cache, p)), atol=1e-14)


def test_one_unit_of_chapter_7():
    worked = {"W_xz": 0.4, "W_hz": 0.8, "b_z": 0.6, "W_xr": -0.6, "W_hr": 1.0}
    worked |= {"b_r": -0.3, "W_xh": 0.9, "W_hh": -1.5, "b_h": 0.1}
    p = {n: np.full((1,) if n[0] == "b" else (1, 1), v) for n, v in worked.items()}
    _, cache = gru_step(np.ones((1, 1)), np.full((1, 1), 0.5), p)
    got = [part.item() for part in paths(cache, p).values()]
    close(got, [0.8022, -0.0132, -0.0757, -0.0227], atol=5e-5)


@pytest.mark.parametrize("off", NAMES)
def test_without_a_path_the_jacobian_is_wrong_by_that_path(off):
    x, h_prev, p, cache = one_step(N=1, D=2, H=4)
    parts = paths(cache, p)
    whole = differences(lambda h: gru_step(x, h, p)[0], h_prev)
    rest = sum(part for name, part in parts.items() if name != off)
    alone = differences(with_one_path_open(x, h_prev, p, cache)[off], h_prev)
    assert np.abs(whole - rest).max() > 1e-3
    close(whole - rest, alone)


@pytest.mark.parametrize(
    ("weight", "closed"),
    [
        ("W_hz", {"update_gate"}),
        ("W_hr", {"reset_gate"}),
        ("W_hh", {"candidate", "reset_gate"}),
    ],
)
def test_a_weight_of_zero_closes_its_paths_and_no_other(weight, closed):
    x, h_prev, p, _ = one_step(N=2, D=2, H=4)
    p[weight] = np.zeros_like(p[weight])
    parts = paths(gru_step(x, h_prev, p)[1], p)
    assert {name for name, part in parts.items() if not part.any()} == closed


@pytest.mark.parametrize(
    ("gates", "left"),
    [
        ({"z": 1.0}, {"keep"}),
        ({"z": 0.0, "r": 0.0}, set()),
        ({"z": 0.0, "r": 1.0}, {"candidate"}),
        ({"r": 0.0}, {"keep", "update_gate"}),
    ],
)
def test_at_the_corners_of_the_gates(gates, left):
    _, _, p, cache = one_step(N=2, D=2, H=4)
    shut = {name: np.full_like(cache.z, value) for name, value in gates.items()}
    parts = paths(cache._replace(**shut), p)
    assert {name for name, part in parts.items() if part.any()} == left
    if gates == {"z": 1.0}:
        close(parts["keep"], np.stack([np.eye(4)] * 2), atol=0)
    if left == {"candidate"}:  # the step of the Elman network
        plain = p["W_hh"] * (1 - cache.h_tilde**2)[:, None]
        close(parts["candidate"], plain, atol=1e-15)


# --- the other cells ------------------------------------------------------------------


def test_the_elman_jacobian_against_differences_and_the_backward_step():
    xs, h_prev, p, _ = problem(init_rnn_params, T=1, N=3, D=2, H=4, seed=0)
    _, cache = rnn_step(xs[0], h_prev, p)
    close(
        rnn_jacobian(cache, p), differences(lambda h: rnn_step(xs[0], h, p)[0], h_prev)
    )
    one = type(cache)(*(array[:1] for array in cache))
    close(rnn_jacobian(one, p)[0], fed_back(rnn_step_backward, one, p), atol=1e-14)


def test_the_lstm_jacobian_against_differences_and_the_backward_step():
    N, D, H, rng = 3, 2, 4, np.random.default_rng(0)
    shapes = {name: a.shape for name, a in init_lstm_params(D, H, rng).items()}
    p = {name: rng.uniform(-1, 1, shape) for name, shape in shapes.items()}
    x, (h_prev, c_prev, dh, dc) = rng.normal(size=(N, D)), rng.normal(size=(4, N, H))
    _, cache = lstm_step(x, (h_prev, c_prev), p)

    def step(row):
        return np.hstack(lstm_step(x, (row[:, :H], row[:, H:]), p)[0])

    J = lstm_jacobian(cache, p)
    assert J.shape == (N, 2 * H, 2 * H)
    close(J, differences(step, np.hstack([h_prev, c_prev])))
    _, back, _ = lstm_step_backward((dh, dc), cache, p)
    row = np.hstack([dh, dc])
    close(np.hstack(back), np.einsum("nj,nij->ni", row, J), atol=1e-14)
    close(J[:, H:, H:], np.eye(H) * cache.f[:, None], atol=0)


# --- over many steps ------------------------------------------------------------------


@pytest.fixture
def sequence():
    rng = np.random.default_rng(0)
    p, xs = init_params(2, 4, rng), rng.normal(size=(6, 3, 2))
    h0 = rng.uniform(-1, 1, (3, 4))
    return xs, h0, p, gru_forward(xs, h0, p)[1]


def test_norms_are_those_of_the_derivative_of_a_later_state(sequence):
    xs, h0, p, caches = sequence
    got = norms([gru_jacobian(cache, p) for cache in caches])
    assert got.shape == (6, 3)
    for t in (1, 2, 6):
        numeric = differences(lambda h, t=t: gru_forward(xs[:t], h, p)[0][-1], h0)
        close(got[t - 1], np.linalg.norm(numeric, 2, axis=(1, 2)))


def test_norms_of_a_part_are_those_from_c_to_c():
    H, rng = 3, np.random.default_rng(0)
    p, xs = init_lstm_params(2, H, rng), rng.normal(size=(5, 2, 2))
    h0, c0 = rng.uniform(-1, 1, (2, 2, H))
    _, caches = lstm_forward(xs, (h0, c0), p)
    got = norms([lstm_jacobian(cache, p) for cache in caches], slice(H, None))
    numeric = differences(lambda c: lstm_forward(xs, (h0, c), p)[1][-1].c, c0)
    close(got[-1], np.linalg.norm(numeric, 2, axis=(1, 2)))
    # the way over h counts: forget gates alone make less
    assert not np.allclose(got[-1], np.prod([k.f for k in caches], axis=0).max(axis=1))


def test_norms_do_not_underflow_where_the_book_looks():
    J = np.diag([0.5, 0.25])[None]
    got = norms([J] * 100)[:, 0]
    np.testing.assert_allclose(got, 0.5 ** np.arange(1, 101), rtol=1e-12)


def test_the_keep_path_alone_is_the_product_of_the_gates(sequence):
    *_, p, caches = sequence
    product = keep_product(caches)
    assert product.shape == (6, 3, 4)
    close(product[-1], np.prod([cache.z for cache in caches], axis=0), atol=1e-16)
    alone = norms([paths(cache, p)["keep"] for cache in caches])
    np.testing.assert_allclose(alone, product.max(axis=2), rtol=1e-12)


def test_norms_to_the_end_are_those_of_the_last_state_by_each_earlier_one(sequence):
    xs, _, p, caches = sequence
    got = norms_to_the_end([gru_jacobian(cache, p) for cache in caches])
    assert got.shape == (6, 3)
    for t in (0, 2, 5):
        numeric = differences(
            lambda h, t=t: gru_forward(xs[t:], h, p)[0][-1], caches[t].h_prev
        )
        close(got[t], np.linalg.norm(numeric, 2, axis=(1, 2)))


def test_carry_back_gives_the_gradients_of_the_backward_pass(sequence):
    *_, p, caches = sequence
    dh = np.random.default_rng(1).normal(size=(3, 4))
    got = carry_back(dh, [gru_jacobian(cache, p) for cache in caches])
    assert got.shape == (6, 3, 4)
    for t in (0, 2, 5):
        dhs = np.zeros((6 - t, 3, 4))
        dhs[-1] = dh
        close(got[t], gru_backward(dhs, caches[t:], p)[1], atol=1e-14)


def test_shares_add_up_and_know_a_path_that_works_against(sequence):
    *_, p, caches = sequence
    got = shares(paths(caches[3], p))
    assert list(got) == NAMES
    close(sum(got.values()), np.ones(3), atol=1e-14)
    parts = {"a": np.diag([3.0, 0.0])[None], "b": np.diag([-1.0, 0.0])[None]}
    close([v.item() for v in shares(parts).values()], [1.5, -0.5], atol=1e-15)


def test_caches_and_parameters_stay_as_they_were():
    _, _, p, cache = one_step(N=2, D=2, H=4)
    before = GRUCache(*(array.copy() for array in cache))
    copies = {name: array.copy() for name, array in p.items()}
    norms([gru_jacobian(cache, p)] * 3)
    keep_product([cache] * 3)
    for array, copy in zip(cache, before, strict=True):
        np.testing.assert_array_equal(array, copy)
    for name in p:
        np.testing.assert_array_equal(p[name], copies[name])


# --- fact: a hundred steps of untrained cells, 64 units, medians of ten ---------------


def elman(rng, bias, orthogonal=False):
    p = init_rnn_params(16, 64, rng)
    xs = rng.normal(size=(100, 1, 16))
    if orthogonal:
        p["W_hh"], _ = np.linalg.qr(rng.normal(size=(64, 64)))
    _, caches = rnn_forward(xs, np.zeros((1, 64)), p)
    return norms([rnn_jacobian(cache, p) for cache in caches])[-1, 0]


def lstm(rng, bias):
    p, h0 = init_lstm_params(16, 64, rng, forget_bias=bias), np.zeros((1, 64))
    xs = rng.normal(size=(100, 1, 16))
    _, caches = lstm_forward(xs, (h0, h0), p)
    return norms([lstm_jacobian(k, p) for k in caches], slice(64, None))[-1, 0]


def gru(rng, bias):
    p = init_params(16, 64, rng)
    xs = rng.normal(size=(100, 1, 16))
    p["b_z"] = np.log(rng.uniform(1, 99, 64)) if bias is None else np.full(64, bias)
    _, caches = gru_forward(xs, np.zeros((1, 64)), p)
    return norms([gru_jacobian(cache, p) for cache in caches])[-1, 0]


@pytest.mark.parametrize(
    ("cell", "bias", "low", "high"),
    [
        (elman, None, 1e-27, 1e-24),
        (lambda rng, b: elman(rng, b, orthogonal=True), None, 1e-7, 4e-7),
        (gru, 0.0, 1e-20, 4e-20),
        (gru, 1.0, 3e-10, 8e-10),
        (gru, 3.0, 0.03, 0.05),
        (gru, None, 0.35, 0.5),
        (lstm, 0.0, 5e-21, 1e-19),
        (lstm, 3.0, 20, 100),
    ],
    ids=[
        *("Elman", "orthogonal Elman", "GRU b_z=0", "GRU b_z=1", "GRU b_z=3"),
        *("GRU chrono", "LSTM b_f=0", "LSTM b_f=3"),
    ],
)
def test_what_is_left_after_a_hundred_steps(request, cell, bias, low, high, measured):
    left = np.median([cell(np.random.default_rng(seed), bias) for seed in range(10)])
    name = request.node.callspec.id
    measured(f"norm over 100 steps, median of 10, {name}", f"{left:.2g}")
    assert low < left < high
