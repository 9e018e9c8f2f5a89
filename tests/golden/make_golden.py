"""Compute tests/golden/golden.npz: what other programs say about the printed equations.

Outputs and all gradients come from PyTorch's automatic differentiation, in float64, of
the equations of `gru_lesson.cell`, `rnn` and `lstm` written out with its operations
(not from its nn.GRU, which applies the reset gate after the product). Its nn.RNN and
nn.LSTM must say the same. The outputs of the GRU and the LSTM come from ONNX Runtime
too, in float32. With the extra `parity` installed::

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
LSTM = tuple(f"{kind}{gate}" for gate in "fioc" for kind in ("W_x", "W_h", "b_"))
SIZES = [(1, 1, 1, 1), (1, 3, 2, 4), (5, 1, 4, 2), (7, 4, 3, 5), (25, 2, 4, 6)]


def problem(names, T, N, D, H, seed):
    """Draw xs, h0, the parameters and the weights dhs of the loss (dhs * hs).sum().

    An LSTM starts from c0 too.
    """
    rng = np.random.default_rng(seed)
    shape = {"W_x": (D, H), "W_h": (H, H)}
    arrays = {"xs": rng.normal(size=(T, N, D)), "h0": rng.uniform(-1, 1, (N, H))}
    for name in names:
        arrays[name] = rng.uniform(-1, 1, shape.get(name[:3], (H,)))
    dhs = rng.normal(size=(T, N, H))
    if names == LSTM:
        arrays["c0"] = rng.uniform(-1, 1, (N, H))
    return arrays, dhs


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


def lstm_states(xs, h0, p):
    """Run the printed equations of the LSTM on torch tensors; c0 stands in p."""
    h, c, hs = h0, p["c0"], []
    for x in xs:
        f = torch.sigmoid(x @ p["W_xf"] + h @ p["W_hf"] + p["b_f"])
        i = torch.sigmoid(x @ p["W_xi"] + h @ p["W_hi"] + p["b_i"])
        o = torch.sigmoid(x @ p["W_xo"] + h @ p["W_ho"] + p["b_o"])
        c_tilde = torch.tanh(x @ p["W_xc"] + h @ p["W_hc"] + p["b_c"])
        c = f * c + i * c_tilde
        h = o * torch.tanh(c)
        hs.append(h)
    return torch.stack(hs), c


def torch_lstm_states(xs, h0, p):
    """Run PyTorch's own LSTM: weights transposed, stacked i, f, g (our c), o."""
    gates = "ifco"
    W_x = torch.cat([p[f"W_x{gate}"].T for gate in gates])
    W_h = torch.cat([p[f"W_h{gate}"].T for gate in gates])
    b = torch.cat([p[f"b_{gate}"] for gate in gates])
    lstm = torch.nn.LSTM(xs.shape[2], h0.shape[1], dtype=xs.dtype)
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    values = dict(zip(names, (W_x, W_h, b, torch.zeros_like(b)), strict=True))
    start = h0[None], p["c0"][None]
    hs, (_, c) = torch.func.functional_call(lstm, values, (xs, start))
    return hs, c[0]


def autograd(states, arrays, dhs):
    """Return the states and, under "d" + name, the gradient of every array.

    An LSTM has a last cell state too, at which the loss does not look.
    """
    tensors = {k: torch.tensor(a, requires_grad=True) for k, a in arrays.items()}
    p = {k: t for k, t in tensors.items() if k not in ("xs", "h0")}
    answer = states(tensors["xs"], tensors["h0"], p)
    hs, *c_last = answer if isinstance(answer, tuple) else (answer,)
    grads = torch.autograd.grad((hs * torch.tensor(dhs)).sum(), list(tensors.values()))
    named = {f"d{k}": g.numpy() for k, g in zip(tensors, grads, strict=True)}
    named |= dict(zip(["c_last"], [c.detach().numpy() for c in c_last], strict=False))
    return {"hs": hs.detach().numpy(), **named}


def onnx_states(arrays, kind="GRU"):
    """Run ONNX Runtime's GRU or LSTM in float32; return hs, of an LSTM the last c too.

    The GRU has the reset gate before the product, the LSTM no peepholes. ONNX stacks
    the gates z, r, h or i, o, f, c, each block (H, D) or (H, H): our weights
    transposed. B holds the biases of the input, then those of the state, which stay
    zero.
    """
    a = {name: array.astype(np.float32) for name, array in arrays.items()}
    N, H = a["h0"].shape
    gates = {"GRU": "zrh", "LSTM": "iofc"}[kind]
    biases = [a[f"b_{gate}"] for gate in gates]
    values = {
        "X": a["xs"],
        "W": np.concatenate([a[f"W_x{gate}"].T for gate in gates])[None],
        "R": np.concatenate([a[f"W_h{gate}"].T for gate in gates])[None],
        "B": np.concatenate([*biases, np.zeros(len(gates) * H, np.float32)])[None],
        "initial_h": a["h0"][None],
    }
    inputs = ["X", "W", "R", "B", "", "initial_h"]
    outputs = {"Y": [len(a["xs"]), 1, N, H]}
    options = {"linear_before_reset": 0}
    if kind == "LSTM":
        values["initial_c"] = a["c0"][None]
        inputs, options = [*inputs, "initial_c"], {}
        outputs |= {"Y_h": [1, N, H], "Y_c": [1, N, H]}
    node = onnx.helper.make_node(kind, inputs, [*outputs], hidden_size=H, **options)
    real = onnx.TensorProto.FLOAT
    info = onnx.helper.make_tensor_value_info
    graph = onnx.helper.make_graph(
        [node],
        kind.lower(),
        [info(name, real, array.shape) for name, array in values.items()],
        [info(name, real, shape) for name, shape in outputs.items()],
    )
    opset = [onnx.helper.make_opsetid("", 22)]
    model = onnx.helper.make_model(graph, opset_imports=opset, ir_version=10)
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    hs, *last = session.run([*outputs], values)
    return (hs[:, 0], last[1][0]) if last else hs[:, 0]


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


def lstm_case(*sizes, seed):
    """Compute one case of the LSTM, and check it against torch.nn.LSTM."""
    arrays, dhs = problem(LSTM, *sizes, seed)
    answers = autograd(lstm_states, arrays, dhs)
    for name, value in autograd(torch_lstm_states, arrays, dhs).items():
        np.testing.assert_allclose(answers[name], value, rtol=1e-11, atol=1e-11)
    hs_onnx, c_last_onnx = onnx_states(arrays, "LSTM")
    onnx_answers = {"hs_onnx": hs_onnx, "c_last_onnx": c_last_onnx}
    return {**arrays, "dhs": dhs, **answers, **onnx_answers}


def make():
    """Compute all cases as one flat dict, "gru/0/xs" and so on."""
    torch.set_num_threads(1)
    golden = {}
    cases = {"gru": gru_case, "elman": elman_case, "lstm": lstm_case}
    for cell, case in cases.items():
        for seed, sizes in enumerate(SIZES):
            arrays = case(*sizes, seed=seed)
            golden |= {f"{cell}/{seed}/{k}": array for k, array in arrays.items()}
    programs = (np, torch, onnx, onnxruntime)
    versions = ", ".join(f"{m.__name__} {m.__version__}" for m in programs)
    return {**golden, "versions": np.array(versions)}


if __name__ == "__main__":
    np.savez_compressed(GOLDEN, **make())
    print(f"{GOLDEN.name}: {GOLDEN.stat().st_size / 1000:.0f} kB")
