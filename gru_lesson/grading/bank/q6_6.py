"""6.6: split fused arrays, whose z writes, into the nine arrays of the book."""

import numpy as np

from gru_lesson.grading.question import Mistake, Question


def reference(weight_ih, weight_hh, bias_ih, bias_hh):
    """Return the nine arrays for weight_ih (3H, D), weight_hh (3H, H), biases (3H,)."""
    bias = bias_ih + bias_hh
    p = {}
    for block, gate in enumerate("rzh"):
        sign = -1 if gate == "z" else 1
        sign_b = sign
        p[f"W_x{gate}"] = sign * np.split(weight_ih, 3)[block].T
        p[f"W_h{gate}"] = sign * np.split(weight_hh, 3)[block].T
        p[f"b_{gate}"] = sign_b * np.split(bias, 3)[block]
    return p


def inputs(rng):
    """Draw D = 3, H = 4."""
    D, H = 3, 4
    weights = rng.normal(size=(3 * H, D)), rng.normal(size=(3 * H, H))
    return *weights, rng.normal(size=3 * H), rng.normal(size=3 * H)


QUESTION = Question(
    title="Unpack a stranger's weights",
    points=3,
    where="section 6.6, equation 6.9",
    reference=reference,
    inputs=inputs,
    returns=("p",),
    cases=1,
    decimals=3,
    starred=True,
    hints=(
        "Four things differ: the order of the blocks, the transpose, the number of "
        "biases, and what z does.",
        "Cut first, then transpose each block. With the reset before the product the "
        "two biases of a line only ever occur as a sum. One of the three blocks needs "
        "a further change, in all three of its arrays.",
        "Section 6.6, equation 6.9, for the transpose; section 6.5 for the biases; "
        "section 2.6, equation 2.13, for z: which pre-activation gives 1 - z?",
    ),
    mistakes=(
        Mistake(
            "the z that comes out still writes, as in the file",
            'sign = -1 if gate == "z" else 1', "sign = 1",
            "turn the sign of all that makes the pre-activation of z.",
            "section 2.6, equation 2.13",
            convention=True,
        ),
        Mistake(
            "the sign of b_z is not turned",
            "sign_b = sign", "sign_b = 1",
            "turn the sign of the bias of z too: the whole pre-activation changes.",
            "section 2.6, equation 2.13",
        ),
        Mistake(
            "1 minus the array in the place of its negative",
            "    return p",
            '    for name in ("W_xz", "W_hz", "b_z"):\n'
            "        p[name] = 1 + p[name]\n    return p",
            "turn the sign: 1 - σ(a) is σ of another pre-activation, not of 1 - a.",
            "section 2.6, equation 2.13",
        ),
        Mistake(
            "the sign of the reset gate is turned",
            'gate == "z"', 'gate == "r"',
            "turn the sign of the update gate; its block is the second one.",
            "section 2.6, equation 2.13",
        ),
        Mistake(
            "the blocks of r and z are exchanged",
            'enumerate("rzh")', 'enumerate("zrh")',
            "take r from the first block and z from the second.",
        ),
        Mistake(
            "the arrays from the state are not transposed",
            "np.split(weight_hh, 3)[block].T", "np.split(weight_hh, 3)[block]",
            "transpose the blocks of weight_hh too: they are square, and the shape "
            "does not tell.",
            "section 6.6, equation 6.9",
        ),
        Mistake(
            "bias_hh is left out",
            "bias_ih + bias_hh", "bias_ih",
            "add the two biases of each line.",
            "section 6.5",
        ),
        Mistake(
            "the arrays from the input are reshaped, and not transposed",
            "np.split(weight_ih, 3)[block].T",
            "np.split(weight_ih, 3)[block].reshape(weight_ih.shape[1], -1)",
            "transpose each block: reshape keeps the numbers in their old order.",
            "section 6.6, equation 6.9",
        ),
    ),
)  # fmt: skip
