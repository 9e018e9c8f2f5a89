"""What a notebook calls: ``check`` and ``hint``."""

import base64
import io
import os
import sys
import textwrap

from gru_lesson.grading import memory
from gru_lesson.grading.judge import judge
from gru_lesson.grading.question import find

FIRST_STDOUT = sys.stdout  # an answer may put something else in its place


def check(number, answer):
    """Try an answer, and print what came of it.

    Parameters
    ----------
    number : str
        Of the question, for example "2.1".
    answer : object
        Your function, without calling it, or your value.

    Raises
    ------
    ValueError
        If there is no such question.
    """
    question = find(number)
    verdict = judge(question, answer)
    sys.stdout.write(verdict.text + "\n")  # at once: one output, not two
    if os.environ.get("GRU_LESSON_GRADING"):
        return
    if verdict.said:
        lines = verdict.said.splitlines()
        print("  Your function printed:", *lines[:10], sep="\n    ")
        if len(lines) > 10:
            print(f"    ... and {len(lines) - 10} lines more")
    if verdict.drawing:
        draw(question, verdict.drawing)
    tries = memory.entry(number).get("tries", 0) + 1
    memory.note(number, points=verdict.points, tries=tries)


def hint(number):
    """Print the next of three hints: the kind of error, the place, the reading.

    Parameters
    ----------
    number : str
        Of the question, for example "2.1".

    Raises
    ------
    ValueError
        If there is no such question.
    """
    question = find(number)
    rung = min(memory.entry(number).get("hints", 0), len(question.hints) - 1)
    print(f"Hint {rung + 1} of {len(question.hints)} for {number}:")
    print(textwrap.indent(textwrap.fill(question.hints[rung], 77), "  "))
    if rung + 1 == len(question.hints):
        print(
            "  That was the last hint. Show your attempt to somebody, or read on there."
        )
    memory.note(number, hints=rung + 1)


def draw(question, drawing):
    """Show the target against the learner's answer, where a notebook can.

    Parameters
    ----------
    question : Question
        With a picture.
    drawing : tuple
        Arguments, target and answer of the first case.
    """
    if "IPython" not in sys.modules:
        return
    from IPython.core.interactiveshell import InteractiveShell

    if not InteractiveShell.initialized():
        return
    import matplotlib as mpl
    from IPython.display import display
    from matplotlib.figure import Figure

    from gru_lesson.grading.pictures import MIDTONE

    ink = ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color")
    try:
        with mpl.rc_context(dict.fromkeys((*ink, "ytick.color"), MIDTONE)):
            figure = Figure(figsize=(5.0, 2.4), layout="constrained")
            question.picture(figure, *drawing)
            file = io.BytesIO()
            figure.savefig(file, dpi=110, transparent=True)
    except Exception:  # what has another shape cannot be drawn; the text says so
        return
    # only the PNG: nbval would compare a text beside it
    data = base64.b64encode(file.getvalue()).decode()
    display({"image/png": data}, raw=True)
