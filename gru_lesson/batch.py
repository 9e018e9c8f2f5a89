"""Batches of sequences, and the tasks that draw them.

A task knows how well an answer without memory does (`baseline`) and when it counts as
solved (`goal`). Shapes: T steps, N sequences, D inputs, K outputs; time comes first.
Sequences of different lengths are padded at the end; a padded step has mask False and
weight 0. The tasks themselves: ``tasks``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np


class Batch(NamedTuple):
    """Sequences and what is to be answered.

    ``xs``: inputs, float32 (T, N, D), or whole numbers (T, N) for an embedding.
    ``targets``: float32 (T, N, K), or whole numbers below K (T, N).
    ``weights``: float32 (T, N), 1 where the loss looks.
    ``mask``: bool (T, N), True where a step is real; None if all are.
    """

    xs: np.ndarray
    targets: np.ndarray
    weights: np.ndarray
    mask: np.ndarray | None = None


@dataclass(frozen=True)
class Task:
    """What there is to learn, and how to judge it.

    ``name``: for titles. ``D``, ``K``: numbers of inputs and outputs. ``kind``:
    "numbers" (squared error) or "symbols" (cross-entropy). ``baseline``: the loss of
    the best answer without memory; ``floor``: that of the best answer, None if unknown;
    ``unit``: the unit of the loss. ``goal``: what `score` must reach, None if there is
    no such line. ``make``: the function (N, rng) -> Batch behind `draw`. ``judged``:
    moves the weights of a batch to what `score` looks at.
    """

    name: str
    D: int
    K: int
    kind: str
    baseline: float
    unit: str
    goal: float | None
    make: Callable[[int, np.random.Generator], Batch]
    floor: float | None = 0.0
    judged: Callable[[Batch], Batch] = lambda batch: batch

    def draw(self, N, rng):
        """Draw N sequences.

        Parameters
        ----------
        N : int
            Number of sequences, at least 1.
        rng : numpy.random.Generator
            Source of randomness.

        Returns
        -------
        Batch
            Arrays of its own.

        Raises
        ------
        TypeError, ValueError
            If `N` is no whole number from 1 up or `rng` no generator.
        """
        check_count("N", N, 1)
        if not isinstance(rng, np.random.Generator):
            raise TypeError(
                f"rng must be a numpy.random.Generator, got {type(rng).__name__}. "
                "Make one: np.random.default_rng(0)."
            )
        return self.make(N, rng)

    def score(self, ys, batch):
        """Judge answers: mean squared error, or the share of sequences all right.

        Parameters
        ----------
        ys : ndarray, shape (T, N, K)
            What a model answers: numbers, or logits.
        batch : Batch
            What it was asked.

        Returns
        -------
        float
            "numbers": mean squared error, less is better. "symbols": `share_right`
            of what is judged, more is better.
        """
        batch = self.judged(batch)
        if self.kind == "symbols":
            return share_right(ys, batch)
        errors = ((ys - batch.targets) ** 2).mean(axis=-1)
        return float((errors * batch.weights).sum() / batch.weights.sum())

    def solved(self, ys, batch):
        """Say whether `score` reaches the goal.

        Parameters
        ----------
        ys : ndarray, shape (T, N, K)
            What a model answers.
        batch : Batch
            What it was asked: one that it was not trained on.

        Returns
        -------
        bool
            "numbers": `score` is below the goal; "symbols": it is at least the goal.

        Raises
        ------
        ValueError
            If the task has no goal.
        """
        if self.goal is None:
            raise ValueError(f"{self.name} has no goal. Compare with its baseline.")
        score = self.score(ys, batch)
        return score < self.goal if self.kind == "numbers" else score >= self.goal


def check_count(name, value, least):
    """Refuse what is not a whole number from `least` up.

    Parameters
    ----------
    name : str
        Name of the argument, for the message.
    value : object
        What came.
    least : int
        The smallest that is allowed.

    Raises
    ------
    TypeError, ValueError
        If `value` is no int, or less than `least`.
    """
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise TypeError(f"{name} must be an int, got {value!r}.")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, got {value}.")


def share_right(logits, batch):
    """Count the sequences in which every weighted prediction is right.

    Parameters
    ----------
    logits : ndarray, shape (T, N, K)
        The largest is the prediction.
    batch : Batch
        Targets (T, N) and weights (T, N).

    Returns
    -------
    float
        Share of the N sequences, from 0 to 1.
    """
    right = (logits.argmax(axis=-1) == batch.targets) | (batch.weights == 0)
    return float(right.all(axis=0).mean())
