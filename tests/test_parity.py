"""The package against other programs, live; needs the extra `parity`."""

import importlib
import os

import numpy as np
import pytest
from gradients import named_gradients, named_outputs, start

from gru_lesson.bptt import gru_backward, gru_forward
from gru_lesson.gradcheck import relative_error
from gru_lesson.losses import cross_entropy, squared_error
from gru_lesson.lstm import lstm_backward, lstm_forward
from gru_lesson.optim import SGD, Adam, clip
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
        hs, caches = forward(arrays["xs"], start(arrays), p)
        ours = named_outputs(hs, caches)
        for name, gradient in named_gradients(backward, dhs, caches, p).items():
            ours[f"d{name}"] = gradient
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


@pytest.mark.parametrize("states", ["lstm_states", "torch_lstm_states"])
def test_lstm_agrees_with_automatic_differentiation(programs, states, measured):
    states = getattr(programs, states)
    worst = worst_against(programs, states, programs.LSTM, lstm_forward, lstm_backward)
    measured(f"lstm against PyTorch {states.__name__}", f"worst {worst:.1e}")


def test_lstm_agrees_with_onnx_runtime_in_single_precision(programs, measured):
    worst = 0.0
    for seed, sizes in enumerate(random_sizes(30), FRESH):
        arrays, _ = programs.problem(programs.LSTM, *sizes, seed)
        single = {name: a.astype(np.float32) for name, a in arrays.items()}
        p = {name: single[name] for name in programs.LSTM}
        ours = named_outputs(*lstm_forward(single["xs"], start(single), p))
        theirs = programs.onnx_states(arrays, "LSTM")
        for array, their in zip(ours.values(), theirs, strict=True):
            difference = np.abs(array - their).max()
            assert difference <= 1e-6, (sizes, seed, difference)
            worst = max(worst, difference)
    measured("lstm against ONNX Runtime, 30 fresh problems", f"worst {worst:.1e}")


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


def test_losses_agree_with_pytorch(programs, measured):
    torch, rng = programs.torch, np.random.default_rng(FRESH)
    theirs = torch.nn.functional
    worst = {np.float32: 0.0, np.float64: 0.0}
    for _ in range(30):
        size = int(rng.integers(1, 30)), int(rng.integers(2, 20))
        ys = 10 ** rng.uniform(-2, 2) * rng.normal(size=size)
        numbers, symbols = rng.normal(size=size), rng.integers(0, size[1], size[0])
        for dtype in worst:
            for our, their, targets in (
                (squared_error, theirs.mse_loss, numbers.astype(dtype)),
                (cross_entropy, theirs.cross_entropy, symbols),
            ):
                tensor = torch.tensor(ys.astype(dtype), requires_grad=True)
                expected = their(tensor, torch.tensor(targets))
                expected.backward()
                loss, dys = our(ys.astype(dtype), targets)
                error = abs(loss - expected.item()) / max(expected.item(), 1e-3)
                worst[dtype] = max(worst[dtype], error)
                error = relative_error(dys, tensor.grad.numpy())
                worst[dtype] = max(worst[dtype], error)
    assert worst[np.float32] <= 1e-6
    assert worst[np.float64] <= 1e-12
    measured("losses against PyTorch", f"worst {worst[np.float64]:.1e}")


OPTIMIZERS = {
    "plain": (SGD, {"rate": 0.1}),
    "momentum": (SGD, {"rate": 0.05, "momentum": 0.9}),
    "Adam": (Adam, {"rate": 0.01}),
    "another Adam": (Adam, {"rate": 0.1, "betas": (0.5, 0.9), "epsilon": 1e-3}),
}


@pytest.mark.parametrize(("kind", "options"), OPTIMIZERS.values(), ids=OPTIMIZERS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_fifty_clipped_steps_agree_with_pytorch(
    programs, kind, options, dtype, measured
):
    torch, rng = programs.torch, np.random.default_rng(FRESH)
    shapes = {"W_xz": (3, 4), "b_z": (4,)}
    params = {k: rng.normal(size=s).astype(dtype) for k, s in shapes.items()}
    ours = kind(params, **options)
    tensors = {k: torch.tensor(a.copy(), requires_grad=True) for k, a in params.items()}
    names = {"rate": "lr", "epsilon": "eps"}
    theirs = getattr(torch.optim, kind.__name__)(
        tensors.values(), **{names.get(k, k): v for k, v in options.items()}
    )
    clipped, worst = 0, 0.0
    for _ in range(50):
        scale = 10 ** rng.uniform(-2, 1)
        grads = {
            k: (scale * rng.normal(size=s)).astype(dtype) for k, s in shapes.items()
        }
        for name, tensor in tensors.items():
            tensor.grad = torch.tensor(grads[name].copy())
        norm = torch.nn.utils.clip_grad_norm_(tensors.values(), 1.0).item()
        theirs.step()
        assert clip(grads, 1.0) == pytest.approx(norm, rel=1e-6)
        ours.step(grads)
        clipped += norm > 1
        for name, tensor in tensors.items():
            worst = max(worst, np.abs(params[name] - tensor.detach().numpy()).max())
    assert 10 < clipped < 40
    assert worst <= {np.float32: 1e-6, np.float64: 1e-12}[dtype]
    what = f"{kind.__name__} {options}, {np.dtype(dtype)}"
    measured(f"50 clipped steps against PyTorch, {what}", f"worst {worst:.1e}")


def test_golden_file_is_what_its_program_makes(programs, measured):
    fresh = programs.make()
    with np.load(programs.GOLDEN) as stored:
        assert set(stored) == fresh.keys()
        worst = {"onnx": 0.0, "the rest": 0.0}
        for key in fresh.keys() - {"versions"}:
            which = "onnx" if key.endswith("_onnx") else "the rest"
            worst[which] = max(worst[which], relative_error(fresh[key], stored[key]))
    assert worst["the rest"] <= 1e-12
    assert worst["onnx"] <= 1e-6
    measured("golden file made again", f"worst difference {worst['the rest']:.1e}")
