"""Right and wrong values for 5.1, as learners compute them."""

import numpy as np


def step(z, r, h_tilde, h):
    return {"z": z, "r": r, "h_tilde": h_tilde, "h": h}


RIGHT = [
    step(0.7685, 0.3775, 0.3989, -0.2919),
    step(0.7685, 0.3775, 0.399, -0.292),
    step(0.769, 0.378, 0.399, -0.293),  # three decimals in every line
    step(0.76852478, 0.37754067, 0.39904, -0.29190),
    step(*np.float32([0.7685, 0.3775, 0.3990, -0.2919])),
    step(np.array(0.7685), np.array(0.3775), np.array(0.399), np.array(-0.2919)),
]

# by hand, to four decimals
WRONG = {
    "z writes, where this book's z keeps": step(0.7685, 0.3775, 0.3990, 0.1909),
    "the reset gate is left out of the candidate": (
        step(0.7685, 0.3775, -0.1974, -0.4300)
    ),
    "the input enters as 1, as in the chapter": (
        step(0.7311, 0.5000, -0.2913, -0.4439)
    ),
    "the minus of the old state is lost": step(0.5498, 0.5744, 0.8797, 0.6709),
    "the tanh of the candidate is missing": step(0.7685, 0.3775, 0.4225, -0.2865),
    "σ in the place of tanh": step(0.7685, 0.3775, 0.6041, -0.2444),
}

# wrong in a way that the bank does not know
STRANGE = [
    step(0.7685, 0.3775, 0.399, 0.2919),
    step(0.7109, 0.1978, 0.7616, -0.1352),
    step(0.7685, None, 0.399, -0.2919),
    {"z": 0.7685, "r": 0.3775, "h": -0.2919},
    -0.2919,
]
