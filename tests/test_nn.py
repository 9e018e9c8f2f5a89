"""Readout, embedding, the whole model: their numbers and their gradients."""

import copy
import math
import pickle

import numpy as np
import pytest
from gradients import assert_gradients, away_from_zero

from gru_lesson import engine
from gru_lesson.nn import (
    Dense,
    Embedding,
    Model,
    cross_entropy,
    squared_error,
)

T, N, D, H, K = 5, 3, 2, 4, 6


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def copies(grads):
    return {name: g.copy() for name, g in grads.items()}


# --- readout --------------------------------------------------------------------------


def test_dense_is_the_printed_equation(rng):
    readout = Dense(H, K, rng, np.float64)
    readout.params["b_y"][:] = rng.normal(size=K)
    W_hy, b_y = readout.params["W_hy"], readout.params["b_y"]
    hs = rng.normal(size=(T, N, H))
    ys = readout.forward(hs)
    assert ys.shape == (T, N, K)
    for t, n, k in np.ndindex(ys.shape):
        y = b_y[k] + sum(hs[t, n, j] * W_hy[j, k] for j in range(H))
        assert ys[t, n, k] == pytest.approx(y, abs=1e-14)


def test_dense_starts_on_one_over_root_h_without_bias():
    readout = Dense(100, 50, np.random.default_rng(0))
    W_hy, b_y = readout.params["W_hy"], readout.params["b_y"]
    assert W_hy.shape == (100, 50) and b_y.shape == (50,) and not b_y.any()
    assert 0.099 < np.abs(W_hy).max() <= 0.1
    assert W_hy.std() == pytest.approx(0.1 / math.sqrt(3), rel=0.05)
    double = Dense(100, 50, np.random.default_rng(0), np.float64)
    np.testing.assert_array_equal(double.params["W_hy"].astype(np.float32), W_hy)


@pytest.mark.parametrize("leading", [(), (N,), (T, N), (2, T, N)])
def test_gradients_of_dense_with_any_leading_axes(rng, leading):
    readout = Dense(H, K, rng, np.float64)
    hs, dys = rng.normal(size=(*leading, H)), rng.normal(size=(*leading, K))
    readout.forward(hs)
    dhs = readout.backward(dys)
    assert_gradients(
        lambda: (dys * readout.forward(hs)).sum(),
        {"hs": dhs, **readout.grads},
        {"hs": hs, **readout.params},
    )


def test_dense_answers_in_its_own_precision(rng):
    readout = Dense(H, K, rng)
    assert readout.forward(rng.normal(size=(T, N, H))).dtype == np.float32
    assert readout.backward(np.ones((T, N, K))).dtype == np.float32
    assert all(g.dtype == np.float32 for g in readout.grads.values())


# --- embedding ------------------------------------------------------------------------


def test_an_embedding_looks_rows_up(rng):
    embed = Embedding(K, D, rng)
    ids = np.array([[0, 5], [3, 0]])
    xs = embed.forward(ids)
    W_e = embed.params["W_e"]
    np.testing.assert_array_equal(xs, [[W_e[0], W_e[5]], [W_e[3], W_e[0]]])
    xs += 1  # an answer is a copy, not the table
    np.testing.assert_array_equal(embed.forward(ids) + 1, xs)


def test_an_embedding_starts_standard_normal():
    W_e = Embedding(200, 100, np.random.default_rng(0)).params["W_e"]
    assert W_e.shape == (200, 100) and W_e.dtype == np.float32
    assert W_e.mean() == pytest.approx(0, abs=0.02)
    assert W_e.std() == pytest.approx(1, abs=0.02)
    assert np.abs(W_e).max() > 3  # not uniform


def test_gradients_of_an_embedding_add_up_over_repeated_symbols(rng):
    embed = Embedding(K, D, rng, np.float64)
    ids = np.array([[1, 1, 4], [0, 4, 1]])  # 2, 3 and 5 never
    dxs = rng.normal(size=(2, 3, D))
    embed.forward(ids)
    assert embed.backward(dxs) is None
    assert_gradients(
        lambda: (dxs * embed.forward(ids)).sum(), embed.grads, embed.params
    )
    assert not embed.grads["W_e"][[2, 3, 5]].any()
    symbols = ids.copy()
    embed.forward(symbols)
    symbols[:] = 0  # after the forward pass: none of its business
    embed.backward(dxs)
    assert embed.grads["W_e"][4].all()


# --- both -----------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["dense", "embedding"])
def test_backward_fills_the_same_arrays_and_forgets_the_last_ones(rng, part):
    if part == "dense":
        part, given = Dense(H, K, rng), rng.normal(size=(T, N, H))
        d = rng.normal(size=(T, N, K))
    else:
        part, given = Embedding(K, D, rng), rng.integers(0, K, (T, N))
        d = rng.normal(size=(T, N, D))
    handed_out = dict(part.grads)
    part.forward(given)
    part.backward(d)
    first = copies(handed_out)
    assert all(g.any() for g in first.values())
    part.backward(d)
    for name, g in part.grads.items():
        assert g is handed_out[name]
        np.testing.assert_array_equal(g, first[name])


def test_backward_before_forward(rng):
    for part, shape in ((Dense(H, K, rng), (T, N, K)), (Embedding(K, D, rng), (N, D))):
        with pytest.raises(RuntimeError, match="no forward pass to go back through"):
            part.backward(np.ones(shape))


# --- at the door ----------------------------------------------------------------------

