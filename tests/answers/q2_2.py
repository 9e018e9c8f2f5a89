"""Right and wrong answers to 2.2, as learners fill them in."""

import numpy as np

GOOD = {
    "z": 0.73,
    "h": -0.12,
    "memory": "longer",
    "shape": (32, 64),
    "parameters": 4800,
}

RIGHT = [
    GOOD,
    GOOD | {"z": 0.731, "h": -0.123},
    GOOD | {"z": 1 / (1 + np.exp(-1)), "h": np.float32(-0.1235)},
    GOOD | {"memory": " Longer", "shape": [32, 64]},
    GOOD | {"shape": np.empty((32, 64)).shape, "parameters": 4800.0},
    GOOD | {"z": np.array(0.73), "parameters": np.int64(640 + 4096 + 64)},
    dict(reversed(GOOD.items())),
]

# the name of the mistake that the check is to find
WRONG = {
    "the bias is left out of the sum": GOOD | {"z": 0.67, "h": -0.04},
    "the bias is subtracted": GOOD | {"z": 0.6, "h": 0.06},
    "the old state is left out of the sum": GOOD | {"z": 0.88, "h": -0.33},
    "the old state is taken without its sign": GOOD | {"z": 0.95, "h": -0.43},
    "the second input is left out of the sum": GOOD | {"z": 0.45, "h": 0.27},
    "the second input's part of the sum has the wrong sign": (
        GOOD | {"z": 0.2, "h": 0.62}
    ),
    "σ is taken of minus the sum": GOOD | {"z": 0.27, "h": 0.52},
    "z writes, where this book's z keeps": GOOD | {"h": 0.52, "memory": "shorter"},
    "the two shares have changed places in the new state": GOOD | {"h": 0.52},
    "a larger bias is taken to shorten the memory": GOOD | {"memory": "shorter"},
    "a word for the memory that is not one of the two": GOOD | {"memory": "Long"},
    "the shape is that of one sequence": GOOD | {"shape": (64,)},
    "the shape is that of the weights from the input": GOOD | {"shape": (10, 64)},
    "the shape has one column a sequence": GOOD | {"shape": (64, 32)},
    "the bias is not counted among the parameters": GOOD | {"parameters": 4736},
    "the weights from the state are not counted": GOOD | {"parameters": 704},
}

# wrong in a way that the bank does not know
STRANGE = [
    GOOD | {"z": 0.5},
    GOOD | {"h": -0.37},
    GOOD | {"h": 0.12},
    GOOD | {"shape": (32, 10)},
    GOOD | {"memory": "stays"},
    GOOD | {"parameters": 14400},
    GOOD | {"memory": None},
    GOOD | {"memory": 1},
    GOOD | {"shape": "32 × 64"},
    {"z": 0.73, "h": -0.12},
    0.73,
]
