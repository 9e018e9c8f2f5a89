"""2.6: a layer whose z keeps in some units and writes in others, made to keep."""

import numpy as np

from gru_lesson.cell import sigmoid
from gru_lesson.grading.question import Mistake, Question


def reference(x, h_prev, h_tilde, p, keeps):
    """Return q, a dict like p, and h_friend and h_yours, each (N, H)."""
    writes = ~keeps
    sign = np.where(writes, -1, 1)
    W_x = p["W_xz"] * sign
    W_h = p["W_hz"] * sign
    b = p["b_z"] * sign
    q = {"W_xz": W_x, "W_hz": W_h, "b_z": b}
    z = sigmoid(x @ p["W_xz"] + h_prev @ p["W_hz"] + p["b_z"])
    kept = np.where(writes, 1 - z, z)
    h_friend = kept * h_prev + (1 - kept) * h_tilde
    z_yours = sigmoid(x @ W_x + h_prev @ W_h + b)
    h_yours = z_yours * h_prev + (1 - z_yours) * h_tilde
    return q, h_friend, h_yours


def inputs(rng):
    """Draw N = 2, D = 3, H = 4; in two of the units z keeps."""
    N, D, H = 2, 3, 4
    p = {"W_xz": rng.normal(size=(D, H)), "W_hz": rng.normal(size=(H, H))}
    p["b_z"] = rng.normal(size=H)
    x = rng.normal(size=(N, D))
    h_prev, h_tilde = rng.uniform(-1, 1, (2, N, H))
    return x, h_prev, h_tilde, p, rng.permutation(H) < 2


QUESTION = Question(
    title="Some units keep, some write",
    points=3,
    where="section 2.6, equation 2.13 and the table above it",
    reference=reference,
    inputs=inputs,
    returns=("q", "h_friend", "h_yours"),
    decimals=3,
    starred=True,
    keeps_inputs=True,
    hints=(
        "The two new states have to agree to the last digit or so. Where they do not, "
        "look at which units disagree: those whose z keeps, or those whose z writes.",
        "The sum of one unit is made from one column of W_xz, one column of W_hz and "
        "one entry of b_z. A row of W_hz belongs to a unit that is listened to, and "
        "the states are not converted.",
        "Section 2.6: the table for the two blends, equation 2.13 for the "
        "parameters. Section 2.2, equation 2.4: which axis of each parameter counts "
        "the units whose gate it makes.",
    ),
    mistakes=(
        Mistake(
            "keeps is read the other way round",
            "~keeps", "keeps",
            "let True stand for a unit whose z keeps already: it stays as it is.",
            "this exercise's table, its last line",
        ),
        Mistake(
            "the units that keep are converted, in the place of those that write",
            "np.where(writes, -1, 1)", "np.where(writes, 1, -1)",
            "turn the signs where keeps is False, and leave the others.",
        ),
        Mistake(
            "all units are converted, also those that keep already",
            "np.where(writes, -1, 1)", "-np.ones(len(writes))",
            "turn the signs of the units that write alone: which columns are theirs?",
        ),
        Mistake(
            "q is p, not converted",
            "np.where(writes, -1, 1)", "np.ones(len(writes))",
            "turn the signs of the parameters that make the sum of a unit that writes.",
        ),
        Mistake(
            "the rows of W_hz are turned, where its columns make the sums",
            'p["W_hz"] * sign', 'p["W_hz"] * sign[:, None]',
            "turn columns of W_hz: column j goes into the sum of unit j, and row j "
            "carries its state to all units.",
            "section 2.2, equation 2.4",
        ),
        Mistake(
            "both the rows and the columns of W_hz are turned",
            'p["W_hz"] * sign', 'p["W_hz"] * sign * sign[:, None]',
            "leave the rows of W_hz as they are: the states do not turn their sign.",
            "section 2.2, equation 2.4",
        ),
        Mistake(
            "the bias alone is converted",
            '* sign\n    W_h = p["W_hz"] * sign', '\n    W_h = p["W_hz"]',
            "convert the two arrays of weights as well: all three make the sum.",
        ),
        Mistake(
            "the weights from the input are not converted",
            'p["W_xz"] * sign', 'p["W_xz"]',
            "convert the weights from the input too: they are a part of the sum.",
        ),
        Mistake(
            "the weights from the state are not converted",
            'p["W_hz"] * sign', 'p["W_hz"]',
            "convert the weights from the state too: they are a part of the sum.",
        ),
        Mistake(
            "the bias is not converted",
            'p["b_z"] * sign', 'p["b_z"]',
            "convert the bias too: it is a part of the sum.",
        ),
        Mistake(
            "the parameters are taken from 1, as if they were shares",
            'p["W_xz"] * sign\n    W_h = p["W_hz"] * sign\n    b = p["b_z"] * sign',
            "np.where(writes, 1 - p['W_xz'], p['W_xz'])\n"
            "    W_h = np.where(writes, 1 - p['W_hz'], p['W_hz'])\n"
            "    b = np.where(writes, 1 - p['b_z'], p['b_z'])",
            "use the mirror of σ: 1 - σ(a) is σ(-a), so it is the sum that turns its "
            "sign.",
            "section 2.2, equation 2.6, and section 2.6, equation 2.13",
        ),
        Mistake(
            "in the friend's step, the units that write keep the share that they "
            "should take",
            "np.where(writes, 1 - z, z)", "z",
            "make z from p in the friend's step, and let it multiply the candidate in "
            "the units that write.",
            "section 2.6, the right column of the table",
        ),
        Mistake(
            "in the friend's step, the units that keep take the share that they "
            "should keep",
            "np.where(writes, 1 - z, z)", "1 - z",
            "make z from p in the friend's step, and let it multiply the old state in "
            "the units that keep.",
            "section 2.6, the left column of the table",
        ),
        Mistake(
            "in the friend's step, every unit keeps the share that it should take",
            "np.where(writes, 1 - z, z)", "np.where(writes, z, 1 - z)",
            "make z from p in the friend's step; it multiplies the old state where "
            "keeps is True, and the candidate elsewhere.",
            "section 2.6, the two columns of the table",
        ),
        Mistake(
            "in your step, the units that wrote keep the share that they should take",
            "z_yours * h_prev + (1 - z_yours) * h_tilde",
            "z * h_prev + (1 - z) * h_tilde",
            "make z from q in your step, and let it multiply the old state in every "
            "unit.",
            "section 2.6, the left column of the table",
        ),
        Mistake(
            "in your step, the units that kept take the share that they should keep",
            "z_yours * h_prev + (1 - z_yours) * h_tilde",
            "(1 - z) * h_prev + z * h_tilde",
            "make z from q in your step, and let it multiply the old state in every "
            "unit.",
            "section 2.6, the left column of the table",
        ),
        Mistake(
            "in your step, every unit keeps the share that it should take",
            "z_yours * h_prev + (1 - z_yours) * h_tilde",
            "(1 - z_yours) * h_prev + z_yours * h_tilde",
            "make z from q in your step, and let it multiply the old state: there "
            "every unit keeps.",
            "section 2.6, the left column of the table",
        ),
    ),
)  # fmt: skip
