"""What a study costs: a little of each kind of run is timed, the rest is arithmetic."""

from time import perf_counter

import numpy as np

from gru_lesson import optim, train
from gru_lesson.setups import BATCH, EVERY, SETUPS, TESTED
from gru_lesson.trials import new_model, run


def planned_cost(trials, updates=5):
    """Time a little of each kind of run; add up what all take at most.

    Parameters
    ----------
    trials : iterable of Trial
        What is planned; where a rate is not yet chosen, any will do.
    updates : int
        How many updates to time; the fastest counts.

    Returns
    -------
    float
        Seconds of one processor if no run ends before its cap.
    """
    total, known = 0.0, {}
    for trial in trials:
        kind = trial.task, trial.length, trial.cell
        if kind not in known:
            known[kind] = _seconds(trial, updates)
        once, each = known[kind]
        total += once + each * trial.updates
    return total


def _seconds(trial, updates):
    """Time what a run needs once, and what an update needs with its share of tests."""
    rng = np.random.default_rng(0)
    task = SETUPS[trial.task].make(trial.length)
    model = new_model(trial, task, rng)
    adam = optim.Adam(model.params, rate=trial.rate)
    test = task.draw(TESTED, rng)

    def step():
        train.fit(model, task, adam, rng, 1, batch=BATCH, progress=False)

    def look():
        train.evaluate(model, task, test)

    once = _fastest(lambda: run(trial._replace(updates=1)), 1)
    return once, _fastest(step, updates) + 2 * _fastest(look, 2) / EVERY


def _fastest(action, times):
    seconds = []
    for _ in range(1 + times):  # the first allocates
        began = perf_counter()
        action()
        seconds.append(perf_counter() - began)
    return min(seconds[1:])
