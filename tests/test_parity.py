"""The package against other programs, live; needs the extra `parity`."""

import importlib
import os

import numpy as np
import pytest
from gradients import named_gradients

from gru_lesson.bptt import gru_backward, gru_forward
from gru_lesson.gradcheck import relative_error
from gru_lesson.rnn import rnn_backward, rnn_forward

pytestmark = pytest.mark.slow
FRESH = 20_261_123  # the first seed; other problems than those of the golden file


@pytest.fixture(scope="module")
def programs():
    """Import make_golden; in CI a missing program is an error, no reason to skip."""
    if "CI" not in os.environ:
        for program in ("torch", "onnx", "onnxruntime"):
            pytest.importorskip(program)
    return importlib.import_module("golden.make_golden")


def random_sizes(count):
    rng = np.random.default_rng(FRESH)
    return [[int(n) for n in rng.integers(1, [20, 8, 12, 8])] for _ in range(count)]


def worst_against(programs, states, names, forward, backward):
    """Return the worst error of outputs and gradients over fresh random problems."""
    worst = 0.0
    for seed, sizes in enumerate(random_sizes(30), FRESH):
        arrays, dhs = programs.problem(names, *sizes, seed)
        p = {name: arrays[name] for name in names}
        hs, caches = forward(arrays["xs"], arrays["h0"], p)
        gradients = named_gradients(backward, dhs, caches, p)
        ours = {"hs": hs} | {f"d{name}": g for name, g in gradients.items()}
        theirs = programs.autograd(states, arrays, dhs)
        assert ours.keys() == theirs.keys()
        for name in ours:
            error = relative_error(ours[name], theirs[name])
            assert error <= 1e-12, (name, sizes, seed, error)
            worst = max(worst, error)
    return worst


def test_gru_agrees_with_automatic_differentiation(programs, measured):
    worst = worst_against(
        programs, programs.gru_states, programs.GRU, gru_forward, gru_backward
    )
    measured("gru against PyTorch autograd, 30 fresh problems", f"worst {worst:.1e}")


@pytest.mark.parametrize("states", ["elman_states", "torch_rnn_states"])
def test_elman_agrees_with_automatic_differentiation(programs, states, measured):
    states = getattr(programs, states)
    worst = worst_against(programs, states, programs.ELMAN, rnn_forward, rnn_backward)
    measured(f"elman against PyTorch {states.__name__}", f"worst {worst:.1e}")


def test_gru_agrees_with_onnx_runtime_in_single_precision(programs, measured):
    worst = 0.0
    for seed, sizes in enumerate(random_sizes(30), FRESH):
        arrays, _ = programs.problem(programs.GRU, *sizes, seed)
        single = {name: a.astype(np.float32) for name, a in arrays.items()}
        p = {name: single[name] for name in programs.GRU}
        hs, _ = gru_forward(single["xs"], single["h0"], p)
        difference = np.abs(hs - programs.onnx_states(arrays)).max()
        assert difference <= 1e-6, (sizes, seed, difference)
        worst = max(worst, difference)
    measured("gru against ONNX Runtime, 30 fresh problems", f"worst {worst:.1e}")


def test_torch_gru_is_another_function(programs):
    """PyTorch's nn.GRU resets after the product: this is what the lesson is not."""
    arrays, _ = programs.problem(programs.GRU, 7, 4, 3, 5, seed=0)
    torch = programs.torch
    gru = torch.nn.GRU(3, 5, dtype=torch.float64)
    values = {
        f"{kind}_{part}_l0": torch.tensor(
            np.concatenate([arrays[name.format(gate)].T for gate in "rzh"])
        )
        for kind, part, name in [
            ("weight", "ih", "W_x{}"),
            ("weight", "hh", "W_h{}"),
            ("bias", "ih", "b_{}"),
        ]
    }
    values["bias_hh_l0"] = torch.zeros(15, dtype=torch.float64)
    inputs = torch.tensor(arrays["xs"]), torch.tensor(arrays["h0"])[None]
    theirs = torch.func.functional_call(gru, values, inputs)[0].detach().numpy()
    p = {name: arrays[name] for name in programs.GRU}
    hs, _ = gru_forward(arrays["xs"], arrays["h0"], p)
    assert np.abs(hs - theirs).max() > 0.01


def test_the_lstm_of_before_you_start_is_that_of_torch(programs):
    torch, rng = programs.torch, np.random.default_rng(FRESH)
    T, N, D, H = 7, 4, 3, 5
    gates = "ifco"  # the order in which PyTorch stacks them
    W_x, W_h, b = ({g: rng.normal(size=s) for g in gates} for s in [(D, H), (H, H), H])
    xs, h, c = (rng.normal(size=s) for s in [(T, N, D), (N, H), (N, H)])
    values = [[W[g].T for g in gates] for W in (W_x, W_h, b)] + [[np.zeros(4 * H)]]
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    lstm = torch.nn.LSTM(D, H, dtype=torch.float64)
    for name, value in zip(names, values, strict=True):
        getattr(lstm, name).data = torch.tensor(np.concatenate(value))
    start = torch.tensor(h)[None], torch.tensor(c)[None]
    theirs = lstm(torch.tensor(xs), start)[0].detach().numpy()

    for t, x in enumerate(xs):  # the equations as the page prints them
        a = {g: x @ W_x[g] + h @ W_h[g] + b[g] for g in gates}
        f, i, o = (1 / (1 + np.exp(-a[g])) for g in "fio")
        c = f * c + i * np.tanh(a["c"])
        h = o * np.tanh(c)
        assert relative_error(h, theirs[t]) <= 1e-12


def test_golden_file_is_what_its_program_makes(programs, measured):
    fresh = programs.make()
    with np.load(programs.GOLDEN) as stored:
        assert set(stored) == fresh.keys()
        worst = {"hs_onnx": 0.0, "the rest": 0.0}
        for key in fresh.keys() - {"versions"}:
            which = "hs_onnx" if key.endswith("hs_onnx") else "the rest"
            worst[which] = max(worst[which], relative_error(fresh[key], stored[key]))
    assert worst["the rest"] <= 1e-12
    assert worst["hs_onnx"] <= 1e-6
    measured("golden file made again", f"worst difference {worst['the rest']:.1e}")
