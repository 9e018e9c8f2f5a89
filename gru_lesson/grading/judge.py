"""Judge an answer: right, a known mistake, a convention, or how it differs."""

from itertools import combinations
from time import process_time
from typing import NamedTuple

import numpy as np

from gru_lesson.grading import difference, say
from gru_lesson.grading.attempt import TimeUp, call
from gru_lesson.grading.cases import cases
from gru_lesson.grading.question import current_seed, edited
from gru_lesson.grading.values import Misfit, differs, leaves, print_lines, stamp

PATIENCE = 0.6  # seconds of processor time for combinations of two mistakes


class Verdict(NamedTuple):
    """What `judge` found.

    ``kind`` is "right", "known", "convention", "unknown", "structure", "error",
    "unwritten", "none", "slow", "changed" or "borrowed"; ``points`` what it scores,
    ``names`` the known mistakes that explain it, ``text`` what the learner reads;
    ``said`` is what the learner's function printed, ``drawing`` the arguments of a
    picture or None.
    """

    kind: str
    points: int
    names: tuple
    text: str
    said: str = ""
    drawing: tuple | None = None


def expected(question, seed):
    """Return what a check prints for a right answer: what nbval compares with.

    Parameters
    ----------
    question : Question
        What is asked.
    seed : str
        Of the inputs.

    Returns
    -------
    str
        The text of the verdict.
    """
    pairs = [
        leaves(case.target, case.target, question.returns)
        for case in cases(question, seed)
    ]
    return _right(question, pairs, seed)


def judge(question, answer, seed=None):
    """Try an answer on seeded inputs and say what is to be said.

    Parameters
    ----------
    question : Question
        What was asked.
    answer : object
        The learner's function, or value where the question asks for one.
    seed : str, optional
        Of the inputs, by default the current one.

    Returns
    -------
    Verdict
        Never an exception of the learner's code.
    """
    seed = seed or current_seed()
    tried = cases(question, seed)
    wrong = _unusable(question, answer)
    if wrong:
        return _verdict(question, *wrong)
    if question.inputs is None:
        outcomes = [call(lambda: answer, ())]
    else:
        outcomes = []
        for case in tried:
            outcomes.append(call(answer, case.arguments, question.seconds))
            if isinstance(outcomes[-1].error, TimeUp):
                break  # and do not wait for the next
    said = outcomes[0].said
    misfit, pairs = None, []
    try:
        _raise_first(outcomes)
        for case, outcome in zip(tried, outcomes, strict=True):
            pairs.append(leaves(case.target, outcome.value, question.returns))
    except Misfit as error:
        misfit = error
    except (Exception, SystemExit, TimeUp) as error:
        kind = say.kind_of(error)
        names = _names(question, tried, outcomes) if kind == "error" else ()
        text = say.error(question, tried, error)
        if names:
            kind, text = "known", say.known(question, names)
        return _verdict(question, kind, text, names, said)
    changed = outcomes[0].changed
    if question.keeps_inputs and changed and not misfit:
        names = question.reference.__code__.co_varnames
        text = say.plainly(question, "changed", ", ".join(names[k] for k in changed))
        return _verdict(question, "changed", text, (), said)
    drawing = None
    if not misfit and question.picture:
        arguments = tried[0].arguments
        drawing = (arguments, tried[0].target, outcomes[0].value)
    if not misfit and not _any_differs(question, pairs):
        return Verdict(
            "right", question.points, (), _right(question, pairs, seed), said, drawing
        )
    if all(outcome.value is None for outcome in outcomes):
        return _verdict(question, "none", say.plainly(question, "none"), said=said)
    names = _names(question, tried, outcomes)
    if len(names) == 1 and names[0].convention:
        kind, text = "convention", say.convention(question, names[0])
    elif names:
        kind, text = "known", say.known(question, names)
    elif misfit:
        kind, text = "structure", say.text_of(question, str(misfit))
    else:
        kind, text = "unknown", difference.describe(question, pairs)
        if question.inputs is None:
            names, text = _entries(question, pairs[0], text)
            kind = "known" if names else kind
    return _verdict(question, kind, text, names, said, drawing)


