"""The layers of the engine: the taught numbers, initial biases, masks, refusals."""

import copy
import importlib
import os
import pickle

import numpy as np
import pytest
from gradients import named_gradients

from gru_lesson import engine
from gru_lesson.bptt import gru_backward, gru_forward
from gru_lesson.cell import gru_step, gru_step_backward, init_params
from gru_lesson.gradcheck import relative_error
from gru_lesson.lstm import (
    init_lstm_params,
    lstm_backward,
    lstm_forward,
    lstm_step,
    lstm_step_backward,
)
from gru_lesson.rnn import (
    init_rnn_params,
    rnn_backward,
    rnn_forward,
    rnn_step,
    rnn_step_backward,
)

TAUGHT = {
    "GRU": (gru_step, gru_step_backward, gru_forward, gru_backward, init_params),
    "LSTM": (
        lstm_step,
        lstm_step_backward,
        lstm_forward,
        lstm_backward,
        init_lstm_params,
    ),
    "RNN": (rnn_step, rnn_step_backward, rnn_forward, rnn_backward, init_rnn_params),
}
KINDS = list(TAUGHT)
each = pytest.mark.parametrize("kind", KINDS)
either = pytest.mark.parametrize("dtype", [np.float64, np.float32])
LIMIT = {np.float64: 1e-12, np.float32: 3e-5}


def make(kind, *sizes, seed=0, dtype=np.float64, **more):
    """Return a layer with large weights, so that no part of it can be left out."""
    rng = np.random.default_rng(seed)
    layer = getattr(engine, kind)(*sizes, rng, dtype=dtype, **more)
    for array in layer.params.values():
        array[...] = rng.normal(size=array.shape)
    return layer


def problem(kind, seed=0, dtype=np.float64):
    """Draw sizes, xs, an initial state, dhs and a mask."""
    rng = np.random.default_rng([seed, KINDS.index(kind)])
    T, N, D, H = (int(n) for n in rng.integers(1, [15, 6, 6, 9]))
    shapes = (T, N, D), (N, H), (N, H), (T, N, H)
    xs, h0, c0, dhs = (rng.normal(size=shape).astype(dtype) for shape in shapes)
    start = (h0, c0) if kind == "LSTM" else h0
    return (D, H), xs, start, dhs, rng.random((T, N)) < 0.6


def flat(start):
    return start if isinstance(start, tuple) else (start,)


def like(start, arrays):
    return tuple(arrays) if isinstance(start, tuple) else arrays[0]


def in_double(values):
    if isinstance(values, tuple):
        return tuple(in_double(value) for value in values)
    if isinstance(values, dict):
        return {name: in_double(value) for name, value in values.items()}
    return values.astype(np.float64)


def taught(kind, p, xs, start, dhs, mask):
    """Run the taught step over a sequence; a masked step is left out."""
    step, step_backward, *_ = TAUGHT[kind]
    state, caches, hs = start, [], []
    for x, real in zip(xs, mask[:, :, None], strict=True):
        new, cache = step(x, state, p)
        pairs = zip(flat(new), flat(state), strict=True)
        state = like(start, [np.where(real, a, b) for a, b in pairs])
        caches.append(cache)
        hs.append(flat(state)[0])
    grads = {name: np.zeros_like(value) for name, value in p.items()}
    d, dxs = [np.zeros_like(a) for a in flat(start)], []
    for t in reversed(range(len(xs))):
        real = mask[t][:, None]
        d[0] = d[0] + dhs[t]
        into = like(start, [part * real for part in d])
        dx, dprev, more = step_backward(into, caches[t], p)
        dprev = flat(dprev)
        d = [a + b * ~real for a, b in zip(dprev, d, strict=True)]
        dxs.append(dx)
        for name in grads:
            grads[name] += more[name]
    return np.stack(hs), np.stack(dxs[::-1]), tuple(d), grads


def run(layer, xs, start, dhs, mask=None):
    hs = layer.forward(xs, start, mask)
    dxs, dstart = layer.backward(dhs)
    return hs, dxs, flat(dstart), {n: g.copy() for n, g in layer.grads.items()}


