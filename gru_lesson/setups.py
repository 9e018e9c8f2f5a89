"""How the tasks of the study are set: the same way for every cell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product

from gru_lesson import tasks

VARIANTS = [
    ("Elman", "-"),
    *product(["GRU", "LSTM", "narrow LSTM"], ["0", "1", "chrono"]),
]
RATES = (0.003, 0.01, 0.03)
CHOOSING = 2  # starts for each rate
ABOVE = 0.1  # a rate that is not offered: does what was measured hold there too?
FIRST_CHOOSING = 100  # seeds from here on choose; those below measure
BATCH, TESTED, EVERY = 32, 500, 50  # sequences in a batch and in a test; updates
MONTHS, PATIENCE = 24, 8  # of the temperature: length of a window, tests without gain


@dataclass(frozen=True)
class Setup:
    """How a task is set in the study.

    ``make``: from a length to a Task. ``starts``: from each length, the shortest first,
    to the number of starts measured. ``H``: the width. ``updates``: the cap of a run.
    ``reach``: from a length to the steps that chrono initialization is told to bridge.
    ``ends``: whether a run ends when the task is solved.
    """

    make: Callable[[int], tasks.Task]
    starts: Mapping[int, int]
    H: int
    updates: int
    reach: Callable[[int], int]
    ends: bool = True


def sea_windows(months):
    """Cut the temperature of the Pacific into windows.

    Parameters
    ----------
    months : int
        How far ahead to forecast.

    Returns
    -------
    gru_lesson.windows.Windows
        In three parts.
    """
    return tasks.windows(tasks.sea_temperature(), length=MONTHS, horizon=months)


KEPT = 3  # symbols to copy
SETUPS = {
    "adding": Setup(tasks.adding, {100: 10, 400: 5}, 32, 2000, lambda T: T),
    "copy memory": Setup(
        lambda T: tasks.copy_memory(T, length=KEPT),
        {20: 10, 60: 5},
        48,
        5000,
        lambda T: T + KEPT,
    ),
    "counting": Setup(
        lambda n: tasks.counting(1, n),
        {10: 10, 30: 10},
        8,
        3000,
        lambda n: 2 * n,
        False,
    ),
    "Reber": Setup(lambda _: tasks.reber(), {0: 10}, 16, 1500, lambda _: 30),
    "sea temperature": Setup(
        lambda months: sea_windows(months).task(),
        {3: 10, 6: 10},
        16,
        5000,
        lambda _: MONTHS,
    ),
}
