"""Compute tests/golden/golden.npz: what other programs say about the printed equations.

Outputs and all gradients come from PyTorch's automatic differentiation, in float64, of
the equations of `gru_lesson.cell` and `gru_lesson.rnn` written out with its operations
(not from its nn.GRU, which applies the reset gate after the product). The outputs of
the GRU come from ONNX Runtime too, in float32. With the extra `parity` installed::

    python tests/golden/make_golden.py
"""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch

GOLDEN = Path(__file__).with_name("golden.npz")
GRU = ("W_xz", "W_hz", "b_z", "W_xr", "W_hr", "b_r", "W_xh", "W_hh", "b_h")
ELMAN = ("W_xh", "W_hh", "b_h")
SIZES = [(1, 1, 1, 1), (1, 3, 2, 4), (5, 1, 4, 2), (7, 4, 3, 5), (25, 2, 4, 6)]


def problem(names, T, N, D, H, seed):
    """Draw xs, h0, the parameters and the weights dhs of the loss (dhs * hs).sum()."""
    rng = np.random.default_rng(seed)
    shape = {"W_x": (D, H), "W_h": (H, H)}
    arrays = {"xs": rng.normal(size=(T, N, D)), "h0": rng.uniform(-1, 1, (N, H))}
    for name in names:
        arrays[name] = rng.uniform(-1, 1, shape.get(name[:3], (H,)))
    return arrays, rng.normal(size=(T, N, H))


def gru_states(xs, h0, p):
    """Run the printed equations of the GRU on torch tensors."""
    h, hs = h0, []
    for x in xs:
        z = torch.sigmoid(x @ p["W_xz"] + h @ p["W_hz"] + p["b_z"])
        r = torch.sigmoid(x @ p["W_xr"] + h @ p["W_hr"] + p["b_r"])
        h_tilde = torch.tanh(x @ p["W_xh"] + (r * h) @ p["W_hh"] + p["b_h"])
        h = z * h + (1 - z) * h_tilde
        hs.append(h)
    return torch.stack(hs)


def elman_states(xs, h0, p):
    """Run the printed equation of the Elman network on torch tensors."""
    h, hs = h0, []
    for x in xs:
        h = torch.tanh(x @ p["W_xh"] + h @ p["W_hh"] + p["b_h"])
        hs.append(h)
    return torch.stack(hs)


def torch_rnn_states(xs, h0, p):
    """Run PyTorch's own Elman network, which has its weights transposed."""
    _, _, D = xs.shape
    rnn = torch.nn.RNN(D, h0.shape[1], dtype=xs.dtype)
    weights = (p["W_xh"].T, p["W_hh"].T, p["b_h"], torch.zeros_like(p["b_h"]))
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    values = dict(zip(names, weights, strict=True))
    return torch.func.functional_call(rnn, values, (xs, h0[None]))[0]


def autograd(states, arrays, dhs):
    """Return the states and, under "d" + name, the gradient of every array."""
    tensors = {k: torch.tensor(a, requires_grad=True) for k, a in arrays.items()}
    p = {k: t for k, t in tensors.items() if k not in ("xs", "h0")}
    hs = states(tensors["xs"], tensors["h0"], p)
    grads = torch.autograd.grad((hs * torch.tensor(dhs)).sum(), list(tensors.values()))
    named = {f"d{k}": g.numpy() for k, g in zip(tensors, grads, strict=True)}
    return {"hs": hs.detach().numpy(), **named}


def onnx_states(arrays):
    """Run ONNX Runtime's GRU with the reset gate before the product, in float32.

    ONNX stacks the gates z, r, h, each block (H, D) or (H, H): our weights transposed.
    B holds the three biases of the input, then three of the state, which stay zero.
    """
    a = {name: array.astype(np.float32) for name, array in arrays.items()}
    N, H = a["h0"].shape
    biases = [a[f"b_{gate}"] for gate in "zrh"]
    values = {
        "X": a["xs"],
        "W": np.concatenate([a[f"W_x{gate}"].T for gate in "zrh"])[None],
        "R": np.concatenate([a[f"W_h{gate}"].T for gate in "zrh"])[None],
        "B": np.concatenate([*biases, np.zeros(3 * H, np.float32)])[None],
        "initial_h": a["h0"][None],
    }
    inputs = ["X", "W", "R", "B", "", "initial_h"]
    node = onnx.helper.make_node(
        "GRU", inputs, ["Y"], hidden_size=H, linear_before_reset=0
    )
    real = onnx.TensorProto.FLOAT
    info = onnx.helper.make_tensor_value_info
    graph = onnx.helper.make_graph(
        [node],
        "gru",
        [info(name, real, array.shape) for name, array in values.items()],
        [info("Y", real, [len(a["xs"]), 1, N, H])],
    )
    opset = [onnx.helper.make_opsetid("", 22)]
    model = onnx.helper.make_model(graph, opset_imports=opset, ir_version=10)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    return session.run(["Y"], values)[0][:, 0]


def gru_case(*sizes, seed):
    """Compute one case of the GRU: inputs, outputs, gradients."""
    arrays, dhs = problem(GRU, *sizes, seed)
    answers = autograd(gru_states, arrays, dhs)
    return {**arrays, "dhs": dhs, **answers, "hs_onnx": onnx_states(arrays)}


def elman_case(*sizes, seed):
    """Compute one case of the Elman network, and check it against torch.nn.RNN."""
    arrays, dhs = problem(ELMAN, *sizes, seed)
    answers = autograd(elman_states, arrays, dhs)
    for name, value in autograd(torch_rnn_states, arrays, dhs).items():
        np.testing.assert_allclose(answers[name], value, rtol=1e-11, atol=1e-11)
    return {**arrays, "dhs": dhs, **answers}


def make():
    """Compute all cases as one flat dict, "gru/0/xs" and so on."""
    torch.set_num_threads(1)
    golden = {}
    for cell, case in (("gru", gru_case), ("elman", elman_case)):
        for seed, sizes in enumerate(SIZES):
            arrays = case(*sizes, seed=seed)
            golden |= {f"{cell}/{seed}/{k}": array for k, array in arrays.items()}
    programs = (np, torch, onnx, onnxruntime)
    versions = ", ".join(f"{m.__name__} {m.__version__}" for m in programs)
    return {**golden, "versions": np.array(versions)}


if __name__ == "__main__":
    np.savez_compressed(GOLDEN, **make())
    print(f"{GOLDEN.name}: {GOLDEN.stat().st_size / 1000:.0f} kB")
