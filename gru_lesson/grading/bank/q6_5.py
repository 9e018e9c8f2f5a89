"""6.5: three bugs that leave every shape right: two reshapes, and an early append."""

import numpy as np

from gru_lesson.cell import gru_step, init_params
from gru_lesson.grading.question import Mistake, Question


def reference(step, data, h0):
    """Return hs (N, T, H) for data (N, T, D), h0 (N, H)."""
    xs = np.swapaxes(data, 0, 1)
    h, hs = h0, []
    for x in xs:
        h = step(x, h)
        hs.append(h)
    return np.swapaxes(np.stack(hs), 0, 1)


def inputs(rng):
    """Draw N = 2, T = 5, D = 3, H = 4."""
    N, T, D, H = 2, 5, 3, 4
    p = {name: 2 * array for name, array in init_params(D, H, rng).items()}

    def step(x, h):
        return gru_step(x, h, p)[0]

    return step, rng.normal(size=(N, T, D)), rng.uniform(-1, 1, (N, H))


def given(step, data, h0):
    """Return what the code of the stub does."""
    N, T, D = data.shape
    hs, h = [], h0
    for x in data.reshape(T, N, D):
        hs.append(h)
        h = step(x, h)
    return np.stack(hs).reshape(N, T, -1)


QUESTION = Question(
    title="Right shapes, wrong numbers",
    points=2,
    where="section 6.3",
    reference=reference,
    inputs=inputs,
    returns=("hs",),
    hints=(
        "Follow one input: in which sequence and at which step does data[1, 0] "
        "arrive? With the step that adds you can see it.",
        "Print the first x of the loop, and compare it with data[:, 0]. What happened "
        "to it there may happen again elsewhere.",
        "Section 6.3: compare the loop with that of gru_forward, line by line, and "
        "read the paragraph that turns (N, T, D) into (T, N, D).",
    ),
    mistakes=(
        Mistake(
            "none of the three bugs is repaired",
            advice="look first at what the loop runs over.",
            instead=given,
        ),
        Mistake(
            "the input is reshaped, which mixes sequences and steps",
            "np.swapaxes(data, 0, 1)",
            "data.reshape(data.shape[1], data.shape[0], -1)",
            "swap the two axes of data: reshape keeps the numbers in their old order.",
        ),
        Mistake(
            "the states are reshaped, which mixes sequences and steps",
            "return np.swapaxes(np.stack(hs), 0, 1)",
            "return np.stack(hs).reshape(*data.shape[:2], -1)",
            "swap the two axes of the result: reshape keeps the numbers in their old "
            "order.",
        ),
        Mistake(
            "each state is stored before its step",
            "h = step(x, h)\n        hs.append(h)",
            "hs.append(h)\n        h = step(x, h)",
            "store the state that the step has made; h0 is not part of hs.",
        ),
        Mistake(
            "time comes first in the result",
            "return np.swapaxes(np.stack(hs), 0, 1)", "return np.stack(hs)",
            "swap the first two axes of the result, so that the batch comes first.",
        ),
        Mistake(
            "a sequence is taken for a step",
            "xs = np.swapaxes(data, 0, 1)", "xs = data",
            "loop over the axis of time: here it is the second one of data.",
        ),
        Mistake(
            "the state is not carried from step to step",
            "step(x, h)", "step(x, h0)",
            "pass the state of the step before, not h0, to every step.",
        ),
    ),
)  # fmt: skip
