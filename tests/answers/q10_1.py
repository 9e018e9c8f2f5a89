"""Right and wrong answers to 10.1, written as learners write them."""

import numpy as np

from gru_lesson.cell import init_params
from gru_lesson.lstm import init_lstm_params

EXACT = {
    "LSTM": 2320,
    "reset after": 1800,
    "coupled": 1740,
    "no reset": 1160,
    "coupled state": 40,
    "operations": 2240,
    "kept": 20000,
    "waits": [2, 1, 1, 1],
}


def counted():
    """Count the arrays that the package makes."""
    rng = np.random.default_rng(0)
    gru, lstm = init_params(8, 20, rng), init_lstm_params(8, 20, rng)
    size = {name: array.size for name, array in gru.items()}
    return EXACT | {
        "LSTM": sum(array.size for array in lstm.values()),
        "reset after": sum(size.values()) + 3 * 20,
        "coupled": sum(a.size for name, a in lstm.items() if name[-1] != "i"),
        "no reset": sum(n for name, n in size.items() if name[-1] != "r"),
        "operations": 2 * sum(size[f"W_{a}{b}"] for a in "xh" for b in "zh"),
    }


RIGHT = [
    EXACT,
    counted(),
    {name: np.array(value) for name, value in EXACT.items()},
    EXACT | {"waits": (2, 1, 1, 1), "kept": 2e4},
    dict(reversed(list(EXACT.items()))) | {"waits": np.float32([2, 1, 1, 1])},
]


def but(**changes):
    return EXACT | {name.replace("_", " "): value for name, value in changes.items()}


# the name of the mistake that the check is to find
WRONG = {
    "the lines of the LSTM's gates, without its candidate": but(LSTM=1740),
    "reset after, with one bias in each line": but(reset_after=1740),
    "reset after, with a second bias in the candidate alone": but(reset_after=1760),
    "the coupled input gate is counted with weights of its own": but(coupled=2320),
    "in the coupled LSTM the output gate is left out too": but(coupled=1160.0),
    "the reset gate's weights are still counted where there is none": (
        but(no_reset=1740)
    ),
    "without the reset gate, the candidate is left without recurrent weights": (
        but(no_reset=580 + 8 * 20 + 20)
    ),
    "coupling the gates is taken to remove the cell state": but(coupled_state=20),
    "the states of all sequences of the batch": but(coupled_state=160),
    "the operations of three lines, where there are two": but(operations=6 * 560),
    "multiplications without additions": but(operations=1120),
    "one operation for each parameter": but(operations=1160),
    "biases among the operations of the products": but(operations=2 * 1160),
    "the operations of the whole batch": but(operations=8960),
    "the coupled input gate is kept for the way back": but(kept=24000),
    "one array too few is kept of the coupled LSTM": but(kept=16000),
    "what is kept of one sequence": but(kept=5000),
    "what is kept of one step": but(kept=400),
    "the products of all lines are counted, not those that wait": (
        but(waits=[3, 3, 4, 2])
    ),
    "the products that wait are counted, not the chain that they stand in": (
        but(waits=np.array([1, 0, 0, 0]))
    ),
    "no product is taken to wait for the reset gate": but(waits=np.ones(4)),
    "reset after is taken to wait as reset before does": but(waits=[2, 2, 1, 1]),
    "a product of the LSTM is taken to wait for the cell state": but(
        waits=[2, 1, 2, 1]
    ),
    "the candidate is taken to wait where there is no reset gate": (
        but(waits=(2, 1, 1, 2))
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    but(LSTM=2400),
    but(waits=[1, 2, 1, 1]),
    dict.fromkeys(EXACT, 0),
    list(EXACT.values()),
    but(kept=20008),
]
