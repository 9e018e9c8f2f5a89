"""Right and wrong answers to 7.4, written as learners write them."""

import numpy as np

EXACT = {"A": 4, "B": 2, "C": 3, "D": 7, "E": 6}

RIGHT = [
    EXACT,
    dict(A=4, B=2, C=3, D=7, E=6),
    {name: float(number) for name, number in EXACT.items()},
    {name: np.int64(number) for name, number in EXACT.items()},
    dict(zip("EDCBA", np.array([6, 7, 3, 2, 4]), strict=True)),
]

# the name of the mistake that the check is to find
WRONG = {
    "A is explained by a line that leaves the sign as it is": EXACT | {"A": 1},
    "B is explained by a line that would turn b_h red too": EXACT | {"B": 5},
    "B is explained by a line that would turn the update gate red": (
        dict(A=4, B=1, C=3, D=7, E=6)
    ),
    "C is explained by a line that would turn the reset gate red too": EXACT | {"C": 2},
    "C is explained by a line whose transpose would fit": EXACT | {"C": 8},
    "D is explained by a line that would turn the reset gate red too": (
        dict(A=4, B=2, C=3, D=2, E=6)
    ),
    "D is explained by a line that one step alone cannot show to be wrong": (
        EXACT | {"D": 9.0}
    ),
    "E is explained by a line that would turn xs and h0 red too": EXACT | {"E": 9},
}

# wrong in a way that the bank does not know
STRANGE = [
    EXACT | {"B": 14},
    dict.fromkeys("ABCDE", 7),
    {name: str(number) for name, number in EXACT.items()},
    [4, 2, 3, 7, 6],
    {"A": 4},
]
