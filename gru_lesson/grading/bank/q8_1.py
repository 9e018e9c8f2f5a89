"""8.1: what 200 steps leave, and which paths are left, on paper."""

import numpy as np

from gru_lesson.grading.question import Mistake, Question


def reference():
    """Return three powers of ten, and five lists of four booleans."""
    steps = 200
    often, seldom = np.log10(0.9), np.log10(0.5)
    bias = 1 / (1 + np.exp(-3.0))
    left = {
        "z = 0.9": steps * often,
        "b_z = 3": steps * np.log10(bias),
        "in turns": steps / 2 * (often + seldom),
    }

    def alive(z=0.6, r=0.7, h_tilde=0.3, h_prev=-0.4):
        sigma_z, sigma_r = z * (1 - z), r * (1 - r)
        of_h = (1 - z) * (1 - h_tilde**2)
        keep = z
        update = (h_prev - h_tilde) * sigma_z
        seen = r * of_h
        reset = h_prev * sigma_r * of_h
        return [path != 0 for path in (keep, update, seen, reset)]

    return left | {
        "z = 1": alive(z=1),
        "r = 0": alive(r=0),
        "r = 1": alive(r=1),
        "candidate 1": alive(h_tilde=1),
        "h_prev = 0": alive(h_prev=0),
    }


def z_writes():
    """Return the same for a gate that writes."""
    log = np.log10
    bias = 1 / (1 + np.exp(3.0))
    return {
        "z = 0.9": 200 * log(0.1),
        "b_z = 3": 200 * log(bias),
        "in turns": 100 * log(0.1 * 0.5),
        "z = 1": [False, False, True, True],
        "r = 0": [True, True, False, False],
        "r = 1": [True, True, True, False],
        "candidate 1": [True, True, False, False],
        "h_prev = 0": [True, True, True, False],
    }


def shares():
    """Return what is left itself, in the place of its logarithm."""
    right = reference()
    return right | {
        name: 10 ** right[name] for name in ("z = 0.9", "b_z = 3", "in turns")
    }


QUESTION = Question(
    title="What is left, on paper",
    points=2,
    where="sections 8.2 and 8.4, equations 8.2 and 8.3",
    reference=reference,
    returns=("left",),
    tolerance=0.06,
    hints=(
        "Numbers: the logarithm of a product is a sum. Paths: look for a factor "
        "that is 0, in each of the four terms.",
        "In turns: multiply over the steps first, unit by unit, then take the larger "
        "product. Paths: z (1 - z), r (1 - r) and the slope of tanh can be 0 as well.",
        "Section 8.4, equation 8.3, for the norm of the product; section 8.2, equation "
        "8.2, for the factors; section 2.4 for the gate of a bias.",
    ),
    mistakes=(
        Mistake(
            "the powers are those of e, not of ten",
            "steps = 200", "steps = 200 * np.log(10)",
            "take the logarithm to base 10, or divide the natural one by 2.303.",
        ),
        Mistake(
            "the powers are those of a hundred steps",
            "steps = 200", "steps = 100",
            "multiply the logarithm by the number of steps, 200.",
        ),
        Mistake(
            "what is left is given itself, not its logarithm",
            instead=shares,
            advice="take the logarithm to base 10 of what is left.",
        ),
        Mistake(
            "in turns, the larger gate of each step is multiplied",
            "steps / 2 * (often + seldom)", "steps * often",
            "multiply the gates of each unit over time first, and take the larger "
            "product last.",
            "section 8.4, equation 8.3",
        ),
        Mistake(
            "in turns, the smaller gate of each step is multiplied",
            "steps / 2 * (often + seldom)", "steps * seldom",
            "multiply the gates of each unit over time: both values occur in it.",
            "section 8.4, equation 8.3",
        ),
        Mistake(
            "in turns, the mean of the two gates is raised to the power",
            "steps / 2 * (often + seldom)", "steps * np.log10(0.7)",
            "take the mean of the logarithms: a product is not a power of the mean.",
            "section 8.4, equation 8.3",
        ),
        Mistake(
            "the bias is used with the sign of a gate that writes",
            "np.exp(-3.0)", "np.exp(3.0)",
            "take σ(3) for the gate: this z keeps, and a positive bias keeps more.",
            "section 2.4",
        ),
        Mistake(
            "at z = 1, the update gate's path is taken to live",
            "z * (1 - z), r * (1 - r)", "1, r * (1 - r)",
            "look at the slope of σ in the update gate's path: z (1 - z).",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "at r = 0 or 1, the reset gate's path is taken to live",
            "z * (1 - z), r * (1 - r)", "z * (1 - z), 1",
            "look at the slope of σ in the reset gate's path: r (1 - r).",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "at z = 1, the paths through the candidate are taken to live",
            "of_h = (1 - z) *", "of_h = 1 *",
            "look at the candidate's share, 1 - z: it is in the paths C and R.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "at a candidate of 1, the paths through it are taken to live",
            "(1 - h_tilde**2)", "1",
            "look at the slope of tanh, 1 - tanh²: it is in the paths C and R.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "at a candidate of 1, the update gate's path is taken to be dead",
            "(h_prev - h_tilde) * sigma_z", "(h_prev - h_tilde) * sigma_z * of_h",
            "follow the update gate's path: it does not pass through tanh.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "at r = 0, the reset gate is taken to close all paths",
            "return [path != 0 for", "return [path * r != 0 for",
            "look for r in each term: the paths K and U do not have it.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "at h_prev = 0, all paths are taken to be dead",
            "return [path != 0 for", "return [path * h_prev != 0 for",
            "ask what a small change of the state does: a factor h_prev is in one "
            "path only.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "at h_prev = 0, the paths K and C are taken to be dead",
            "(keep, update, seen, reset)",
            "(keep * h_prev, update, seen * h_prev, reset)",
            "ask what a small change of the state does: K and C have no factor h_prev.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "at h_prev = 0, the path K is taken to be dead",
            "(keep, update, seen, reset)", "(keep * h_prev, update, seen, reset)",
            "ask what a small change of the state does: K is z, whatever the state is.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "at h_prev = 0, the update gate's path is taken to be dead",
            "(h_prev - h_tilde) * sigma_z", "h_prev * sigma_z",
            "look at the factor h_prev - h_tilde in the update gate's path: here it is "
            "-0.3, not 0.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "at h_prev = 0, the reset gate's path is taken to live",
            "h_prev * sigma_r", "sigma_r",
            "ask what the reset gate multiplies: with nothing there, its path is dead.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "z writes, where this book's z keeps",
            instead=z_writes,
            advice="put 1 - z in the place of z: here z = 1 keeps.",
            where="section 5.7, equation 5.8",
            convention=True,
        ),
    ),
)  # fmt: skip
