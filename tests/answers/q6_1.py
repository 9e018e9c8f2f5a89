"""Right and wrong answers to 6.1, written as learners write them."""

import numpy as np

GOOD = {
    "gru": 510,
    "torch_both": 1080,
    "lstm": 680,
    "operations": 4800,
    "hs": [12, 5, 10],
    "pass_on": 100,
}


def but(**other):
    return {**GOOD, **other}


RIGHT = [
    GOOD,
    but(hs=(12, 5, 10)),
    but(hs=np.zeros((12, 5, 10)).shape, gru=510.0),
    but(hs=np.array([12, 5, 10]), lstm=np.int64(680)),
    dict(reversed(GOOD.items())),
    {name: np.float32(value) for name, value in GOOD.items()},
]

# the name of the mistake that the check is to find
WRONG = {
    "one bias in each line of PyTorch's cell": but(torch_both=1020),
    "two biases in each line of gru": but(gru=540),
    "no bias in the lines of gru": but(gru=480),
    "two biases in each line of lstm": but(lstm=720, pass_on=200),
    "no bias in the lines of lstm": but(lstm=640),
    "one direction of two": but(torch_both=540),
    "the operations of one sequence": but(operations=960, hs=[12, 5, 6]),
    "the operations of all steps": but(operations=57600),
    "multiplications without additions": but(operations=2400),
    "the batch comes before time": but(hs=(5, 12, 10), gru=160, lstm=160),
    "the LSTM passes on h alone": but(pass_on=50),
    "what the LSTM passes on for one sequence of the batch": but(pass_on=20),
}

# wrong in a way that the bank does not know
STRANGE = [
    but(gru=160, lstm=160, operations=800),
    but(hs=[12, 5, 6]),
    but(hs=12 * 5 * 10),
    but(hs="12, 5, 10"),
    but(pass_on=None),
    {"gru": 510},
    [510, 1080, 680, 4800, 12, 5, 10, 100],
]
