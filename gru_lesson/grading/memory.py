"""Remember what is done, beside the notebook, and show it."""

import contextlib
import json
import os
from pathlib import Path

from gru_lesson.grading.question import find, numbers

FILE = ".gru_lesson_progress.json"
_memory = {}  # what this kernel knows; all there is where there is no disk


def load():
    """Read what is remembered.

    Returns
    -------
    dict
        From the number of a question to {"points", "tries", "hints"}.
    """
    try:
        known = json.loads(Path(FILE).read_text("utf-8"))
        odd = [v for e in known.values() for v in e.values() if type(v) is not int]
    except OSError:
        known, odd = {}, []
    except (ValueError, AttributeError):
        odd = ["not a dict of dicts"]
    if odd:  # not ours to delete: put aside
        known = {}
        with contextlib.suppress(OSError):
            os.replace(FILE, FILE + ".unreadable")
    for number, entry in _memory.items():
        known[number] = {**known.get(number, {}), **entry}
    return known


def note(number, **entry):
    """Remember something about a question; silent where nothing can be written.

    Parameters
    ----------
    number : str
        Of the question.
    **entry : int
        ``points``, ``tries`` or ``hints``.
    """
    if os.environ.get("GRU_LESSON_GRADING"):
        return
    _memory.setdefault(number, {}).update(entry)
    known = load()
    fresh = Path(FILE + ".new")
    with contextlib.suppress(OSError):
        fresh.write_text(json.dumps(known, indent=1, sort_keys=True), "utf-8")
        os.replace(fresh, FILE)


def entry(number):
    """Return what is remembered about a question.

    Parameters
    ----------
    number : str
        Of the question.

    Returns
    -------
    dict
        Empty if it was never tried.
    """
    return load().get(number, {})


def tried_here():
    """Return the questions that were checked in this kernel.

    Returns
    -------
    list of str
        Their numbers.
    """
    return list(_memory)


def progress(chapter=None):
    """Print what is done, question by question, and a bar.

    Parameters
    ----------
    chapter : int, optional
        Show only the questions of this chapter.
    """
    known = load()
    asked = numbers(chapter)
    done = total = 0
    for number in asked:
        question = find(number)
        tried = number in known and "points" in known[number]
        points = known[number]["points"] if tried else 0
        mark = "✓" if points == question.points else "·" if tried else " "
        done, total = done + points, total + question.points
        print(f"{mark} {question.heading:<50} {points} of {question.points}")
    filled = round(24 * done / total) if total else 0
    print(f"{'█' * filled}{'░' * (24 - filled)} {done} of {total} points")
