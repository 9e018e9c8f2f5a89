"""What a learner reads: short, neutral, what to do before why."""

import textwrap

import numpy as np

from gru_lesson.grading.attempt import TimeUp


def heading(question, points):
    """Return the first line of every answer: points, number, title.

    Parameters
    ----------
    question : Question
        What was asked.
    points : int
        What was scored.

    Returns
    -------
    str
        One line with its end.
    """
    score = f"{points} of {question.points} point" + "s" * (question.points != 1)
    return f"{score} · {question.heading}\n"


def text_of(question, *sentences, where=None):
    """Join sentences to indented lines, with the place to read and the next hint.

    Parameters
    ----------
    question : Question
        What was asked.
    *sentences : str
        What to do comes first; empty ones are left out.
    where : str, optional
        Where to read on, else the place that the question names.

    Returns
    -------
    str
        Lines of at most 79 characters.
    """
    lines = [line for text in sentences if text for line in text.splitlines()]
    lines.append(f"Read: {where or question.where}.")
    lines.append(f'Stuck? hint("{question.id}") gives one hint at a time.')
    fill = textwrap.TextWrapper(
        79, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
    )
    return "\n".join(fill.fill(line) for line in lines)


def known(question, mistakes, rest=()):
    """Say which known mistakes explain an answer, the recommendation first.

    Parameters
    ----------
    question : Question
        What was asked.
    mistakes : sequence of Mistake
        One, or several that act together.
    rest : sequence of str
        Entries of a prediction that they do not explain.

    Returns
    -------
    str
        Indented lines.
    """
    many = {1: "a known mistake", 2: "two known mistakes together"}
    what = many.get(len(mistakes), "known mistakes")
    names = "; and ".join(mistake.name for mistake in mistakes)
    where = "; ".join(dict.fromkeys(m.where or question.where for m in mistakes))
    advice = "\n".join(f"Try: {mistake.advice}" for mistake in mistakes)
    again = f"Look again at {', '.join(rest)}." if rest else ""
    return text_of(
        question, advice, f"This matches {what}: {names}.", again, where=where
    )


def convention(question, mistake):
    """Name a documented convention that is not the one asked for.

    Parameters
    ----------
    question : Question
        What was asked.
    mistake : Mistake
        The convention.

    Returns
    -------
    str
        Indented lines.
    """
    return text_of(
        question,
        f"Try: {mistake.advice}",
        f"Your answer follows another convention: {mistake.name}.",
        "It is in use elsewhere; this question asks for the one that it states.",
        where=mistake.where,
    )


TEXTS = {
    "none": "End your function with a return: what came is None.",
    "no value": "Put your answer in the place of None, and run its cell.",
    "unwritten": "Write your answer in the place of `raise NotImplementedError`.",
    "a function": "Give check the value itself: what came is a function.",
    "no function": "Give check the function itself, without calling it: what came is "
    "of type {0}.",
    "changed": "Leave the arguments as they came, and change copies of them: after the "
    "call {0} is not what it was.",
    "borrowed": "Write the function in the answer cell: what came is gru_lesson's own.",
    "slow": "Look for a loop that does not end: no answer in {0:g} s.",
}


def plainly(question, which, *facts):
    """Say one of the things that need no comparison of numbers.

    Parameters
    ----------
    question : Question
        What was asked.
    which : str
        A key of `TEXTS`; "none" is told apart from "no value" by the question.
    *facts : object
        What the text has a place for.

    Returns
    -------
    str
        Indented lines.
    """
    if which == "none" and question.inputs is None:
        which = "no value"
    return text_of(question, TEXTS[which].format(*facts))


def kind_of(problem):
    """Sort what a learner's function raised.

    Parameters
    ----------
    problem : BaseException
        What it raised.

    Returns
    -------
    str
        A `kind` of verdict.
    """
    if isinstance(problem, NotImplementedError):
        return "unwritten"
    return "slow" if isinstance(problem, TimeUp) else "error"


def complaint(problem):
    """Return what tells one exception from another: its type and words.

    Parameters
    ----------
    problem : BaseException or None
        What was raised, if anything.

    Returns
    -------
    tuple or None
        None for None.
    """
    return None if problem is None else (type(problem).__name__, str(problem))


def error(question, tried, problem):
    """Explain an exception of the learner's function.

    Parameters
    ----------
    question : Question
        What was asked.
    tried : list of Case
        The inputs it was given.
    problem : BaseException
        What it raised.

    Returns
    -------
    str
        Indented lines.
    """
    kind = kind_of(problem)
    if kind == "unwritten":
        return plainly(question, kind)
    if kind == "slow":
        return plainly(question, kind, question.seconds)
    message = f"{type(problem).__name__}: {problem}".splitlines()[0][:200]
    names = question.reference.__code__.co_varnames
    shapes = ", ".join(
        f"{name} {_shape(value)}"
        for name, value in zip(names, tried[0].arguments, strict=False)
    )
    return text_of(
        question,
        f"Your function stopped with {message}",
        f"It was given {shapes}." if shapes else "",
    )


def _shape(value):
    if isinstance(value, np.ndarray):
        return f"of shape {value.shape}"
    if isinstance(value, dict):
        return "with " + ", ".join(map(str, value))
    return f"= {value}" if np.isscalar(value) else f"({type(value).__name__})"