def errors(got, expected):
    """Return the relative error of each output and gradient by name."""
    pairs = {"hs": (got[0], expected[0]), "dxs": (got[1], expected[1])}
    starts = zip(got[2], expected[2], strict=True)
    pairs |= {f"dstart{k}": pair for k, pair in enumerate(starts)}
    pairs |= {name: (got[3][name], expected[3][name]) for name in expected[3]}
    return {
        n: relative_error(np.float64(a), np.float64(b)) for n, (a, b) in pairs.items()
    }


# --- the taught numbers ---------------------------------------------------------------


@each
@either
@pytest.mark.parametrize("masked", [False, True])
def test_a_layer_computes_what_the_taught_steps_do(kind, dtype, masked, measured):
    worst = 0.0
    for seed in range(40):
        sizes, xs, start, dhs, mask = problem(kind, seed, dtype)
        mask = mask if masked else mask | True
        layer = make(kind, *sizes, seed=seed, dtype=dtype)
        got = run(layer, xs, start, dhs, mask if masked else None)
        p, *given = map(in_double, (dict(layer.params), xs, start, dhs))
        expected = taught(kind, p, *given, mask)
        assert all(a.dtype == dtype for a in (*got[:2], *got[2], *got[3].values()))
        worst = max(worst, *errors(got, expected).values())
    assert worst <= LIMIT[dtype]
    label = f"engine.{kind} against taught, {np.dtype(dtype)}{', masked' * masked}"
    measured(label, f"worst {worst:.1e}")


@each
def test_a_layer_takes_and_gives_what_the_taught_functions_do(kind):
    sizes, xs, start, dhs, _ = problem(kind, 3)
    layer = make(kind, *sizes)
    hs, dxs, dstart, grads = run(layer, xs, start, dhs)
    *_, forward, backward, _ = TAUGHT[kind]
    expected, caches = forward(xs, start, layer.params)
    assert relative_error(hs, expected) <= 1e-12
    gradients = named_gradients(backward, dhs, caches, layer.params)
    named = grads | {"xs": dxs} | dict(zip(("h0", "c0"), dstart, strict=False))
    assert gradients.keys() == named.keys()
    for name, value in gradients.items():
        assert relative_error(named[name], value) <= 1e-12, name


@each
def test_parameters_are_drawn_as_the_taught_ones(kind):
    layer = getattr(engine, kind)(3, 5, np.random.default_rng(7), dtype=np.float64)
    expected = TAUGHT[kind][-1](3, 5, np.random.default_rng(7))
    assert list(layer.params) == list(expected)
    for name, value in expected.items():
        assert np.array_equal(layer.params[name], value), name


@each
def test_gradients_are_zero_before_backward(kind):
    layer = make(kind, 3, 5)
    assert layer.grads.keys() == layer.params.keys()
    assert not any(gradient.any() for gradient in layer.grads.values())


@each
def test_no_initial_state_is_zero(kind):
    sizes, xs, start, dhs, _ = problem(kind, 1)
    layer = make(kind, *sizes)
    got = run(layer, xs, None, dhs)
    zero = like(start, [np.zeros_like(a) for a in flat(start)])
    assert max(errors(got, run(layer, xs, zero, dhs)).values()) == 0


@each
def test_a_masked_step_copies_the_state_to_the_bit(kind):
    sizes, xs, start, dhs, mask = problem(kind, 4)
    layer = make(kind, *sizes)
    before = np.concatenate([flat(start)[0][None], layer.forward(xs, start, mask)])
    assert not mask.all()
    assert np.array_equal(before[1:][~mask], before[:-1][~mask])
    # what stands there does not matter, and gets no gradient
    dxs, _ = layer.backward(dhs)
    assert (dxs[~mask] == 0).all()
    other = np.where(mask[:, :, None], xs, 99.0)
    assert np.array_equal(layer.forward(other, start, mask), before[1:])


