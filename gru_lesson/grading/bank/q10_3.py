"""10.3: say of statements whether a made-up study shows, refutes or leaves them."""

from functools import cache

import numpy as np

from gru_lesson.grading.question import Mistake, Question
from gru_lesson.intervals import median_interval, ratio_interval, share_interval

CAP = 3000
RUNS = {  # updates to solve a task, CAP where it was not solved: ten starts each
    "GRU, 0": [400, 600, 700, 750, 850, 950, 1100, 1150, 1300, 1400],
    "GRU, 1": [500, 500, 550, 600, 600, 750, 750, 750, 950, 1100],
    "LSTM, 0": [1850, 2350, 2750, CAP, CAP, CAP, CAP, CAP, CAP, CAP],
    "LSTM, 1": [450, 500, 650, 700, 900, 950, 1150, 1200, 1600, 1850],
    "LSTM, chrono": [300, 350, 350, 400, 400, 400, 450, 500, 500, 500],
    "narrow, chrono": [450, 450, 450, 550, 600, 600, 650, 700, 750, 850],
}
SHOWN, REFUTED, OPEN = "shown", "refuted", "open"


def reference():
    """Return a word for each of the eight statements."""
    at_0 = fewer("GRU, 0", "LSTM, 0")
    at_1 = fewer("GRU, 1", "LSTM, 1")
    best = fewer(fastest("GRU"), fastest("LSTM"))
    wide = fewer("LSTM, chrono", "narrow, chrono")
    _, low, high = share_interval(solved("LSTM, 1"), 10)
    always = SHOWN if low >= 0.9 else REFUTED if high < 0.9 else OPEN
    capped = np.median(RUNS["LSTM, 0"]) >= CAP
    return {
        "a": at_0,
        "b": REFUTED if capped else SHOWN,
        "c": at_1,
        "d": OPEN if at_1 == OPEN else REFUTED,
        "e": best,
        "f": wide,
        "g": always,
        "h": OPEN if solved("LSTM, 0") < 10 else SHOWN,
    }


@cache
def fewer(one, other):
    """Say whether one variant is shown to need fewer updates than another."""
    rng = np.random.default_rng(0)
    _, low, high = ratio_interval(RUNS[one], RUNS[other], rng)
    return SHOWN if high < 1 else REFUTED if low > 1 else OPEN


def fastest(cell):
    """Return the variant of a cell with the lowest median."""
    names = [name for name in RUNS if name.startswith(cell)]
    return min(names, key=lambda name: np.median(RUNS[name]))


def solved(name):
    """Count the runs of a variant that solved the task."""
    return sum(updates < CAP for updates in RUNS[name])


def printed():
    """Return what the notebook draws: median, ends of its interval, runs solved.

    Returns
    -------
    dict
        From the name of a variant to four whole numbers.
    """
    rng = np.random.default_rng(0)
    return {
        name: tuple(round(v) for v in (*median_interval(runs, rng), solved(name)))
        for name, runs in RUNS.items()
    }


QUESTION = Question(
    title="What does the plot show?",
    points=2,
    where="section 10.6",
    reference=reference,
    returns=("verdict",),
    hints=(
        "Ask of each statement what would have to be seen if it were false, and "
        "whether that is excluded by an interval.",
        "Where the ratio of two variants is given, its interval decides: does it hold "
        "1? Where not, see how far apart their own intervals lie. A run that was "
        "stopped at the cap says nothing about what comes after it.",
        "Section 10.6 for medians, ratios, shares and the cap; equation 10.7 for what "
        "ten of ten says; section 10.1 for what each cell may choose.",
    ),
    mistakes=(
        Mistake(
            "a is left open, although the two intervals lie far apart",
            '"a": at_0', '"a": OPEN',
            "compare the ends: the upper one of the GRU lies far below the lower one "
            "of the LSTM.",
        ),
        Mistake(
            "b takes the cap for a result",
            "REFUTED if capped", "SHOWN if capped",
            "count the LSTM's runs with a bias of 0 that were solved: where are the "
            "other seven?",
        ),
        Mistake(
            "b is left open, although it is about the ten runs that were made",
            "REFUTED if capped", "OPEN if capped",
            "look at the ten runs: with three solved, their median is known to lie "
            "above the cap.",
        ),
        Mistake(
            "c is decided by the medians alone",
            '"c": at_1', '"c": SHOWN',
            "look at the interval of the ratio: 1 lies in it.",
        ),
        Mistake(
            "c is taken to be refuted, since the intervals overlap",
            '"c": at_1', '"c": REFUTED',
            "tell two things apart: not shown, and shown to be false.",
        ),
        Mistake(
            "d takes a difference that was not shown for equality",
            "OPEN if at_1 == OPEN else REFUTED", "SHOWN",
            "look at the interval of the ratio: it holds 1, and it holds one half too.",
        ),
        Mistake(
            "d is taken to be refuted, since the medians differ",
            "OPEN if at_1 == OPEN else REFUTED", "REFUTED",
            "look at the interval of the ratio: 1 lies in it.",
        ),
        Mistake(
            "e compares the cells at one bias, not each at its best",
            '"e": best', '"e": at_0',
            "find the lowest median of each cell, and compare these two.",
            "section 10.1",
        ),
        Mistake(
            "e is left open, although the ratio of the best two is given",
            '"e": best', '"e": OPEN',
            "find the lowest median of each cell; the table has their ratio.",
        ),
        Mistake(
            "f is left open, since the intervals of the two medians overlap",
            '"f": wide', '"f": OPEN',
            "look at the interval of the ratio: two intervals can overlap although it "
            "leaves 1 out.",
        ),
        Mistake(
            "f is taken to be refuted, since the intervals overlap",
            '"f": wide', '"f": REFUTED',
            "look at the interval of the ratio: on which side of 1 does it lie?",
        ),
        Mistake(
            "g takes ten of ten for certainty",
            '"g": always', '"g": SHOWN',
            "look at the interval of a share of ten in ten: it begins at 0.72.",
            "section 10.6, equation 10.7",
        ),
        Mistake(
            "g is taken to be refuted, though no run failed",
            '"g": always', '"g": REFUTED',
            "look at the upper end of the share's interval: it is 1.",
            "section 10.6, equation 10.7",
        ),
        Mistake(
            "h takes it that what is slow gets there in the end",
            'OPEN if solved("LSTM, 0") < 10 else SHOWN', "SHOWN",
            "ask what the study saw of these runs after 3000 updates: nothing.",
        ),
        Mistake(
            "h takes it that what was not solved in time will never be",
            'OPEN if solved("LSTM, 0") < 10 else SHOWN', "REFUTED",
            "ask what the study saw of these runs after 3000 updates: nothing.",
        ),
    ),
)  # fmt: skip
