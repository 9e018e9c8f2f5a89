"""One run of the study: a task, a cell, an initial bias, a learning rate, a start."""

from time import perf_counter
from typing import NamedTuple

import numpy as np

from gru_lesson import engine, nn, optim, tasks, train
from gru_lesson.setups import (
    ABOVE,
    BATCH,
    EVERY,
    FIRST_CHOOSING,
    PATIENCE,
    SETUPS,
    TESTED,
    sea_windows,
)

LAYERS = {
    "Elman": engine.RNN,
    "GRU": engine.GRU,
    "LSTM": engine.LSTM,
    "narrow LSTM": engine.LSTM,
}


class Trial(NamedTuple):
    """One run: everything that it depends on.

    ``task``: a key of ``SETUPS``. ``length``: a key of its ``starts``, or another.
    ``cell``, ``bias``: of ``VARIANTS``. ``rate``: of Adam. ``seed``: of the initial
    weights and the batches, from 100 on for a choice. ``updates``: the cap.
    """

    task: str
    length: int
    cell: str
    bias: str
    rate: float
    seed: int
    updates: int

    @property
    def phase(self):
        """Whether the run is to "choose" a rate, "measure", or "check" at another."""
        if self.seed >= FIRST_CHOOSING:
            return "choose"
        return "check" if self.rate == ABOVE else "measure"


def narrow_width(D, H, K):
    """Find the width of the LSTM with as many parameters as a GRU, readout included.

    Parameters
    ----------
    D, H, K : int
        Inputs, units and outputs of the GRU.

    Returns
    -------
    int
        The width whose number of parameters is nearest.
    """
    wanted = 3 * (D * H + H * H + H) + H * K
    return min(
        range(1, H + 1), key=lambda w: abs(4 * (D * w + w * w + w) + w * K - wanted)
    )


def new_model(trial, task, rng):
    """Make the model of a trial, with its initial weights.

    Parameters
    ----------
    trial : Trial
        Names the cell and the bias.
    task : Task
        Says how many inputs and outputs there are.
    rng : numpy.random.Generator
        Draws the weights.

    Returns
    -------
    gru_lesson.nn.Model
        A layer of the engine and a linear readout.
    """
    setup, given = SETUPS[trial.task], {}
    H = setup.H
    if trial.cell == "narrow LSTM":
        H = narrow_width(task.D, H, task.K)
    if trial.cell != "Elman":
        chrono = "chrono", setup.reach(trial.length)
        given["gate_bias"] = chrono if trial.bias == "chrono" else float(trial.bias)
    layer = LAYERS[trial.cell](task.D, H, rng, **given)
    return nn.Model(layer, nn.Dense(H, task.K, rng))


def learn(trial):
    """Train one model.

    Parameters
    ----------
    trial : Trial
        What to train on what.

    Returns
    -------
    model : gru_lesson.nn.Model
        As it was when the run ended; for the temperature, at its best validation,
        unless the cap ended the run.
    row : dict
        The fields of `trial` and ``phase``, ``H``, ``parameters``; ``updates`` to the
        first test at which the task was solved, else the cap; ``solved``; ``loss`` and
        ``score`` (`Task.score`) of the model on the test sequences, for the temperature
        the loss on the validation part and the error on the test part in °C;
        ``longest``, of counting: the n up to which all strings are right; ``seconds``.
        A run that diverged has neither loss nor score.
    """
    began = perf_counter()
    rng = np.random.default_rng(trial.seed)
    task = SETUPS[trial.task].make(trial.length)
    model = new_model(trial, task, rng)
    row = trial._asdict() | {
        "phase": trial.phase,
        "H": model.layer.H,
        "parameters": sum(array.size for array in model.params.values()),
        "solved": False,
        "loss": None,
        "score": None,
        "longest": None,
    }
    try:
        if trial.task == "sea temperature":
            row |= _forecast(trial, task, model, rng)
        else:
            row |= _solve(trial, task, model, rng)
    except train.Diverged:
        pass
    return model, row | {"seconds": round(perf_counter() - began, 2)}


def run(trial):
    """Train one model and keep only the row; this is what a worker runs.

    Parameters
    ----------
    trial : Trial
        What to train on what.

    Returns
    -------
    dict
        The row of `learn`.
    """
    return learn(trial)[1]


def _fit(trial, task, model, rng, **options):
    """Train with what all runs share; a run that was stopped is no result."""
    adam, shared = optim.Adam(model.params, rate=trial.rate), {"batch": BATCH}
    shared |= {"progress": False} | options
    history = train.fit(model, task, adam, rng, trial.updates, **shared)
    if history.stopped == "interrupted":
        raise KeyboardInterrupt
    return history


def _solve(trial, task, model, rng):
    """Train until the task is solved, or on to the cap."""
    test = task.draw(TESTED, np.random.default_rng(10**6 + (trial.phase == "choose")))
    scores, found = [], {}

    def look(history):
        ys = model.forward(test.xs, mask=test.mask)
        scores.append(task.score(ys, test))
        if task.solved(ys, test) and not found:
            found.update(solved=True, updates=len(history.losses))
        return bool(found) and SETUPS[trial.task].ends

    history = _fit(trial, task, model, rng, test=test, every=EVERY, watch=look)
    found |= {"loss": history.test_losses[-1], "score": scores[-1]}
    if trial.task == "counting":
        found["longest"] = longest_count(model)
    return found


def longest_count(model, most=300):
    """Find the n up to which a model predicts all strings aⁿbⁿ right.

    Parameters
    ----------
    model : gru_lesson.nn.Model
        Trained on ``tasks.counting``.
    most : int
        Where to stop looking.

    Returns
    -------
    int
        The largest n such that each string from n = 1 to it is right; 0 if none.
    """
    for n in range(1, most + 1):
        batch = tasks.counting(n, n).draw(1, np.random.default_rng(0))
        if tasks.share_right(model.forward(batch.xs, mask=batch.mask), batch) < 1:
            return n - 1
    return most


def _forecast(trial, task, model, rng):
    """Train with early stopping; judge on the test part, against one multiplication."""
    w = sea_windows(trial.length)
    options = {"test": w.valid, "every": 25, "patience": PATIENCE}
    history = _fit(trial, task, model, rng, **options)
    found = {"loss": train.evaluate(model, task, w.valid)}
    if trial.phase == "choose":  # the test part is not looked at
        return found
    error = w.rmse(w.degrees(model.forward(w.test.xs)), w.test)
    plain = w.rmse(w.forecasts(w.test)["damped anomaly"], w.test)
    if error < plain:
        early = history.stopped == "patience"  # else the model is as it was at the cap
        judged = int(np.argmin(history.test_losses)) if early else -1
        found |= {"solved": True, "updates": history.test_steps[judged]}
    return found | {"score": error}
