"""Right and wrong answers to 7.1, written as learners write them."""

import numpy as np

EXACT = {
    "kept": 1.5,
    "update_gate": 0.495,
    "candidate": 0.384,
    "reset_gate": -0.096,
    "dW_hh": 0.128,
}


def chained(h_prev=0.5, h_tilde=-0.6, z=0.75, r=0.8):
    """Work the five out in single precision, and leave them as arrays."""
    f = np.float32
    da_h = f(2) * f(1 - z) * f(1 - h_tilde**2)
    return {
        "dW_hh": np.asarray(f(r * h_prev) * da_h),
        "reset_gate": np.asarray(da_h * f(1.5 * h_prev * r * (1 - r) * -2.5)),
        "candidate": np.asarray(da_h * f(1.5 * r)),
        "update_gate": np.asarray(f(2 * (h_prev - h_tilde) * z * (1 - z) * 1.2)),
        "kept": np.asarray(f(2 * z)),
    }


RIGHT = [
    EXACT,
    chained(),
    {name: np.float64(value) for name, value in EXACT.items()},
    {name: round(value, 3) - 0.001 for name, value in EXACT.items()},
    dict(reversed(EXACT.items())),
]

# the name of the mistake that the check is to find
WRONG = {
    "the slope of σ is left out of the update gate": EXACT | {"update_gate": 2.2 * 1.2},
    "the slope of σ is left out of the reset gate": EXACT
    | {"reset_gate": 0.48 * 0.5 * -2.5},
    "the slope of tanh is left out": EXACT
    | {"candidate": 0.5 * 1.5 * 0.8, "reset_gate": -0.15, "dW_hh": 0.2},
    "the slope of tanh is taken as 1 - h_tilde": EXACT
    | {"candidate": 0.96, "reset_gate": -0.24, "dW_hh": 0.32},
    "dz has the two states the other way round": EXACT | {"update_gate": -0.495},
    "the kept path has the candidate's share, 1 - z": EXACT | {"kept": 0.5},
    "dh_tilde has the old state's share, z": EXACT
    | {"candidate": 1.152, "reset_gate": -0.288, "dW_hh": 0.384},
    "dh = 2 is left out": {name: value / 2 for name, value in EXACT.items()},
    "W_hz is left out of the path through the update gate": EXACT
    | {"update_gate": 1.1 * 2 * 0.1875},
    "W_hr is left out of the path through the reset gate": EXACT
    | {"reset_gate": 0.24 * 0.16},
    "W_hh is left out of dg": EXACT
    | {"candidate": 0.32 * 0.8, "reset_gate": 0.16 * 0.16 * -2.5},
    "the two factors of g are exchanged": EXACT
    | {"candidate": 0.48 * 0.5, "reset_gate": 0.48 * 0.8 * 0.16 * -2.5},
    "dW_hh is taken with h_prev in the place of g": EXACT | {"dW_hh": 0.16},
    "z writes, where this book's z keeps": {
        "kept": 0.5,
        "update_gate": -2.2 * 0.75 * 0.25 * 1.2,
        "candidate": 1.5 * 0.64 * 1.5 * 0.8,
        "reset_gate": 1.5 * 0.64 * 1.5 * 0.5 * 0.16 * -2.5,
        "dW_hh": 0.4 * 1.5 * 0.64,
    },
}

# wrong in a way that the bank does not know
STRANGE = [
    EXACT | {"kept": 0.25},
    dict.fromkeys(EXACT, 0.0),
    list(EXACT.values()),
    {"kept": 1.5, "dW_hh": 0.128},
    EXACT | {"reset_gate": "minus 0.096"},
]
