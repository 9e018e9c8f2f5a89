"""Train a model on a task: a progress bar, a history, early stopping, resuming.

A step is here one update of the parameters: draw a batch, run the model forward and
backward, clip the gradient by its global norm, let the optimizer act. All randomness
comes from the generator that `fit` is given, so a run can be repeated, and resumed, to
the bit.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import numpy as np

from gru_lesson.checkpoint import Run
from gru_lesson.nn import cross_entropy, squared_error
from gru_lesson.optim import clip

LOSSES = {"numbers": squared_error, "symbols": cross_entropy}


@dataclass
class History:
    """What happened in a training run.

    ``losses`` and ``norms`` hold the loss and the global norm of the gradient (before
    clipping) of each step; ``test_losses`` the loss on the test batch, measured after
    as many steps as ``test_steps`` says; ``seconds`` the time spent in `fit`;
    ``stopped`` why it ended: "steps", "target", "patience", "watch" or "interrupted".
    """

    losses: list = field(default_factory=list)
    norms: list = field(default_factory=list)
    test_steps: list = field(default_factory=list)
    test_losses: list = field(default_factory=list)
    seconds: float = 0.0
    stopped: str = ""


class Diverged(FloatingPointError):
    """Training met a loss or a gradient that is not finite; ``history`` has the rest.

    Parameters
    ----------
    message : str
        What happened, and what to try.
    history : History
        The steps before.
    """

    def __init__(self, message, history):
        super().__init__(message)
        self.history = history


# an overflow is reported once: by `Diverged`
_quiet = np.errstate(over="ignore", invalid="ignore")


@_quiet
def evaluate(model, task, batch):
    """Measure the loss on a batch without learning from it.

    Parameters
    ----------
    model : gru_lesson.nn.Model
        What answers.
    task : gru_lesson.tasks.Task
        Its kind chooses the loss: squared error for "numbers", cross-entropy in nats
        for "symbols".
    batch : gru_lesson.tasks.Batch
        Inputs and targets.

    Returns
    -------
    float
        The loss, averaged over the entries that the task weighs.
    """
    ys = model.forward(batch.xs, mask=batch.mask)
    return float(LOSSES[task.kind](ys, batch.targets, batch.weights)[0])


def fit(
    model,
    task,
    optimizer,
    rng,
    steps=1000,
    *,
    batch=32,
    clip_norm=1.0,
    test=None,
    every=50,
    target=None,
    patience=None,
    watch=None,
    checkpoint=None,
    progress=True,
):
    """Train a model in place.

    Parameters
    ----------
    model : gru_lesson.nn.Model
        What is trained; its parameters are changed in place.
    task : gru_lesson.tasks.Task
        Where the batches come from.
    optimizer : gru_lesson.optim.SGD or gru_lesson.optim.Adam
        Made for ``model.params``.
    rng : numpy.random.Generator
        Draws the batches.
    steps : int
        How many steps to take at most, counted from the first, also after resuming.
    batch : int
        Sequences in a batch.
    clip_norm : float or None
        Largest global norm of a gradient; None does not clip.
    test : gru_lesson.tasks.Batch, optional
        What the model is tested on; it is never trained on.
    every : int
        Steps between two tests, and between two checkpoints.
    target : float, optional
        Stop when the test loss is below this.
    patience : int, optional
        Stop after this many tests in a row that bring no lower loss, and give back the
        parameters of the best test.
    watch : callable, optional
        Is given the history after each test; a true answer stops the training.
    checkpoint : path, optional
        File (``.npz``) where the run is saved. If it is there already, the run goes on
        from it, with the same numbers as if it had never stopped.
    progress : bool
        Show a bar, in a terminal or in a notebook. The environment variable
        ``TQDM_DISABLE=1`` turns it off everywhere.

    Returns
    -------
    History
        Losses and gradient norms of each step, the tests, and why it stopped.

    Raises
    ------
    ValueError
        If an argument is out of range, `target` or `patience` come without `test`, or
        the checkpoint belongs to another run.
    Diverged
        If a loss or gradient is NaN or infinite.
    """
    _check_arguments(steps, batch, every, test, target, patience)
    history = History()
    label = f"{task.name}, batches of {batch}, clipped at {clip_norm}"
    run = Run(model, optimizer, rng, history, label)
    if checkpoint is not None and Path(checkpoint).exists():
        run.load(checkpoint)
    began = perf_counter() - history.seconds
    bar = _bar(task.name, len(history.losses), steps, progress)
    try:
        while len(history.losses) < steps and not _done(history, target, patience):
            _step(model, task, optimizer, task.draw(batch, rng), clip_norm, history)
            bar.update()
            taken = len(history.losses)
            if taken % every and taken < steps:
                continue
            history.stopped = ""
            if test is not None:
                history.test_steps.append(taken)
                history.test_losses.append(evaluate(model, task, test))
                run.remember_the_best()
            bar.set_postfix_str(_numbers(history), refresh=False)
            history.seconds = perf_counter() - began
            if checkpoint is not None:
                run.save(checkpoint)
            if watch is not None and watch(history):
                history.stopped = "watch"
                break
    except KeyboardInterrupt:
        history.stopped = "interrupted"
    finally:
        bar.close()
    history.seconds = perf_counter() - began
    history.stopped = history.stopped or _done(history, target, patience) or "steps"
    if history.stopped == "patience":
        run.give_back_the_best()
    return history


def _check_arguments(steps, batch, every, test, target, patience):
    """Refuse what would fail, or do nothing, much later."""
    counts = {"steps": steps, "batch": batch, "every": every, "patience": patience}
    for name, count in counts.items():
        if count is not None and (not isinstance(count, int | np.integer) or count < 1):
            raise ValueError(f"{name} must be an integer from 1 up, got {count!r}.")
    if test is None and (target is not None or patience is not None):
        raise ValueError(
            "target and patience look at the test loss, but test is None. Pass a "
            "batch: test=task.draw(500, np.random.default_rng(1))."
        )


def _bar(name, taken, steps, progress):
    """Make the progress bar, of widgets in a notebook and of characters elsewhere."""
    from tqdm.auto import tqdm  # here, since it looks for a notebook when imported

    # in a notebook tqdm would obey the variable only after it has shown an empty bar
    off = not progress or os.environ.get("TQDM_DISABLE", "0") not in ("", "0")
    wanted = {"disable": True} if off else {}
    return tqdm(desc=name, initial=taken, total=steps, unit="step", **wanted)


@_quiet
def _step(model, task, optimizer, batch, clip_norm, history):
    """Take one step and note its loss and norm."""
    ys = model.forward(batch.xs, mask=batch.mask)
    loss, dys = LOSSES[task.kind](ys, batch.targets, batch.weights)
    try:
        model.backward(dys)
        norm = clip(model.grads, np.inf if clip_norm is None else clip_norm)
    except (FloatingPointError, ValueError) as error:  # of the gradient, or on its way
        raise Diverged(
            f"Step {len(history.losses) + 1} of the training failed. {error} Lower the "
            "learning rate, or clip at a smaller norm. What came before is in the "
            "history of this error.",
            history,
        ) from error
    optimizer.step(model.grads)
    history.losses.append(float(loss))
    history.norms.append(float(norm))


def _done(history, target, patience):
    """Say why to stop after the last test; "" while there is no reason."""
    losses = history.test_losses
    if target is not None and losses and losses[-1] < target:
        return "target"
    if patience is not None and len(losses) - 1 - _best(losses) >= patience:
        return "patience"
    return ""


def _best(losses):
    return int(np.argmin(losses)) if losses else -1


def _numbers(history):
    text = f"loss {history.losses[-1]:.4f}"
    return text + "".join(f", test {loss:.4f}" for loss in history.test_losses[-1:])
