"""Say in words how an answer differs where no known mistake explains it."""

import numpy as np

from gru_lesson.grading.say import text_of
from gru_lesson.grading.values import differs


def describe(question, pairs):
    """Say what differs and where: which inputs, which element, how far.

    Parameters
    ----------
    question : Question
        What was asked.
    pairs : list of dict
        From `values.leaves`, one for each case.

    Returns
    -------
    str
        Indented lines.
    """
    for number, parts in enumerate(pairs, 1):
        wrong = [k for k, (t, a) in parts.items() if differs(t, a, question.tolerance)]
        if not wrong:
            continue
        target, answer = parts[wrong[0]]
        right = [label for label in parts if label not in wrong]
        if question.inputs is None:  # what is expected is not to be shown
            first = "" if len(wrong) == 1 else " Begin with the first: it may lead on."
            return text_of(question, f"Look again at {', '.join(wrong)}.{first}")
        what = _difference(target, answer, question.tolerance)
        return text_of(
            question,
            f"Inputs {number}, {wrong[0]}: {what}",
            f"These differ: {', '.join(wrong)}." if len(wrong) > 1 else "",
            f"These agree: {', '.join(right)}." if right else "",
        )
    return ""


def _difference(target, answer, tolerance):
    """Describe how one array differs from another."""
    if isinstance(target, str):
        return f"expected {target!r}, yours is {answer!r}."
    if target.shape != answer.shape:
        text = f"the shape is {answer.shape}, expected {target.shape}."
        if answer.T.shape == target.shape and not differs(target, answer.T, tolerance):
            text += " The transpose would be right."
        return text
    if not np.isfinite(answer).all():
        return "it holds NaN or infinity."
    distance = np.abs(1.0 * answer - target)
    where = np.unravel_index(distance.argmax(), distance.shape)
    place = "[" + ", ".join(str(int(i)) for i in where) + "] " if where else ""
    bad = int((distance > tolerance).sum())
    ours, theirs = (
        str(bool(v[where])) if target.dtype == bool else f"{v[where]:.4g}"
        for v in (target, answer)
    )
    text = f"{place}yours is {theirs}, expected {ours}"
    text += f"; {bad} of {distance.size} entries differ." if distance.size > 1 else "."
    if target.dtype == bool:
        return text
    if target.T.shape == target.shape and not differs(target, answer.T, tolerance):
        return text + " The transpose would be right."
    ratio = float((answer * target).sum() / ((target**2).sum() or 1.0))
    if abs(ratio) > 1e-3 and not differs(ratio * target, answer, tolerance):
        text += f" Every entry is {ratio:.3g} times what is expected."
    return text
