"""What came out of the study: the results file, its rows, medians with intervals."""

import json
from collections import defaultdict
from pathlib import Path

import numpy as np

from gru_lesson import results
from gru_lesson.intervals import median_interval, share_interval
from gru_lesson.setups import (
    ABOVE,
    BATCH,
    CHOOSING,
    EVERY,
    KEPT,
    MONTHS,
    RATES,
    SETUPS,
    TESTED,
    VARIANTS,
)

SHARED = ["phase", "task", "length", "cell", "bias", "H", "parameters", "rate"]
COLUMNS = [*SHARED, "seed", "updates", "solved", "loss", "score", "longest", "seconds"]


def save(rows, file, command):
    """Write a results file: how, where, and the runs, put together by what they share.

    Parameters
    ----------
    rows : list of dict
        From `conduct`.
    file : path
        Where to; replaced if it is there.
    command : str
        What made them.
    """
    head = {"command": command, "settings": settings(), "machine": results.machine()}
    groups = defaultdict(list)
    for row in sorted(rows, key=_place):
        values = [_short(row[column]) for column in COLUMNS]
        groups[tuple(values[: len(SHARED)])].append(values[len(SHARED) :])
    lines = ",\n  ".join(json.dumps([*key, runs]) for key, runs in groups.items())
    text = json.dumps(head | {"columns": COLUMNS}, indent=1, ensure_ascii=False)
    text = text[:-2] + f',\n "runs": [\n  {lines}\n ]\n}}\n'
    Path(file).write_text(text, "utf-8")


def _place(row):
    """Say where a row stands: in the order of the plan, whatever ended first."""
    task, variant = list(SETUPS).index(row["task"]), (row["cell"], row["bias"])
    phase = ("choose", "measure", "check").index(row["phase"])
    first = phase, task, row["length"], VARIANTS.index(variant)
    return *first, row["rate"], row["seed"]


def _short(value):
    """Leave out digits that differ from machine to machine."""
    return float(f"{value:.4g}") if isinstance(value, float) else value


def settings():
    """Say how the runs are made.

    Returns
    -------
    dict
        For the results file.
    """
    setups = {
        name: {
            "starts": setup.starts,
            "H": setup.H,
            "updates": setup.updates,
            "chrono": [setup.reach(length) for length in setup.starts],
        }
        for name, setup in SETUPS.items()
    }
    return {
        "tasks": setups,
        "rates": RATES,
        "rate to check": ABOVE,
        "starts to choose a rate": CHOOSING,
        "batch": BATCH,
        "clip_norm": 1.0,
        "optimizer": "Adam",
        "test_sequences": TESTED,
        "tested every": EVERY,
        "symbols to copy": KEPT,
        "months in a window": MONTHS,
    }


def records(found):
    """Turn the runs of a results file into dicts.

    Parameters
    ----------
    found : dict
        From ``results.load("study")``.

    Returns
    -------
    list of dict
        One for each run, with the names of the columns.
    """
    return [
        dict(zip(found["columns"], [*shared, *run], strict=True))
        for *shared, runs in found["runs"]
        for run in runs
    ]


def summarize(rows, rng, phase="measure"):
    """Put the runs of each task, length and variant together.

    Parameters
    ----------
    rows : iterable of dict
        From `records` or `conduct`.
    rng : numpy.random.Generator
        Draws for the intervals.
    phase : {"measure", "check"}
        The measured runs, or those at the rate that was not offered.

    Returns
    -------
    list of dict
        ``task``, ``length``, ``cell``, ``bias``, ``rate``, ``runs``; ``share`` solved,
        and the medians of ``updates``, ``score`` and ``longest`` over the starts, each
        with the ends of its interval, None where there is no number. A run that was not
        solved counts as its cap; ``known`` are the updates of the slowest that was
        solved before: a median above is at least so much. None if all were solved.
    """
    groups = defaultdict(list)
    for row in rows:
        if row["phase"] == phase:
            names = "task", "length", "cell", "bias", "rate"
            groups[tuple((name, row[name]) for name in names)].append(row)
    summaries = []
    for group, runs in groups.items():
        solved = sum(row["solved"] for row in runs)
        found = {"runs": len(runs), "share": share_interval(solved, len(runs))}
        cap = max((row["updates"] for row in runs if not row["solved"]), default=None)
        known = [row["updates"] for row in runs if cap and row["updates"] < cap]
        found["known"] = max(known, default=0) if cap else None
        for name in ("updates", "score", "longest"):
            values = [row[name] for row in runs if row[name] is not None]
            found[name] = median_interval(values, rng) if values else None
        summaries.append(dict(group) | found)
    return summaries


def table(rows):
    """Write the summary as text, for a terminal.

    Parameters
    ----------
    rows : iterable of dict
        As for `summarize`.

    Returns
    -------
    str
        A line for each task, length and variant; >2000 for "2000 or more", where runs
        ended unsolved.
    """
    names = "task", "length", "cell", "bias", "rate"
    lines = ["{:15} {:>6} {:11} {:6} {:>5}".format(*names) + "  solved  updates"]
    for s in summarize(rows, np.random.default_rng(0)):
        line = "{:15} {:6} {:11} {:6} {:5}".format(*(s[name] for name in names))
        known = np.inf if s["known"] is None else s["known"]
        shown = ["{}{:.0f}".format(">" * (u > known), u) for u in s["updates"]]
        line += "  {:6.0%} {:>8} ({} to {})".format(s["share"][0], *shown)
        if s["longest"]:
            line += "; right up to n = {:.0f} ({:.0f} to {:.0f})".format(*s["longest"])
        if s["task"] == "sea temperature" and s["score"]:
            line += "; error {:.3f} °C ({:.3f} to {:.3f})".format(*s["score"])
        lines.append(line)
    return "\n".join(lines)