def _verdict(question, kind, text, names=(), said="", drawing=None):
    names = tuple(mistake.name for mistake in names)
    return Verdict(kind, 0, names, say.heading(question, 0) + text, said, drawing)


def _unusable(question, answer):
    """Return kind and text if the answer cannot be tried at all."""
    if answer is None or answer is Ellipsis:
        return "none", say.plainly(question, "none")
    if question.inputs is None:
        return (
            ("structure", say.plainly(question, "a function"))
            if callable(answer)
            else None
        )
    if not callable(answer):
        return "structure", say.plainly(question, "no function", type(answer).__name__)
    if str(getattr(answer, "__module__", "")).partition(".")[0] == "gru_lesson":
        return "borrowed", say.plainly(question, "borrowed")
    return None


def _raise_first(outcomes):
    for outcome in outcomes:
        if outcome.error:
            raise outcome.error


def _any_differs(question, pairs):
    tolerance = question.tolerance
    return any(differs(t, a, tolerance) for p in pairs for t, a in p.values())


def _right(question, pairs, seed):
    """Return the text of a right answer: its values, or a stamp in their place."""
    if question.inputs is None:
        (parts,) = pairs
        target = [
            part if isinstance(part, str) else np.round(1.0 * part, 6).tolist()
            for part, _ in parts.values()
        ]
        lines = [f"accepted, stamp {stamp(seed, question.id, target)}"]
    else:
        lines = []
        for number, parts in enumerate(pairs, 1):
            lines.append(f"inputs {number}:")
            yours = {label: answer for label, (_, answer) in parts.items()}
            lines += [f"  {line}" for line in print_lines(yours, question.decimals)]
    return say.heading(question, question.points) + "\n".join(f"  {x}" for x in lines)


def _names(question, tried, outcomes):
    """Return the fewest known mistakes that explain the answer, () if none do."""
    singles = [(mistake,) for mistake in question.mistakes]
    pairs = combinations([m for m in question.mistakes if not m.instead], 2)
    end = process_time() + PATIENCE
    for mistakes in (*singles, *pairs):
        if len(mistakes) == 2 and process_time() > end:
            break
        if _explains(question, mistakes, tried, outcomes):
            return mistakes
    return ()


def _entries(question, parts, text):
    """Explain the wrong entries of a prediction one by one.

    Return the known mistakes, and the text with what they leave unexplained.
    """
    wrong = {k: a for k, (t, a) in parts.items() if differs(t, a, question.tolerance)}
    found = {}
    for mistake in question.mistakes:
        variant = call(edited(question, (mistake,)), ()).value
        values = leaves(question.reference(), variant, question.returns)
        for label, (target, value) in values.items():
            if (
                label in wrong
                and label not in found
                and differs(target, value, question.tolerance)
                and not differs(value, wrong[label], question.tolerance)
            ):
                found[label] = mistake
    if not found:
        return (), text
    names = tuple(dict.fromkeys(found.values()))
    rest = [label for label in wrong if label not in found]
    return names, say.known(question, names, rest)


def _explains(question, mistakes, tried, outcomes):
    variant = edited(question, mistakes)
    if variant is None:
        return False
    for case, outcome in zip(tried, outcomes, strict=True):
        expected = call(variant, case.arguments, question.seconds)
        if expected.error or outcome.error:
            # the same complaint about the same shapes is the same mistake
            if say.complaint(expected.error) != say.complaint(outcome.error):
                return False
            continue
        if expected.value is None or outcome.value is None:
            return False
        try:
            parts = leaves(expected.value, outcome.value, question.returns)
        except Misfit:
            return False
        if any(differs(t, a, question.tolerance) for t, a in parts.values()):
            return False
    return True
