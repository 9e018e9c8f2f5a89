"""Right and wrong answers to 9.2, written as learners write them."""

import numpy as np

EXACT = {"A": 2, "B": 6, "C": 3, "D": 1, "E": 5}

RIGHT = [
    EXACT,
    dict(E=5, D=1, C=3, B=6, A=2),
    {name: float(number) for name, number in EXACT.items()},
    {name: np.int64(number) for name, number in EXACT.items()},
    dict(zip("ABCDE", np.array([2, 6, 3, 1, 5]), strict=True)),
]

# the name of the mistake that the check is to find
WRONG = {
    "A is explained by a cause that would drive the loss up at once": EXACT | {"A": 1},
    "A is taken for a plateau, which lies much lower": EXACT | {"A": 7},
    "A is explained by gates that forget, which costs no more than 1/6": (
        dict(A=4, B=6, C=3, D=1, E=5)
    ),
    "B is explained by missing marks, which no training loss could overcome": (
        EXACT | {"B": 5}
    ),
    "B is called healthy, although its test loss stands far above": EXACT | {"B": 7},
    "C is taken for a plateau, but no gradient reaches the cell": EXACT | {"C": 7.0},
    "C is explained by gates that forget, while its z keeps everything": (
        EXACT | {"C": 4}
    ),
    "C is explained by a low rate, while its loss has fallen to 1/6": EXACT | {"C": 2},
    "D is explained by gates that forget, which costs no more than 1/6": (
        dict(A=2, B=6, C=3, D=4, E=5)
    ),
    "D is explained by gates that start shut, while its z is one half": (
        EXACT | {"D": 3}
    ),
    "E is taken for the plateau, which is twice as high": EXACT | {"E": 7},
    "E is explained by gates that forget, while it knows one of the values": (
        EXACT | {"E": np.int64(4)}
    ),
    "E is explained by few training sequences, while its two losses agree": (
        EXACT | {"E": 6}
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    EXACT | {"B": 12},
    dict.fromkeys("ABCDE", 0),
    {name: str(number) for name, number in EXACT.items()},
    [2, 6, 3, 1, 5],
    {"A": 2},
]
