"""Right and wrong answers to 8.1, written as learners write them."""

import math

import numpy as np

T, F = True, False
EXACT = {
    "z = 0.9": -9.2,
    "b_z = 3": -4.2,
    "in turns": -34.7,
    "z = 1": [T, F, F, F],
    "r = 0": [T, T, F, F],
    "r = 1": [T, T, T, F],
    "candidate 1": [T, T, F, F],
    "h_prev = 0": [T, T, T, F],
}


def powers(z, bias, turns):
    """Return the exact answer with other powers."""
    return EXACT | {"z = 0.9": z, "b_z = 3": bias, "in turns": turns}


RIGHT = [
    EXACT,
    powers(math.log10(0.9**200), -4.22, np.float32(math.log10(0.45**100))),
    {k: np.array(v) for k, v in EXACT.items()},
    EXACT | {"z = 1": (1, 0, 0, 0), "r = 0": [1.0, 1.0, 0.0, 0.0]},
    dict(reversed(EXACT.items())),
]

# the name of the mistake that the check is to find
WRONG = {
    "the powers are those of e, not of ten": powers(-21.07, -9.72, -79.85),
    "the powers are those of a hundred steps": powers(-4.6, -2.1, -17.3),
    "what is left is given itself, not its logarithm": powers(7e-10, 6e-5, 2e-35),
    "in turns, the larger gate of each step is multiplied": EXACT | {"in turns": -9.2},
    "in turns, the smaller gate of each step is multiplied": EXACT
    | {"in turns": -60.2},
    "in turns, the mean of the two gates is raised to the power": EXACT
    | {"in turns": 200 * math.log10(0.7)},
    "the bias is used with the sign of a gate that writes": EXACT | {"b_z = 3": -264.8},
    "at z = 1, the update gate's path is taken to live": EXACT
    | {"z = 1": [T, T, F, F]},
    "at r = 0 or 1, the reset gate's path is taken to live": EXACT
    | {"r = 0": [T, T, F, T], "r = 1": [T, T, T, T]},
    "at z = 1, the paths through the candidate are taken to live": EXACT
    | {"z = 1": [T, F, T, T]},
    "at a candidate of 1, the paths through it are taken to live": EXACT
    | {"candidate 1": [T, T, T, T]},
    "at a candidate of 1, the update gate's path is taken to be dead": EXACT
    | {"candidate 1": [T, F, F, F]},
    "at r = 0, the reset gate is taken to close all paths": EXACT
    | {"r = 0": [F, F, F, F]},
    "at h_prev = 0, all paths are taken to be dead": EXACT
    | {"h_prev = 0": [F, F, F, F]},
    "at h_prev = 0, the paths K and C are taken to be dead": EXACT
    | {"h_prev = 0": [F, T, F, F]},
    "at h_prev = 0, the path K is taken to be dead": EXACT
    | {"h_prev = 0": [F, T, T, F]},
    "at h_prev = 0, the update gate's path is taken to be dead": EXACT
    | {"h_prev = 0": [T, F, T, F]},
    "at h_prev = 0, the reset gate's path is taken to live": EXACT
    | {"h_prev = 0": [T, T, T, T]},
    "z writes, where this book's z keeps": powers(-200, -264.8, -130.1)
    | {"z = 1": [F, F, T, T]},
}

# wrong in a way that the bank does not know
STRANGE = [
    EXACT | {"z = 0.9": 9.2},
    EXACT | {"r = 1": [T, F, T, F]},
    EXACT | {"r = 0": [T, T]},
    EXACT | {"z = 1": "keep"},
    list(EXACT.values()),
    {k: v for k, v in EXACT.items() if k != "z = 1"},
]
