"""8.3: find two wrong places in the Jacobian of a cell whose reset acts after."""

import numpy as np

from gru_lesson.grading.pictures import maps
from gru_lesson.grading.question import Mistake, Question


def reference(h_prev, z, r, h_tilde, W_hz, W_hr, W_hh, b_hn):
    """Return the Jacobian (H, H); the reset gate acts after the product."""
    s = h_prev @ W_hh + b_hn
    of_z = (h_prev - h_tilde) * z * (1 - z)
    of_h = (1 - z) * (1 - h_tilde**2)
    of_r = s * r * (1 - r)
    keep = np.diag(z)
    update_gate = W_hz * of_z
    seen = W_hh * (r * of_h)
    reset_gate = W_hr * (of_r * of_h)
    return keep + update_gate + seen + reset_gate


def as_given(h_prev, z, r, h_tilde, W_hz, W_hr, W_hh, b_hn):
    """Return what the planted code returns."""
    of_h = (1 - z) * (1 - h_tilde**2)
    right = reference(h_prev, z, r, h_tilde, W_hz, W_hr, W_hh, 0 * b_hn)
    return right - W_hh * (r * of_h) + r[:, None] * W_hh * of_h


def reset_before(h_prev, z, r, h_tilde, W_hz, W_hr, W_hh, b_hn):
    """Return the Jacobian of a step whose reset gate acts before the product."""
    of_z = (h_prev - h_tilde) * z * (1 - z)
    seen = W_hh * ((1 - z) * (1 - h_tilde**2))
    inside = np.diag(r) + W_hr * (h_prev * r * (1 - r))
    return np.diag(z) + W_hz * of_z + inside @ seen


def columns(h_prev, z, r, h_tilde, W_hz, W_hr, W_hh, b_hn):
    """Return the Jacobian with a row for each new unit."""
    return reference(h_prev, z, r, h_tilde, W_hz, W_hr, W_hh, b_hn).T


def inputs(rng):
    """Draw H = 4."""
    H = 4
    h_prev, h_tilde = rng.uniform(-0.9, 0.9, (2, H))
    z, r = rng.uniform(0.1, 0.9, (2, H))
    W_hz, W_hr, W_hh = rng.normal(size=(3, H, H))
    b_hn = rng.uniform(0.5, 1.0, H) * rng.choice([-1, 1], H)
    return h_prev, z, r, h_tilde, W_hz, W_hr, W_hh, b_hn


QUESTION = Question(
    title="A Jacobian that is right at times",
    points=2,
    where="section 8.2, equation 8.2; section 4.6, equation 4.9",
    reference=reference,
    inputs=inputs,
    returns=("J",),
    decimals=3,
    picture=maps("J", (-1.5, 1.5), "old unit", "new unit"),
    hints=(
        "The code was converted from a reset before the product. Two lines still hold "
        "what is true there, or true of a cell without b_hn.",
        "One line should have b_hn in it. And a factor that scales rows acts before a "
        "product, one that scales columns acts after it.",
        "Section 4.6, equation 4.9: what does r multiply? Section 8.2, equation 8.2: "
        "on which side of W_hh does its gate stand, and why?",
    ),
    mistakes=(
        Mistake(
            "both wrong lines are as they were given",
            instead=as_given,
            advice="take one condition at a time: which line would b_hn = 0 make "
            "right, and which line would an r that is the same in all units?",
            where="section 4.6, equation 4.9",
        ),
        Mistake(
            "the line that lacks b_hn is still there",
            " + b_hn", "",
            "find the line that b_hn = 0 would make right: ask what r multiplies here.",
            "section 4.6, equation 4.9",
        ),
        Mistake(
            "the line that is right for equal r is still there",
            "W_hh * (r * of_h)", "r[:, None] * W_hh * of_h",
            "find the line that an equal r would make right: ask which unit's r scales "
            "which entry of W_hh.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "r is gone from the candidate's path",
            "W_hh * (r * of_h)", "W_hh * of_h",
            "keep r in the candidate's path: all of the parentheses is scaled by it.",
            "section 4.6, equation 4.9",
        ),
        Mistake(
            "r is twice in the candidate's path",
            "W_hh * (r * of_h)", "r[:, None] * W_hh * (r * of_h)",
            "take r once, on the side where the product comes out.",
            "section 4.6, equation 4.9",
        ),
        Mistake(
            "b_hn stands outside of what the slope of the reset gate multiplies",
            "of_r = s * r * (1 - r)",
            "of_r = (s - b_hn) * r * (1 - r) + b_hn",
            "add b_hn to the product before the gate multiplies it.",
            "section 4.6, equation 4.9",
        ),
        Mistake(
            "the reset gate's path has the old state in the place of the parentheses",
            "of_r = s *", "of_r = h_prev *",
            "leave in the reset gate's path what r multiplies here.",
            "section 4.6, equation 4.9",
        ),
        Mistake(
            "the reset gate's path goes through W_hh too",
            "W_hr * (of_r * of_h)", "(W_hr * of_r) @ (W_hh * of_h)",
            "leave the reset gate's path without W_hh: r acts after that product.",
            "section 4.6, equation 4.9",
        ),
        Mistake(
            "W_hh is transposed in the candidate's path",
            "W_hh * (r", "W_hh.T * (r",
            "leave W_hh as it is: its rows are old units, as those of J are.",
            "section 1.2, equation 1.3",
        ),
        Mistake(
            "the reset gate acts before the product, where here it acts after",
            instead=reset_before,
            advice="put the gate after the product: r scales the columns of W_hh, and "
            "its own path has all of the parentheses as a factor.",
            where="section 4.6, equation 4.9",
            convention=True,
        ),
        Mistake(
            "row and column are exchanged, as in texts that write columns",
            instead=columns,
            advice="transpose J: row i is the old unit, column j the new one.",
            where="section 1.2, equation 1.3",
            convention=True,
        ),
    ),
)  # fmt: skip
