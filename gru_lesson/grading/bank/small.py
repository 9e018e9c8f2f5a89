"""The small training run of questions 10.5 and 10.6, which their notebook shows too."""

from functools import cache

import numpy as np

from gru_lesson import engine, nn, optim, tasks, train

RATE, CAP = 0.03, 300  # of question 10.6


def run(cell, bias, rate, cap, seed):
    """Train a cell of 8 units on the adding problem with 20 steps.

    Parameters
    ----------
    cell : str
        "GRU" or "LSTM".
    bias : str
        Initial bias of the gate that keeps: "0", "1" or "chrono".
    rate : float
        Of Adam.
    cap : int
        Updates after which the run ends at the latest.
    seed : int
        Of weights and batches.

    Returns
    -------
    updates : int
        After how many the run ended.
    solved : bool
        Whether the test loss was below 0.02 then.
    """
    rng = np.random.default_rng(seed)
    start = ("chrono", 20) if bias == "chrono" else float(bias)
    layer = getattr(engine, cell)(2, 8, rng, np.float64, start)
    model = nn.Model(layer, nn.Dense(8, 1, rng, np.float64))
    adam, task = optim.Adam(model.params, rate), tasks.adding(20)
    test = task.draw(100, np.random.default_rng(1000))
    options = {"test": test, "every": 10, "target": 0.02, "progress": False}
    history = train.fit(model, task, adam, rng, cap, batch=16, **options)
    return len(history.losses), history.stopped == "target"


@cache
def updates(cell, bias, seed):
    """Train once, and remember the outcome: a check calls for it many times.

    Parameters
    ----------
    cell, bias : str
        As in `run`.
    seed : int
        As in `run`.

    Returns
    -------
    int
        The updates to solve the task, `CAP` if it was not solved.
    """
    ended, solved = run(cell, bias, RATE, CAP, seed)
    return ended if solved else CAP