@each
def test_a_sequence_that_is_all_mask_changes_nothing(kind):
    sizes, xs, start, dhs, mask = problem(kind, 5)
    layer = make(kind, *sizes)
    hs, dxs, dstart, grads = run(layer, xs, start, dhs, mask & False)
    assert np.array_equal(hs, np.broadcast_to(flat(start)[0], hs.shape))
    assert not dxs.any()
    assert not any(g.any() for g in grads.values())
    assert relative_error(dstart[0], dhs.sum(axis=0)) <= 1e-15


def test_gates_are_those_of_the_taught_steps():
    sizes, xs, start, *_ = problem("GRU", 6)
    layer = make("GRU", *sizes)
    layer.forward(xs, start)
    _, caches = gru_forward(xs, start, layer.params)
    gates = layer.gates()
    assert set(gates) == {"z", "r", "h_tilde"}
    for name, value in gates.items():
        assert (
            relative_error(value, np.stack([getattr(c, name) for c in caches])) < 1e-12
        )

    sizes, xs, start, *_ = problem("LSTM", 6)
    layer = make("LSTM", *sizes)
    layer.forward(xs, start)
    _, caches = lstm_forward(xs, start, layer.params)
    gates = layer.gates()
    assert set(gates) == {"f", "i", "o", "c_tilde", "c"}
    for name, value in gates.items():
        assert (
            relative_error(value, np.stack([getattr(c, name) for c in caches])) < 1e-12
        )
    layer.forward(-xs, start)
    again = layer.gates()
    assert not np.array_equal(gates["f"], again["f"])  # the first were copies
    rnn = make("RNN", 2, 3)
    rnn.forward(np.ones((2, 1, 2)))
    assert rnn.gates() == {}


def test_gates_of_a_masked_step_keep():
    layers = {"GRU": {"z": 1}, "LSTM": {"f": 1, "i": 0, "o": 0}}
    for kind, keeping in layers.items():
        sizes, xs, start, _, mask = problem(kind, 7)
        layer = make(kind, *sizes)
        layer.forward(xs, start, mask)
        for name, value in keeping.items():
            assert (layer.gates()[name][~mask] == value).all()
            assert not (layer.gates()[name][mask] == value).any()


# --- buffers --------------------------------------------------------------------------


@each
def test_what_was_returned_is_not_overwritten(kind):
    sizes, xs, start, dhs, _ = problem(kind, 8)
    layer = make(kind, *sizes)
    hs = layer.forward(xs, start)
    dxs, dstart = layer.backward(dhs)
    kept = [a.copy() for a in (hs, dxs, *flat(dstart))]
    run(layer, -xs, None, -dhs)
    for array, copied in zip((hs, dxs, *flat(dstart)), kept, strict=True):
        assert np.array_equal(array, copied)


@each
def test_nothing_given_is_overwritten(kind):
    sizes, xs, start, dhs, mask = problem(kind, 8)
    given = [a.copy() for a in (xs, dhs, mask, *flat(start))]
    run(make(kind, *sizes), xs, start, dhs, mask)
    for array, copied in zip((xs, dhs, mask, *flat(start)), given, strict=True):
        assert np.array_equal(array, copied)


@each
def test_backward_twice_is_backward_once(kind):
    sizes, xs, start, dhs, mask = problem(kind, 9)
    layer = make(kind, *sizes)
    once = run(layer, xs, start, dhs, mask)
    dxs, dstart = layer.backward(dhs)
    twice = once[0], dxs, flat(dstart), layer.grads
    assert max(errors(twice, once).values()) == 0


@each
def test_two_layers_and_other_lengths_do_not_disturb_each_other(kind):
    sizes, xs, start, dhs, mask = problem(kind, 10)
    alone = run(make(kind, *sizes, seed=1), xs, start, dhs, mask)
    one, two = (make(kind, *sizes, seed=seed) for seed in (1, 2))
    run(one, np.concatenate([xs, xs]), start, np.concatenate([dhs, dhs]))
    hs = one.forward(xs, start, mask)
    run(two, 2 * xs, None, dhs)
    dxs, dstart = one.backward(dhs)
    assert max(errors((hs, dxs, flat(dstart), one.grads), alone).values()) == 0


