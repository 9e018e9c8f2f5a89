"""9.2: say what is wrong with five runs from what was recorded of them.

The numbers come from runs of the engine's GRU with 16 units and chrono bias on
``tasks.adding(30)``: Adam with rate 0.005, gradients clipped at 1, batches of 32, 1000
updates, seed 1, and in each run one change.
"""

from typing import NamedTuple

from gru_lesson.grading.question import Mistake, Question

NO_MEMORY = 1 / 6  # the loss of the best constant answer
HALF = 1 / 12  # the loss of who knows one of the two numbers


class Run(NamedTuple):
    """Losses of the updates 1-10, 191-200 and 981-1000, test loss, ‖cell‖, mean z."""

    first: float
    early: float
    late: float
    test: float
    norm: float
    z: float


RUNS = {
    "A": Run(0.99, 1.02, 0.86, 0.91, 1.2, 0.92),
    "B": Run(0.90, 0.024, 0.0, 0.141, 7e-4, 0.82),
    "C": Run(1.20, 0.18, 0.164, 0.167, 0.0, 1.00),
    "D": Run(163, 64, 9.3, 8.3, 1e-6, 0.50),
    "E": Run(0.75, 0.161, 0.076, 0.080, 0.15, 0.93),
}
# the number of a cause, and what it does to a run
CAUSES = {
    1: lambda run: run.first > 10,  # the rate is too high
    2: lambda run: run.first < 2 and run.late > 0.8 * run.first,  # it is too low
    3: lambda run: run.norm == 0 and run.z == 1,  # the gates start shut
    4: lambda run: run.z < 0.6 and abs(run.late / NO_MEMORY - 1) < 0.1,  # they forget
    5: lambda run: abs(run.late / HALF - 1) < 0.1 and abs(run.test / HALF - 1) < 0.1,
    6: lambda run: run.test > 100 * run.late,  # few sequences, again and again
    7: lambda run: run.norm > 1e-3 and abs(run.late / NO_MEMORY - 1) < 0.1,  # plateau
}


def reference():
    """Return the number of the cause for each of the runs A to E."""
    causes = {name: _cause(run) for name, run in RUNS.items()}
    return causes


def _cause(run):
    """Return the one cause that a run shows."""
    (found,) = (number for number, shows in CAUSES.items() if shows(run))
    return found


QUESTION = Question(
    title="Five runs, seven causes",
    points=2,
    where="section 9.10; section 9.2, equation 9.3",
    reference=reference,
    returns=("causes",),
    tolerance=0.1,
    hints=(
        "Compare each loss with two numbers: what no memory costs, and what the "
        "network costs that knows one of the two values. Then look at the gradient.",
        "Ask of each cause what it would do to the first ten updates, to the training "
        "loss against the test loss, and to z. Two causes fit no run.",
        "Section 9.10, the table of what you see and what it is; section 9.2, the "
        "baseline; section 9.8 for a training loss that parts from the test loss.",
    ),
    mistakes=(
        Mistake(
            "A is explained by a cause that would drive the loss up at once",
            "return causes", 'return causes | {"A": 1}',
            "look at how little A has moved in 1000 updates.",
        ),
        Mistake(
            "A is taken for a plateau, which lies much lower",
            "return causes", 'return causes | {"A": 7}',
            "compare the loss of A with 1/6: a network without memory does better.",
            "section 9.2, equation 9.3",
        ),
        Mistake(
            "A is explained by gates that forget, which costs no more than 1/6",
            "return causes", 'return causes | {"A": 4}',
            "compare the loss of A with 1/6: a network without memory does better.",
            "section 9.2, equation 9.3",
        ),
        Mistake(
            "B is explained by missing marks, which no training loss could overcome",
            "return causes", 'return causes | {"B": 5}',
            "compare the training loss of B with its test loss.",
            "section 9.8",
        ),
        Mistake(
            "B is called healthy, although its test loss stands far above",
            "return causes", 'return causes | {"B": 7}',
            "compare the training loss of B with its test loss.",
            "section 9.8",
        ),
        Mistake(
            "C is taken for a plateau, but no gradient reaches the cell",
            "return causes", 'return causes | {"C": 7}',
            "look at the gradient of C: with 0 no waiting helps.",
        ),
        Mistake(
            "C is explained by gates that forget, while its z keeps everything",
            "return causes", 'return causes | {"C": 4}',
            "look at z in C, and at what 1 - z is then.",
            "section 5.5",
        ),
        Mistake(
            "C is explained by a low rate, while its loss has fallen to 1/6",
            "return causes", 'return causes | {"C": 2}',
            "look at the gradient and at z: the readout of C has learned, the cell "
            "cannot.",
        ),
        Mistake(
            "D is explained by gates that forget, which costs no more than 1/6",
            "return causes", 'return causes | {"D": 4}',
            "look at the first ten updates of D before you look at its gates.",
            "section 9.2, equation 9.3",
        ),
        Mistake(
            "D is explained by gates that start shut, while its z is one half",
            "return causes", 'return causes | {"D": 3}',
            "look at the first ten updates of D: its gradient is small because the "
            "weights were thrown far away.",
        ),
        Mistake(
            "E is taken for the plateau, which is twice as high",
            "return causes", 'return causes | {"E": 7}',
            "compare the loss of E with 1/12: what does the network know, and what "
            "not?",
            "section 9.2, equation 9.3",
        ),
        Mistake(
            "E is explained by gates that forget, while it knows one of the values",
            "return causes", 'return causes | {"E": 4}',
            "compare the loss of E with 1/12, and its z with one half.",
            "section 9.2, equation 9.3",
        ),
        Mistake(
            "E is explained by few training sequences, while its two losses agree",
            "return causes", 'return causes | {"E": 6}',
            "compare the training loss of E with its test loss: they agree.",
            "section 9.8",
        ),
    ),
)  # fmt: skip
