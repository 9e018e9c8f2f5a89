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
    # 0.4 - 0.5 + 0.3 = 0.2, and what follows from it
    "the part of the state in the sum of z has the wrong sign": (
        step(0.5498, 0.3775, 0.3989, -0.0953)
    ),
    # -1.0 + 0.4 + 0.9 = 0.3, then 1.2 - 0.5744 - 0.4 = 0.2256
    "the part of the state in the sum of r has the wrong sign": (
        step(0.7685, 0.5744, 0.2218, -0.3329)
    ),
    # 1.2 + 0.3776 - 0.4 = 1.1776
    "the part of the state in the sum of the candidate has the wrong sign": (
        step(0.7685, 0.3775, 0.8266, -0.1929)
    ),
    "the share of the old state enters the new one without its minus": (
        step(0.7685, 0.3775, 0.3989, 0.3843 + 0.0923)
    ),
    "the second share is taken off, not added": (
        step(0.7685, 0.3775, 0.3989, -0.3843 - 0.0923)
    ),
    "the size of the new state is right, its minus is lost": (
        step(0.7685, 0.3775, 0.399, 0.2919)
    ),
    "a sum is without its bias": step(0.7109, 0.1978, 0.7616, -0.1352),
    # tanh(1.2 - 0.3776)
    "the sum of the candidate is without its bias": (
        step(0.7685, 0.3775, 0.6763, -0.2277)
    ),
    # 0.6225 times -0.5 is -0.3113, and tanh(1.2 - 0.6226 - 0.4)
    "the candidate takes 1 - r in the place of r": (
        step(0.7685, 0.3775, 0.1756, -0.3436)
    ),
    "r came out as 1 - r, as where the exponent has the wrong sign": (
        step(0.7685, 0.6225, 0.1756, -0.3436)
    ),
    "z came out as 1 - z, as where the exponent has the wrong sign": (
        step(0.2315, 0.3775, 0.3989, 0.1908)
    ),
    "r is right to two decimals only": step(0.77, 0.38, 0.4, -0.29),
}

# wrong in a way that the bank does not know
STRANGE = [
    step(0.7685, 0.3775, 0.399, -0.25),
    step(0.6, 0.6, 0.6, 0.1),
    step(0.7685, None, 0.399, -0.2919),
    {"z": 0.7685, "r": 0.3775, "h": -0.2919},
    -0.2919,
]
