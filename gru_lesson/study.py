"""GRU against LSTM: the study of chapter 10, many runs on an executor.

Five tasks are learned by ten variants, a cell with an initial bias of the gate that
keeps. First each variant chooses its learning rate for each task, at the shortest
length; then it is measured from several starts. Starts and test sequences of the choice
are not used again. Last, the runs at the shortest lengths are made once more at a rate
above those offered, to see what hangs on the choice. The tasks are set in ``setups``, a
single run is in ``trials``, its time in ``cost``, what came out in ``findings``.
"""

from collections import defaultdict
from itertools import product
from statistics import mean, median

import numpy as np

from gru_lesson import ledger
from gru_lesson.cost import planned_cost
from gru_lesson.findings import records, save, summarize, table
from gru_lesson.setups import ABOVE, CHOOSING, FIRST_CHOOSING, RATES, SETUPS, VARIANTS
from gru_lesson.trials import Trial, learn, run

__all__ = ["Trial", "learn", "planned_cost", "records", "run", "save", "summarize"]
__all__ += ["table"]


def to_choose(names=SETUPS):
    """List the runs that choose the learning rates.

    Parameters
    ----------
    names : iterable of str
        Tasks; all by default.

    Returns
    -------
    list of Trial
        At the shortest length of each task.
    """
    seeds = range(FIRST_CHOOSING, FIRST_CHOOSING + CHOOSING)
    return [
        Trial(name, min(setup.starts), *variant, rate, seed, setup.updates)
        for name, setup in _setups(names)
        for variant, rate, seed in product(VARIANTS, RATES, seeds)
    ]


def choose(rows):
    """Choose a learning rate for each task and variant.

    Parameters
    ----------
    rows : iterable of dict
        From the runs of `to_choose`; others are passed over.

    Returns
    -------
    dict
        From (task, cell, bias) to the rate with the most runs solved; among these with
        the fewest updates (the median); among these with the lowest mean loss. Of rates
        that are equal in all that, the lowest.
    """
    groups = defaultdict(list)
    for row in rows:
        if row["phase"] == "choose":
            key = row["task"], row["cell"], row["bias"]
            groups[key, row["rate"]].append(row)

    def badness(group):
        losses = [np.inf if row["loss"] is None else row["loss"] for row in group]
        solved = sum(row["solved"] for row in group)
        return -solved, median(row["updates"] for row in group), mean(losses)

    chosen = {}
    for (key, rate), group in sorted(groups.items(), key=lambda item: item[0][1]):
        if key not in chosen or badness(group) < badness(groups[key, chosen[key]]):
            chosen[key] = rate
    return chosen


def to_measure(rates, names=SETUPS):
    """List the runs that are measured.

    Parameters
    ----------
    rates : dict
        From `choose`.
    names : iterable of str
        Tasks; all by default.

    Returns
    -------
    list of Trial
        Each length, variant and start.
    """
    return [
        Trial(name, length, *variant, rates[name, *variant], seed, setup.updates)
        for name, setup in _setups(names)
        for length, starts in setup.starts.items()
        for variant, seed in product(VARIANTS, range(starts))
    ]


def _setups(names):
    return [(name, SETUPS[name]) for name in names]


def to_check(names=SETUPS):
    """List the runs that repeat measured ones at a rate that was not offered.

    Parameters
    ----------
    names : iterable of str
        Tasks; all by default.

    Returns
    -------
    list of Trial
        The shortest length, each variant and start.
    """
    return [
        Trial(name, min(setup.starts), *variant, ABOVE, seed, setup.updates)
        for name, setup in _setups(names)
        for variant in VARIANTS
        for seed in range(setup.starts[min(setup.starts)])
    ]


def plan(names=SETUPS, small=False):
    """List all runs; the rates of the measured ones are still open.

    Parameters
    ----------
    names : iterable of str
        Tasks.
    small : bool
        Whether `quick` is enough.

    Returns
    -------
    list of Trial
        Those of `to_choose`, of `to_measure` with any rate, and of `to_check`.
    """
    first = to_choose(names)
    rates = {(trial.task, trial.cell, trial.bias): RATES[0] for trial in first}
    trials = first + to_measure(rates, names) + to_check(names)
    return quick(trials) if small else trials


def quick(trials):
    """Keep a small study of a large one, to see whether all is in place.

    Parameters
    ----------
    trials : iterable of Trial
        From `to_choose` or `to_measure`.

    Returns
    -------
    list of Trial
        Two starts at the shortest length, and a twentieth of the updates.
    """
    return [
        trial._replace(updates=trial.updates // 20)
        for trial in trials
        if trial.length == min(SETUPS[trial.task].starts)
        and trial.seed % FIRST_CHOOSING < 2
    ]


def conduct(names, small, executor, file, workers):
    """Make the runs that are not made yet: those that choose, then the measured ones.

    Parameters
    ----------
    names : iterable of str
        Tasks.
    small : bool
        Whether `quick` is enough.
    executor : concurrent.futures.Executor
        Runs them: processes, or a Dask client's ``get_executor()``.
    file : path
        The ledger: one line for each run that is finished.
    workers : int
        How many at a time.

    Yields
    ------
    dict
        A row for each run, as they come.

    Raises
    ------
    RuntimeError
        If a run fails; what finished before is in the ledger.
    """

    def failed(error, trial):
        raise RuntimeError(
            f"{trial} failed: {type(error).__name__}: {error}. What finished is in "
            f"{file}; the same command goes on from there."
        ) from error

    def make(trials):
        trials = quick(trials) if small else trials
        jobs = {repr(tuple(trial)): (trial,) for trial in trials}
        for row in ledger.run_all(jobs.items(), run, executor, file, workers, failed):
            (trial,) = jobs[row["key"]]
            yield row | {"phase": trial.phase}  # it may be of an earlier plan

    chosen = []
    for row in make(to_choose(names)):
        chosen.append(row)
        yield row
    yield from make(to_measure(choose(chosen), names) + to_check(names))
