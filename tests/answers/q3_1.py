"""Right and wrong answers to 3.1, written as learners write them."""

import math

import numpy as np

REPLY = {"seen": 0.3, "left": 0.81, "sign": -1, "forgets": (0, 0)}

RIGHT = [
    REPLY,
    {"forgets": [0, 0], "sign": -1.0, "left": 0.9 * 0.9, "seen": 3 / 4 * 0.4},
    {
        "seen": 0.4 / (1 + math.exp(-math.log(3))),
        "left": np.float32(0.81),
        "sign": np.sign(-0.5),
        "forgets": np.zeros(2, dtype=int),
    },
    REPLY | {"forgets": (0.0, 0.0)},
    REPLY | {"forgets": (False, False), "seen": np.array(0.3)},
]

# the name of the mistake that the check is to find
WRONG = {
    "r = 0 is taken to erase the state itself": REPLY | {"left": 0},
    "one step is counted in the place of two": REPLY | {"left": 0.9},
    "the share that is lost stands in the place of the share that is left": (
        REPLY | {"left": 0.19}
    ),
    "what the candidate gets is r alone": REPLY | {"seen": 0.75},
    "the log-odds stand in the place of the share": (
        REPLY | {"seen": 0.4 * math.log(3)}
    ),
    "the larger past is taken to stay the larger, though W_hh is negative": (
        REPLY | {"sign": 1}
    ),
    "a pair with z = 1, which keeps the old state, whatever r is": (
        REPLY | {"forgets": (1, 0)}
    ),
    "a pair with z = 0 and r = 1, which shows the old state to the candidate": (
        REPLY | {"forgets": [0, 1]}
    ),
    "z writes, where this book's z keeps": (
        REPLY | {"left": 0.1**2, "sign": 1, "forgets": (1, 0)}
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    REPLY | {"left": 0.18},
    REPLY | {"seen": 1.2},
    REPLY | {"forgets": (1, 1)},
    REPLY | {"sign": 0},
    REPLY | {"forgets": "z = 0, r = 0"},
    REPLY | {"forgets": (0, 0, 0)},
    {"seen": 0.3, "left": 0.81},
    (0.3, 0.81, -1, (0, 0)),
]
