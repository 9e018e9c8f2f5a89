"""The package says what automatic differentiation and ONNX Runtime said.

The answers are stored, made by golden/make_golden.py, so that this needs neither.
"""

from pathlib import Path

import numpy as np
import pytest
from gradients import named_gradients, start
from gradients import named_outputs as outputs

from gru_lesson.bptt import gru_backward, gru_forward
from gru_lesson.gradcheck import relative_error
from gru_lesson.lstm import lstm_backward, lstm_forward
from gru_lesson.rnn import rnn_backward, rnn_forward

CELLS = {
    "gru": (gru_forward, gru_backward),
    "elman": (rnn_forward, rnn_backward),
    "lstm": (lstm_forward, lstm_backward),
}
ARRAYS = {"gru": 60, "elman": 30, "lstm": 85}


@pytest.fixture(scope="module")
def golden():
    with np.load(Path(__file__).parent / "golden" / "golden.npz") as stored:
        return dict(stored)


def cases(golden, cell):
    """Split the stored arrays into one dict for each case."""
    found = {}
    for key, array in golden.items():
        if key.startswith(f"{cell}/"):
            _, number, name = key.split("/")
            found.setdefault(number, {})[name] = array
    return list(found.values())


def parameters(case):
    return {name: a for name, a in case.items() if name[:2] in ("W_", "b_")}


@pytest.mark.parametrize("cell", CELLS)
def test_outputs_and_gradients_agree_with_automatic_differentiation(
    golden, cell, measured
):
    forward, backward = CELLS[cell]
    worst, arrays = 0.0, 0
    for case in cases(golden, cell):
        p = parameters(case)
        hs, caches = forward(case["xs"], start(case), p)
        gradients = named_gradients(backward, case["dhs"], caches, p)
        ours = outputs(hs, caches) | {f"d{name}": g for name, g in gradients.items()}
        inputs = {*p, "xs", "h0", "c0", "dhs"}
        assert ours.keys() == {k for k in case if not k.endswith("_onnx")} - inputs
        for name, array in ours.items():
            assert array.shape == case[name].shape
            error = relative_error(array, case[name])
            assert error <= 1e-12, (name, array.shape, error)
            worst, arrays = max(worst, error), arrays + 1
    assert arrays == ARRAYS[cell]
    text = f"{arrays} arrays, worst {worst:.1e}"
    measured(f"{cell} against PyTorch autograd, stored", text)


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_outputs_agree_with_onnx_runtime_in_single_precision(golden, cell, measured):
    worst = 0.0
    for case in cases(golden, cell):
        single = {name: a.astype(np.float32) for name, a in case.items()}
        ours = outputs(*CELLS[cell][0](single["xs"], start(single), parameters(single)))
        assert {f"{k}_onnx" for k in ours} == {k for k in case if k.endswith("_onnx")}
        for name, array in ours.items():
            theirs = case[f"{name}_onnx"]
            assert array.shape == theirs.shape
            assert array.dtype == theirs.dtype == np.float32
            worst = max(worst, np.abs(array - theirs).max())
    measured(f"{cell} against ONNX Runtime, stored", f"worst difference {worst:.1e}")
    assert 0 < worst <= 1e-6


def test_the_stored_file_says_what_made_it(golden):
    versions = str(golden["versions"])
    for program in ("numpy", "torch", "onnx", "onnxruntime"):
        assert f"{program} " in versions
    assert [len(cases(golden, cell)) for cell in CELLS] == [5, 5, 5]