@each
def test_other_floats_are_converted(kind):
    sizes, xs, start, dhs, _ = problem(kind, 11, np.float32)
    layer = make(kind, *sizes, dtype=np.float32)
    single = run(layer, xs, start, dhs)
    double = run(layer, *map(in_double, (xs, start, dhs)))
    assert max(errors(double, single).values()) == 0
    assert double[0].dtype == np.float32


@each
def test_a_gradient_that_vanishes_does_not_end_in_subnormal_numbers(kind):
    # a processor may calculate many times slower with those
    layer = getattr(engine, kind)(2, 8, np.random.default_rng(0))
    for name, array in layer.params.items():
        array *= 0.3 if name.startswith("W_h") else 1
    xs = np.random.default_rng(1).normal(size=(400, 4, 2)).astype(np.float32)
    dhs = np.zeros((400, 4, 8), np.float32)
    dhs[-1] = 1
    layer.forward(xs)
    dxs, dstart = layer.backward(dhs)
    assert not np.any(flat(dstart)[0])
    size = np.abs(dxs)
    assert not ((size > 0) & (size < np.finfo(np.float32).tiny)).any()


# --- parameters by name ---------------------------------------------------------------


@each
def test_what_is_written_into_parameters_takes_effect(kind):
    sizes, xs, *_ = problem(kind, 12)
    layer = make(kind, *sizes)
    first = layer.forward(xs)
    for name in layer.params:
        old = layer.params[name].copy()
        layer.params[name][:] = old + 0.5
        changed = layer.forward(xs)
        assert not np.array_equal(changed, first), name
        layer.params[name] = old
        assert np.array_equal(layer.forward(xs), first)
        layer.params.update({name: old + 0.5})
        assert np.array_equal(layer.forward(xs), changed)
        layer.params[name] -= 0.5
        layer.params[name] = old


def test_an_unknown_name_is_not_lost():
    layer = make("GRU", 2, 3)
    for write in (
        lambda: layer.params.__setitem__("W_hx", np.ones((3, 3))),
        lambda: layer.params.update(b_x=np.ones(3)),
    ):
        with pytest.raises(KeyError, match=r"only W_xz, W_hz, b_z, W_xr"):
            write()
    with pytest.raises(AttributeError):
        layer.params = {}


@each
def test_parameters_are_loaded_when_they_fit(kind):
    layer = make(kind, 3, 4)
    p = TAUGHT[kind][-1](3, 4, np.random.default_rng(5))
    layer.load(p)
    for name, value in p.items():
        assert np.array_equal(layer.params[name], value)
    with pytest.raises(ValueError, match="D = 3 inputs and H = 4 units"):
        layer.load(TAUGHT[kind][-1](2, 4, np.random.default_rng(5)))
    with pytest.raises(ValueError, match="p has no"):
        layer.load({})


@each
def test_a_copy_of_a_layer_stands_alone(kind):
    sizes, xs, start, dhs, _ = problem(kind, 13)
    layer = make(kind, *sizes)
    before = run(layer, xs, start, dhs)
    for other in (copy.deepcopy(layer), pickle.loads(pickle.dumps(layer))):
        assert max(errors(run(other, xs, start, dhs), before).values()) == 0
        for array in other.params.values():
            array[:] = 0
        assert max(errors(run(layer, xs, start, dhs), before).values()) == 0
    kept = copy.deepcopy(layer.params)
    layer.params.update({name: 0 * value for name, value in kept.items()})
    assert all(value.any() for value in kept.values())
    assert type(kept) is dict


# --- initial bias of the gates --------------------------------------------------------


def test_a_number_is_the_bias_of_the_gate_that_keeps():
    gru = engine.GRU(2, 5, np.random.default_rng(0), gate_bias=1.5)
    assert (gru.params["b_z"] == 1.5).all()
    lstm = engine.LSTM(2, 5, np.random.default_rng(0), gate_bias=np.float32(1.5))
    assert (lstm.params["b_f"] == 1.5).all()
    rest = {
        k: v for p in (gru.params, lstm.params) for k, v in p.items() if k[0] == "b"
    }
    assert not any(v.any() for k, v in rest.items() if k not in ("b_z", "b_f"))


