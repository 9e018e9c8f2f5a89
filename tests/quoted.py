"""Numbers that pages quote, taken from the committed results; quoted.toml calls these.

A median comes with its interval: write {m.median:.0f} ({m.low:.0f} to {m.high:.0f}).
"""

from collections import namedtuple
from functools import cache

import numpy as np

from gru_lesson import results, study
from gru_lesson.intervals import median_interval, ratio_interval, share_interval
from gru_lesson.trials import SETUPS

Interval = namedtuple("Interval", "median low high")
Range = namedtuple("Range", "low high")
Share = namedtuple("Share", "hits runs low high")  # the ends in percent


class Updates(float):
    """Updates to solve a task; those that reach the cap are "more than" it."""

    def __new__(cls, value, cap):
        self = super().__new__(cls, value)
        self.cap = cap
        return self

    def __format__(self, spec):
        if self >= self.cap:
            return f"more than {self.cap:{spec}}"
        return super().__format__(spec)


def power(x):
    r"""Write a number as the book does: 2.1e-20 is 2 \cdot 10^{-20}, 1e9 is 10^{9}."""
    digit, exponent = f"{x:.0e}".split("e")
    ten = f"10^{{{int(exponent)}}}"
    return ten if digit == "1" else rf"{digit} \cdot {ten}"


@cache
def rows(name):
    found = results.load(name)
    return study.records(found) if "columns" in found else found["runs"]


def runs(name, **wanted):
    """Return the runs of a results file with these entries, at least one."""
    found = [r for r in rows(name) if all(r[k] == v for k, v in wanted.items())]
    assert found, f"{name} has no run with {wanted}"
    return found


def values(name, key, **wanted):
    return [run[key] for run in runs(name, **wanted)]


def over(values):
    """Return the smallest and the largest."""
    return Range(min(values), max(values))


def quotients(name, above, below, **wanted):
    return [run[above] / run[below] for run in runs(name, **wanted)]


def middle(values):
    return Interval(*median_interval(values, np.random.default_rng(0)))


def solved(name, **wanted):
    marks = values(name, "solved", **wanted)
    _, low, high = share_interval(sum(marks), len(marks))
    return Share(sum(marks), len(marks), 100 * low, 100 * high)


# --- the times of a training step -----------------------------------------------------


def times(program):
    """Return GRU / LSTM in a program, a median for each size and pass."""
    return [run["ratio_quartiles"][program][1] for run in rows("frameworks")]


def slower(program):
    """Return at how many sizes the GRU takes longer, least and most over the passes."""
    passes = {run["pass"] for run in rows("frameworks")}
    ratios = {n: values("frameworks", "ratio_quartiles", **{"pass": n}) for n in passes}
    return over([sum(r[program][1] > 1 for r in ratios[n]) for n in passes])


# --- the study of chapter 10 ----------------------------------------------------------


@cache
def summaries(phase="measure"):
    """Return what `gru-lesson study` prints, by task, length, cell and bias."""
    found = study.summarize(rows("study"), np.random.default_rng(0), phase)
    return {(s["task"], s["length"], s["cell"], s["bias"]): s for s in found}


def updates(task, *variant, phase="measure"):
    """Updates to solve the task at a length with a cell and a bias."""
    found = summaries(phase)[task, *variant]["updates"]
    return Interval(*(Updates(value, SETUPS[task].updates) for value in found))


def score(*group):
    return Interval(*summaries()[group]["score"])


def longest(*group):
    return Interval(*summaries()[group]["longest"])


def share(task, length, cell, bias):
    wanted = {"task": task, "length": length, "cell": cell, "bias": bias}
    return solved("study", phase="measure", **wanted)


def ratio(key, over, under, phase="measure"):
    """Return the ratio of two medians of the study; groups as for `updates`."""
    names = "task", "length", "cell", "bias"
    a, b = (
        values("study", key, phase=phase, **dict(zip(names, group, strict=True)))
        for group in (over, under)
    )
    cap = SETUPS[over[0]].updates if key == "updates" else np.inf
    return Interval(*ratio_interval(a, b, np.random.default_rng(0), cap=cap))


def counted(cell, far, length=None):
    """Return how many runs of counting are right up to `far` times their training."""
    wanted = {"length": length} if length else {}
    found = runs("study", phase="measure", task="counting", cell=cell, **wanted)
    hits = sum(run["longest"] >= far * run["length"] for run in found)
    _, low, high = share_interval(hits, len(found))
    return Share(hits, len(found), 100 * low, 100 * high)
