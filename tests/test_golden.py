"""The package says what automatic differentiation and ONNX Runtime said.

The answers are stored, made by golden/make_golden.py, so that this needs neither.
"""

from pathlib import Path

import numpy as np
import pytest
from gradients import named_gradients

from gru_lesson.bptt import gru_backward, gru_forward
from gru_lesson.gradcheck import relative_error
from gru_lesson.rnn import rnn_backward, rnn_forward

CELLS = {"gru": (gru_forward, gru_backward), "elman": (rnn_forward, rnn_backward)}


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
        hs, caches = forward(case["xs"], case["h0"], p)
        gradients = named_gradients(backward, case["dhs"], caches, p)
        ours = {"hs": hs} | {f"d{name}": g for name, g in gradients.items()}
        assert ours.keys() == case.keys() - {*p, "xs", "h0", "dhs", "hs_onnx"}
        for name, array in ours.items():
            assert array.shape == case[name].shape
            error = relative_error(array, case[name])
            assert error <= 1e-12, (name, array.shape, error)
            worst, arrays = max(worst, error), arrays + 1
    assert arrays == (60 if cell == "gru" else 30)
    text = f"{arrays} arrays, worst {worst:.1e}"
    measured(f"{cell} against PyTorch autograd, stored", text)


def test_outputs_agree_with_onnx_runtime_in_single_precision(golden, measured):
    worst = 0.0
    for case in cases(golden, "gru"):
        single = {name: a.astype(np.float32) for name, a in case.items()}
        hs, _ = gru_forward(single["xs"], single["h0"], parameters(single))
        assert hs.dtype == case["hs_onnx"].dtype == np.float32
        worst = max(worst, np.abs(hs - case["hs_onnx"]).max())
    measured("gru against ONNX Runtime, stored", f"worst difference {worst:.1e}")
    assert 0 < worst <= 1e-6


def test_the_stored_file_says_what_made_it(golden):
    versions = str(golden["versions"])
    for program in ("numpy", "torch", "onnx", "onnxruntime"):
        assert f"{program} " in versions
    assert len(cases(golden, "gru")) == len(cases(golden, "elman")) == 5