YS = np.zeros((T, N, K))
IDS = np.zeros((T, N), int)
REFUSED = {
    "states of another size": (
        lambda: Dense(H, K, np.random.default_rng(0)).forward(YS),
        ValueError,
        r"hs must have shape \(5, 3, 4\), got \(5, 3, 6\). H = 4 comes from W_hy.",
    ),
    "states that are integers": (
        lambda: Dense(H, K, np.random.default_rng(0)).forward(IDS),
        TypeError,
        "hs must hold floats, got dtype int64",
    ),
    "a symbol without a row": (
        lambda: Embedding(K, D, np.random.default_rng(0)).forward(IDS + 6),
        ValueError,
        "ids must be from 0 to 5, got 6: there are 6 symbols",
    ),
    "a negative row": (
        lambda: Embedding(K, D, np.random.default_rng(0)).forward(IDS - 2),
        ValueError,
        "ids must be from 0 to 5, got -2",
    ),
}


@pytest.mark.parametrize(("call", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_gradients_of_another_shape_are_refused(rng):
    readout, embed = Dense(H, K, rng), Embedding(K, D, rng)
    readout.forward(np.zeros((T, N, H)))
    with pytest.raises(ValueError, match=r"dys must have shape \(5, 3, 6\), got \(3,"):
        readout.backward(np.zeros((N, K)))
    embed.forward(IDS)
    with pytest.raises(ValueError, match=r"dxs must have shape \(5, 3, 2\), got \(5,"):
        embed.backward(np.zeros((T, N, D + 1)))


# --- the whole model ------------------------------------------------------------------


def model_of(rng, dtype=np.float64, embedded=True, layer=engine.GRU):
    embed = Embedding(K, D, rng, dtype) if embedded else None
    model = Model(layer(D, H, rng, dtype=dtype), Dense(H, K, rng, dtype), embed)
    for a in model.params.values():
        a[...] = away_from_zero(rng, a.shape)
    return model


@pytest.mark.parametrize("layer", [engine.GRU, engine.LSTM, engine.RNN])
def test_gradients_of_a_whole_model(rng, layer, measured):
    model = model_of(rng, layer=layer)
    ids, targets = rng.integers(0, K, (T, N)), rng.integers(0, K, (T, N))
    weights, mask = rng.uniform(0.5, 1, (T, N)), np.ones((T, N), bool)
    mask[3:, 1] = False
    weights[~mask] = 0

    def loss():
        return cross_entropy(model.forward(ids, mask=mask), targets, weights)[0]

    _, dlogits = cross_entropy(model.forward(ids, mask=mask), targets, weights)
    assert model.backward(dlogits) is None
    worst = assert_gradients(loss, copies(model.grads), model.params)
    measured(f"model with {layer.__name__} against differences", f"worst {worst:.1e}")


def test_a_model_of_numbers_gives_the_gradient_of_its_inputs(rng):
    model = model_of(rng, embedded=False)
    xs, targets = rng.normal(size=(T, N, D)), rng.normal(size=(T, N, K))
    _, dys = squared_error(model.forward(xs), targets)
    dxs = model.backward(dys)
    assert_gradients(
        lambda: squared_error(model.forward(xs), targets)[0],
        {"xs": dxs, **copies(model.grads)},
        {"xs": xs, **model.params},
    )


def test_a_model_is_its_parts_one_after_the_other(rng):
    model = model_of(rng)
    ids, h0 = rng.integers(0, K, (T, N)), rng.normal(size=(N, H))
    mask = rng.uniform(size=(T, N)) < 0.7
    ys = model.forward(ids, h0, mask)
    xs = model.embed.params["W_e"][ids]
    hs = model.layer.forward(xs, h0=h0, mask=mask)
    np.testing.assert_array_equal(ys, model.readout.forward(hs))
    assert model.dtype == np.float64
    parts = [model.embed, model.layer, model.readout]
    assert list(model.params) == [name for part in parts for name in part.params]
    assert model.params.keys() == model.grads.keys()


def test_parameters_and_gradients_of_a_model_are_those_of_its_parts(rng):
    model = model_of(rng)
    for part in (model.embed, model.layer, model.readout):
        for name in part.params:
            assert np.shares_memory(model.params[name], part.params[name])
            assert np.shares_memory(model.grads[name], part.grads[name])
    with pytest.raises(TypeError, match="does not support item assignment"):
        model.params["b_y"] = np.zeros(K)


def pickled(model):
    return pickle.loads(pickle.dumps(model))


@pytest.mark.parametrize("how", [copy.deepcopy, pickled])
def test_a_copy_of_a_model_has_parameters_of_its_own(rng, how):
    model = model_of(rng)
    ids = rng.integers(0, K, (T, N))
    twin = how(model)
    np.testing.assert_array_equal(twin.forward(ids), model.forward(ids))
    before = model.forward(ids)
    for a in twin.params.values():
        a += 1
    assert not np.array_equal(twin.forward(ids), before)
    np.testing.assert_array_equal(model.forward(ids), before)


def test_parts_that_do_not_fit_together_are_refused(rng):
    layer, readout = engine.GRU(D, H, rng), Dense(H, K, rng)
    with pytest.raises(ValueError, match="two parts of the model have a param"):
        Model(layer, readout, Dense(D, D, rng))
    with pytest.raises(ValueError, match=r"one dtype, got \['float32', 'float64'\]"):
        Model(layer, Dense(H, K, rng, np.float64))