def test_chrono_spreads_the_memory_over_the_longest():
    longest, H = 50, 1000
    kinds = {"GRU": "b_z", "LSTM": "b_f"}
    for kind, name in kinds.items():
        rng = np.random.default_rng(0)
        layer = getattr(engine, kind)(1, H, rng, gate_bias=("chrono", longest))
        steps = np.exp(layer.params[name].astype(float))
        assert steps.min() >= 1
        assert steps.max() <= longest - 1 + 1e-4
        # uniform: mean and variance within four standard errors
        width = longest - 2
        assert abs(steps.mean() - longest / 2) < 4 * width / np.sqrt(12 * H)
        assert abs(steps.var() / (width**2 / 12) - 1) < 4 * np.sqrt(0.8 / H)
    assert np.array_equal(layer.params["b_i"], -layer.params["b_f"])


@pytest.mark.parametrize("kind", ["GRU", "LSTM"])
@pytest.mark.parametrize(
    "bias",
    [None, "chrono", ("chrono",), ("chrono", 2), ("chrono", np.inf), ("chrono", "9"),
     ("uniform", 9), np.nan, np.ones(5), 1j],
)  # fmt: skip
def test_any_other_bias_is_refused(kind, bias):
    with pytest.raises(ValueError, match=r"gate_bias must be a number or \('chrono'"):
        getattr(engine, kind)(2, 5, np.random.default_rng(0), gate_bias=bias)


# --- refusals -------------------------------------------------------------------------


@each
@pytest.mark.parametrize(
    ("changed", "error", "words"),
    [
        ({"xs": np.ones((4, 2, 5))}, ValueError, r"xs must have shape \(T, N, 3\)"),
        ({"xs": np.ones((2, 3))}, ValueError, "batch axis"),
        ({"xs": np.ones((4, 2, 3), int)}, TypeError, "xs must hold floats"),
        ({"xs": [[[1.0]]]}, TypeError, "xs must be a NumPy array"),
        ({"xs": np.full((4, 2, 3), np.nan)}, ValueError, "xs must be finite"),
        ({"h0": np.ones((3, 4))}, ValueError, r"h0 must have shape \(2, 4\)"),
        ({"h0": np.ones((2, 4), int)}, TypeError, "h0 must hold floats"),
        ({"h0": np.full((2, 4), np.inf)}, ValueError, "h0 must be finite"),
        ({"mask": np.ones((2, 4), bool)}, ValueError, r"mask must have shape \(4, 2\)"),
        ({"mask": np.ones((4, 2))}, TypeError, "mask must be a NumPy array of bool"),
        ({"mask": [[True] * 2] * 4}, TypeError, "mask must be .* of bool, got list"),
    ],
)
def test_forward_names_what_does_not_fit(kind, changed, error, words):
    given = {"xs": np.ones((4, 2, 3)), "h0": np.ones((2, 4)), "mask": None} | changed
    if kind == "LSTM":
        given["h0"] = given["h0"], np.ones((2, 4))
    with pytest.raises(error, match=words):
        make(kind, 3, 4).forward(**given)


def test_an_lstm_needs_the_pair():
    with pytest.raises(TypeError, match=r"pair \(h0, c0\)"):
        make("LSTM", 3, 4).forward(np.ones((4, 2, 3)), np.ones((2, 4)))


@each
def test_backward_names_what_does_not_fit(kind):
    layer = make(kind, 3, 4)
    for early in (lambda: layer.backward(np.ones((4, 2, 4))), layer.gates):
        with pytest.raises(RuntimeError, match="needs a forward pass before it"):
            early()
    layer.forward(np.ones((4, 2, 3)))
    for dhs, error, words in [
        (np.ones((4, 3, 4)), ValueError, r"dhs must have shape \(4, 2, 4\)"),
        (np.ones((4, 2, 4), int), TypeError, "dhs must hold floats"),
        (None, TypeError, "dhs must be a NumPy array"),
        (np.full((4, 2, 4), np.nan), ValueError, "dhs must be finite"),
    ]:
        with pytest.raises(error, match=words):
            layer.backward(dhs)


