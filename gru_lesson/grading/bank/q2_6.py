"""2.6: a cell whose z writes, converted to one whose z keeps, with the proof."""

import numpy as np

from gru_lesson.cell import sigmoid
from gru_lesson.grading.question import Mistake, Question


def reference(x, h_prev, h_tilde, p):
    """Return q, a dict like p, and z_writes, h_writes, h_keeps, each (N, H)."""
    q = dict(p)
    for name in ("W_xz", "W_hz", "b_z"):
        q[name] = -p[name]
    z_writes = sigmoid(x @ p["W_xz"] + h_prev @ p["W_hz"] + p["b_z"])
    h_writes = (1 - z_writes) * h_prev + z_writes * h_tilde
    z_keeps = sigmoid(x @ q["W_xz"] + h_prev @ q["W_hz"] + q["b_z"])
    h_keeps = z_keeps * h_prev + (1 - z_keeps) * h_tilde
    return q, z_writes, h_writes, h_keeps


def inputs(rng):
    """Draw N = 2, D = 3, H = 4 and the six parameters of gate and candidate."""
    N, D, H = 2, 3, 4
    p = {}
    for gate in "zh":
        p[f"W_x{gate}"] = rng.normal(size=(D, H))
        p[f"W_h{gate}"] = rng.normal(size=(H, H))
        p[f"b_{gate}"] = rng.normal(size=H)
    x, h_prev = rng.normal(size=(N, D)), rng.uniform(-1, 1, (N, H))
    h_tilde = np.tanh(x @ p["W_xh"] + h_prev @ p["W_hh"] + p["b_h"])
    return x, h_prev, h_tilde, p


QUESTION = Question(
    title="From a z that writes to a z that keeps",
    points=3,
    where="section 2.6, equation (2.13) and the table above it",
    reference=reference,
    inputs=inputs,
    returns=("q", "z_writes", "h_writes", "h_keeps"),
    decimals=3,
    starred=True,
    hints=(
        "The two new states have to agree to the last digit or so. Where they do not, "
        "the conversion or one of the two blends is off.",
        "The share that is kept is 1 - z for p and z for q. Look at which parameters "
        "make the sum of the gate, and at whether p is still what it was when you "
        "use it.",
        "Section 2.6: the table for the two blends, equation (2.13) for the "
        "parameters, and the sentence after it for the rest.",
    ),
    mistakes=(
        Mistake(
            "the bias alone is converted",
            '("W_xz", "W_hz", "b_z")', '("b_z",)',
            "convert the two arrays of weights as well: all three make the sum.",
        ),
        Mistake(
            "the weights from the state are not converted",
            '("W_xz", "W_hz", "b_z")', '("W_xz", "b_z")',
            "convert the weights from the state too: they are a part of the sum.",
        ),
        Mistake(
            "the bias is not converted",
            '("W_xz", "W_hz", "b_z")', '("W_xz", "W_hz")',
            "convert the bias too: it is a part of the sum.",
        ),
        Mistake(
            "the candidate's parameters are converted too",
            '("W_xz", "W_hz", "b_z")', "p",
            "leave the parameters of the candidate as they are: the two conventions "
            "share it.",
            "section 2.6, the sentence after equation (2.13)",
        ),
        Mistake(
            "the given p is changed on the way",
            "dict(p)", "p",
            "make a new dict, with new arrays for what changes: the step with p needs "
            "p as it came.",
            "section 2.6, the code of the conversion",
        ),
        Mistake(
            "each parameter is taken from 1, as if it were a share",
            "= -p[name]", "= 1 - p[name]",
            "use the mirror of σ: 1 - σ(a) is σ(-a), so it is the sum that turns its "
            "sign.",
            "section 2.2, equation (2.6), and section 2.6, equation (2.13)",
        ),
        Mistake(
            "q is p, not converted",
            "= -p[name]", "= p[name]",
            "turn the sign of the parameters that make the sum of the gate.",
        ),
        Mistake(
            "the step with p is taken as if its z kept",
            "(1 - z_writes) * h_prev + z_writes * h_tilde",
            "z_writes * h_prev + (1 - z_writes) * h_tilde",
            "let z multiply the candidate in the step with p: there it writes.",
            "section 2.6, the right column of the table",
        ),
        Mistake(
            "the step with q is taken as if its z wrote",
            "z_keeps * h_prev + (1 - z_keeps) * h_tilde",
            "(1 - z_keeps) * h_prev + z_keeps * h_tilde",
            "let z multiply the old state in the step with q: there it keeps.",
            "section 2.6, the left column of the table",
        ),
    ),
)  # fmt: skip
