"""Take answers apart into named values, compare them, and print them for nbval."""

import hashlib

import numpy as np


class Misfit(Exception):
    """An answer is not made as it should be; the message says how it should be."""


def leaves(target, answer, labels=(), name="the result"):
    """Pair the parts of an answer with those of the target.

    Parameters
    ----------
    target, answer : object
        What the reference and the learner's code returned: a number, text, an array,
        a dict of them, or a tuple of them where `labels` names its members.
    labels : tuple of str
        Names of the members of a tuple.
    name : str
        What to call the whole.

    Returns
    -------
    dict
        From a label to the pair (target, answer), both ndarray or both str.

    Raises
    ------
    Misfit
        If the answer has another structure.
    """
    if len(labels) > 1:
        names = f"{len(labels)} results, {', '.join(labels)}"
        if not isinstance(answer, tuple | list):
            raise Misfit(f"Return {names}. What came is {kind(answer)}.")
        if len(answer) != len(labels):
            raise Misfit(f"Return {names}. What came has {len(answer)} members.")
        pairs = {}
        for label, t, a in zip(labels, target, answer, strict=True):
            pairs |= leaves(t, a, name=label)
        return pairs
    name = labels[0] if labels else name
    if isinstance(target, dict):
        if not isinstance(answer, dict):
            raise Misfit(f"Make {name} a dict. What came is {kind(answer)}.")
        if target.keys() != answer.keys():
            raise Misfit(_other_keys(name, target, answer))
        pairs = {}
        for key in target:
            pairs |= leaves(target[key], answer[key], name=f"{name}[{key!r}]")
        return pairs
    return {name: (as_leaf(target, name), as_leaf(answer, name, target))}


def as_leaf(value, name, target=None):
    """Return a part of an answer as an array of numbers, or as text.

    Parameters
    ----------
    value : object
        A number, a boolean, text, an array, or nested lists of numbers.
    name : str
        What to call it.
    target : object, optional
        What is expected; only its kind is looked at.

    Returns
    -------
    ndarray or str
        A copy, in float64 where there were numbers.

    Raises
    ------
    Misfit
        If it is something else.
    """
    if isinstance(value, str) and (target is None or isinstance(target, str)):
        return value.strip().casefold()
    if value is None:
        raise Misfit(f"Give {name} a value: it is None.")
    if isinstance(target, str):
        raise Misfit(f"Make {name} a text in quotes. What came is {kind(value)}.")
    try:
        array = np.asarray(value)
    except Exception:  # rows of different lengths, or an object of another library
        array = np.asarray(None)
    if array.dtype.kind not in "biuf":
        raise Misfit(
            f"Make {name} an array or a number (real). What came is {kind(value)}."
        )
    wanted = array if target is None else np.asarray(target)
    if wanted.ndim == 0 and array.size == 1:
        array = array.reshape(())
    if wanted.dtype.kind == "b":
        if not np.isin(array, (0, 1)).all():
            raise Misfit(f"Make {name} True or False: it holds other numbers.")
        return np.array(array, dtype=bool)
    return np.array(array, dtype=np.float64)


def kind(value):
    """Say what a value is, in a few words.

    Parameters
    ----------
    value : object
        Anything.

    Returns
    -------
    str
        For example "a tuple of 2" or "an array of complex128".
    """
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype}"
    if isinstance(value, tuple | list | dict):
        return f"a {type(value).__name__} of {len(value)}"
    return "None" if value is None else f"of type {type(value).__name__}"


def differs(target, answer, tolerance):
    """Tell whether a part of an answer is wrong.

    Parameters
    ----------
    target, answer : ndarray or str
        From `leaves`.
    tolerance : float
        The largest distance that passes.

    Returns
    -------
    bool
        True also where the shape is another, or a value is NaN or infinite.
    """
    if isinstance(target, str) or isinstance(answer, str):
        return target is not answer and target != answer
    if target.shape != answer.shape:
        return True
    with np.errstate(invalid="ignore"):  # inf - inf; NaN is never near
        return not bool(np.all(np.abs(1.0 * target - answer) <= tolerance))


def print_lines(parts, decimals):
    """Write values so that nbval can compare them: shape, first entry, mean.

    Parameters
    ----------
    parts : dict
        From a label to an ndarray or a str.
    decimals : int
        How many are printed.

    Returns
    -------
    list of str
        One line for each part.
    """
    lines = []
    width = max(map(len, parts), default=0)
    for label, value in parts.items():
        if isinstance(value, str):
            text = repr(value)
        elif value.dtype == bool:
            rows = np.where(value, "T", "F").reshape(
                len(value) if value.ndim else 1, -1
            )
            text = " ".join("".join(row) for row in rows)
        elif value.ndim == 0:
            text = _number(value, decimals)
        else:
            first, mean = (_number(v, decimals) for v in printed(value))
            shape = " × ".join(map(str, value.shape))
            text = f"shape {shape}, first {first}, mean {mean}"
        lines.append(f"{label:{width}}  {text}")
    return lines


def printed(value):
    """Return the numbers of an array that `print_lines` writes.

    Parameters
    ----------
    value : ndarray of float64
        A part of an answer.

    Returns
    -------
    list of float
        The number itself, or the first entry and the mean; none for an empty array.
    """
    if value.ndim == 0:
        return [float(value)]
    return [float(value.flat[0]), float(value.mean())] if value.size else [0.0, 0.0]


def from_the_edge(values, decimals):
    """Measure how far numbers are from where rounding would turn the other way.

    Parameters
    ----------
    values : sequence of float
        What is to be printed.
    decimals : int
        With how many digits.

    Returns
    -------
    float
        The smallest distance, in the unit of the values.
    """
    scaled = np.asarray(values, dtype=float) * 10.0**decimals
    distance = np.abs(scaled - np.floor(scaled) - 0.5) / 10.0**decimals
    return float(distance.min(initial=np.inf))


def stamp(*key):
    """Return six characters that depend on the key, for an answer not to be shown.

    Parameters
    ----------
    *key : object
        Seed, question and value.

    Returns
    -------
    str
        Hexadecimal digits.
    """
    return hashlib.sha256(repr(key).encode()).hexdigest()[:6]


def _number(value, decimals):
    return f"{round(float(value), decimals) + 0.0:.{decimals}f}"  # never -0.0


def _other_keys(name, target, answer):
    missing = ", ".join(sorted(map(str, target.keys() - answer.keys())))
    extra = ", ".join(sorted(map(str, answer.keys() - target.keys())))
    text = f"Give {name} the names {', '.join(map(str, target))}."
    text += f" Missing: {missing}." if missing else ""
    return text + (f" Unknown: {extra}." if extra else "")