@each
def test_a_refused_forward_leaves_the_last_one(kind):
    sizes, xs, start, dhs, _ = problem(kind, 14)
    layer = make(kind, *sizes)
    before = run(layer, xs, start, dhs)
    with pytest.raises(ValueError, match="finite"):
        layer.forward(np.full((3, 2, sizes[0]), np.nan))
    dxs, dstart = layer.backward(dhs)
    assert (
        max(errors((before[0], dxs, flat(dstart), layer.grads), before).values()) == 0
    )


@each
def test_a_layer_is_refused_that_cannot_be_made(kind):
    rng, build = np.random.default_rng(0), getattr(engine, kind)
    for sizes in ((0, 3), (3, 0)):
        with pytest.raises(ValueError, match="D and H from 1 up"):
            build(*sizes, rng)
    with pytest.raises(ValueError, match="got 2, 3 and int64"):
        build(2, 3, rng, dtype=np.int64)
    with pytest.raises(TypeError, match="rng must be a numpy Generator, got int"):
        build(2, 3, 0)


# --- the benchmark compares equal work ------------------------------------------------


@pytest.fixture
def benchmark():
    return importlib.import_module("benchmark.engine")


def answer(benchmark, name):
    """Return what a contestant computes at a small size; skip where it is missing."""
    given = benchmark.problem(5, 3, 2, 4)
    for layer in given[2:]:
        kind = type(layer).__name__
        layer.params.update(make(kind, 2, 4, dtype=np.float32).params)
    step = benchmark.make(name, *given)
    if step is None and "CI" not in os.environ:
        pytest.skip(f"{name} is not installed")
    hs, dxs, grads = step(convert=True) if "torch" in name else step()
    return hs, dxs, (), {name: np.asarray(array) for name, array in grads.items()}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("taught, GRU", "GRU"),
        pytest.param("JAX scan, GRU", "GRU", marks=pytest.mark.slow),
        pytest.param("torch.nn.LSTM", "LSTM", marks=pytest.mark.slow),
    ],
)
def test_a_contestant_computes_what_ours_does(benchmark, name, kind):
    theirs, ours = answer(benchmark, name), answer(benchmark, f"ours, {kind}")
    assert theirs[3].keys() == ours[3].keys()
    assert all(theirs[3][name].shape == ours[3][name].shape for name in ours[3])
    assert max(errors(theirs, ours).values()) <= 1e-5


@pytest.mark.slow
def test_the_gru_of_torch_does_the_same_work_on_another_function(benchmark):
    theirs = answer(benchmark, "torch.nn.GRU (reset after)")
    ours = answer(benchmark, "ours, GRU")
    assert theirs[3].keys() == ours[3].keys()
    assert all(theirs[3][name].shape == ours[3][name].shape for name in ours[3])
    assert theirs[1].shape == ours[1].shape
    assert np.abs(theirs[0] - ours[0]).max() > 0.01


def test_the_floor_makes_the_products_of_our_gru(benchmark, monkeypatch):
    given = benchmark.problem(5, 3, 2, 4)
    multiply, count = np.matmul, {}

    def counted(a, b, **options):
        product = multiply(a, b, **options)
        count[name] = count.get(name, 0) + product.size * a.shape[-1]
        return product

    monkeypatch.setattr(np, "matmul", counted)
    for name in ("ours, GRU", "floor, GRU"):
        benchmark.make(name, *given)()
    assert count["ours, GRU"] == count["floor, GRU"] > 0


def test_the_table_says_what_is_missing(benchmark, monkeypatch):
    def missing(*_):
        raise ImportError

    for name in ("torch.nn.LSTM", "torch.nn.GRU (reset after)", "JAX scan, GRU"):
        kind = benchmark.CONTESTANTS[name][1]
        monkeypatch.setitem(benchmark.CONTESTANTS, name, (missing, kind))
    (row,) = results = benchmark.run([(2, 1, 1, 2)], rounds=3)
    assert row["ratio"] is None
    assert 0 < row["floor_share"] < 1
    head, _, line = benchmark.table(results).splitlines()
    assert len(head.split("|")) == len(line.split("|"))
    assert line.count("not installed") == 4
