"""6.3: read a sequence in both directions, and put the states side by side."""

import numpy as np

from gru_lesson.bptt import gru_forward
from gru_lesson.cell import init_params
from gru_lesson.grading.question import Mistake, Question


def reference(xs, h0, p_right, p_left):
    """Return hs (T, N, 2H), end (N, 2H) for xs (T, N, D), h0 (N, H), two dicts."""
    to_right, _ = gru_forward(xs, h0, p_right)
    to_left, _ = gru_forward(xs[::-1], h0, p_left)
    hs = np.concatenate([to_right, to_left[::-1]], axis=2)
    end = np.concatenate([to_right[-1], to_left[-1]], axis=1)
    return hs, end


def inputs(rng):
    """Draw T = 5, N = 2, D = 3, H = 4."""
    T, N, D, H = 5, 2, 3, 4
    p_right, p_left = (
        {k: rng.uniform(-1, 1, v.shape) for k, v in init_params(D, H, rng).items()}
        for _ in range(2)
    )
    return rng.normal(size=(T, N, D)), rng.uniform(-1, 1, (N, H)), p_right, p_left


def only_to_right(xs, h0, p_right, p_left):
    """Let both cells read from left to right."""
    both = [gru_forward(xs, h0, p)[0] for p in (p_right, p_left)]
    hs = np.concatenate(both, axis=2)
    return hs, hs[-1]


def flipped_in_all_axes(xs, h0, p_right, p_left):
    """Flip without an axis, which turns the batch and the columns too."""
    to_right, _ = gru_forward(xs, h0, p_right)
    to_left, _ = gru_forward(np.flip(xs), h0, p_left)
    hs = np.concatenate([to_right, np.flip(to_left)], axis=2)
    return hs, np.concatenate([to_right[-1], to_left[-1]], axis=1)


QUESTION = Question(
    title="Both directions",
    points=2,
    where="sections 6.1 and 6.3",
    reference=reference,
    inputs=inputs,
    returns=("hs", "end"),
    hints=(
        "Two runs that do not know of each other. The second cell is an ordinary one: "
        "all that differs is the order in which it gets the steps.",
        "A run hands over its states in the order in which it made them. Ask at which "
        "place of xs each of them belongs, and which one has read everything.",
        "Section 6.1 for the two cells; section 6.3, equation 6.2: see which inputs "
        "the first and the last state of a run have read.",
    ),
    mistakes=(
        Mistake(
            "both cells read from left to right",
            advice="hand the steps to the second cell from the last to the first.",
            instead=only_to_right,
        ),
        Mistake(
            "the states of the second cell are turned round, its inputs are not",
            "xs[::-1]", "xs",
            "hand the steps to the second cell from the last to the first.",
        ),
        Mistake(
            "in hs the second cell's states stand in the order in which it made them",
            "to_left[::-1]", "to_left",
            "put each state beside the input that it has read last: turn the axis of "
            "time of the second half.",
        ),
        Mistake(
            "end takes the second half at the last place, after one input",
            "to_left[-1]", "to_left[0]",
            "take for end the state in which the second cell has read all of xs.",
        ),
        Mistake(
            "the second cell runs with the parameters of the first",
            "h0, p_left)", "h0, p_right)",
            "run the second cell with p_left.",
        ),
        Mistake(
            "the second cell starts from the last state of the first",
            "(xs[::-1], h0,", "(xs[::-1], to_right[-1],",
            "start the second cell from h0 as well: it does not know of the first.",
        ),
        Mistake(
            "the flip has no axis, so that it turns the batch and the columns too",
            advice="turn the axis of time alone, for the inputs and for the states.",
            instead=flipped_in_all_axes,
        ),
        Mistake(
            "the states of the two cells are added",
            "    hs = np.concatenate([to_right, to_left[::-1]], axis=2)\n"
            "    end = np.concatenate([to_right[-1], to_left[-1]], axis=1)",
            "    hs = to_right + to_left[::-1]\n    end = to_right[-1] + to_left[-1]",
            "put the two side by side: the result has 2H columns.",
        ),
    ),
)  # fmt: skip
