"""English, one character at a time: predict the next.

The text is the prose of Python's own documentation topics, the ones that ``help()``
shows; it is read at run time and differs between versions of Python, so no number about
it is fixed. Any other text will do as well.
"""

import re
from typing import NamedTuple

import numpy as np

from gru_lesson.batch import Batch, Task, check_count

ALPHABET = " abcdefghijklmnopqrstuvwxyz.,;:'\"()-"
QUOTES = str.maketrans("’‘“”–—", "''\"\"--")


def topics_text():
    """Collect the prose of Python's documentation topics.

    Paragraphs that end like a sentence, have more than 60 characters, and hold neither
    a prompt nor a grammar rule. Each is taken once: the topics repeat each other, and a
    test on a copy of the training text would measure nothing.

    Returns
    -------
    str
        A few hundred thousand characters, paragraphs separated by blank lines.

    Raises
    ------
    ModuleNotFoundError
        If this Python came without its topics.
    """
    try:
        from pydoc_data.topics import topics
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "This Python came without pydoc_data, its documentation topics. Give "
            "`characters` an English text of your own, 100,000 characters or more."
        ) from error
    found = {}
    for topic in topics.values():
        for paragraph in re.split(r"\n\s*\n", topic):
            text = " ".join(paragraph.split())
            ends = re.search(r"[.:][^\w.:]*$", text)
            if len(text) > 60 and ends and ">>>" not in text and "::=" not in text:
                found[text] = None  # a dict keeps the order
    return "\n\n".join(found)


def encode(text):
    """Reduce a text to the alphabet, and give each character its number.

    Lower case; typographic quotes and dashes as plain ones; every run of other
    characters becomes one space.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    ndarray of int, shape (M,)
        Places in `ALPHABET`.
    """
    allowed = re.escape(ALPHABET[1:])
    plain = re.sub(f"[^{allowed}]+", " ", text.lower().translate(QUOTES))
    return np.array([ALPHABET.index(character) for character in plain], dtype=int)


def decode(ids):
    """Turn numbers back into text.

    Parameters
    ----------
    ids : sequence of int
        Places in `ALPHABET`.

    Returns
    -------
    str
        One character each.
    """
    return "".join(ALPHABET[i] for i in ids)


class Characters(NamedTuple):
    """A text to learn from, in two parts.

    ``task``: draws windows from the first part. ``test``: Batch, the second part cut
    into windows that do not overlap. ``single``: nats a character in the second part
    for the frequencies of single characters; ``pairs``: for those of pairs, the
    baseline of the task. Both are counted in the first part.
    """

    task: Task
    test: Batch
    single: float
    pairs: float


def characters(text, length=100, share=0.9):
    """Predict each next character of a text.

    Parameters
    ----------
    text : str
        For example `topics_text`; reduced by `encode`.
    length : int
        Characters in a window.
    share : float
        The part of the text to train on, its beginning, between 0 and 1; the rest is
        the test.

    Returns
    -------
    Characters
        Its task: symbols; whole numbers (T, N) for an embedding; D = K = 36, the size
        of the alphabet; no goal. An answer without memory sees one character: the
        baseline is the cross-entropy of pairs.

    Raises
    ------
    TypeError, ValueError
        If `length` is no whole number from 1 up, `share` not between 0 and 1, or the
        text too short for a window in both parts.
    """
    check_count("length", length, 1)
    if not 0 < share < 1:
        raise ValueError(f"share must be between 0 and 1, got {share}.")
    ids = encode(text)
    split = int(share * len(ids))
    train, rest = ids[:split], ids[split:]
    if min(len(train), len(rest)) < length + 1:
        raise ValueError(
            f"text has {len(ids)} characters of the alphabet, {len(train)} to train on "
            f"and {len(rest)} to test: each part needs {length + 1} or more."
        )

    def make(N, rng):
        start = rng.integers(0, len(train) - length, N)
        return _cut(train, start, length)

    test = _cut(rest, np.arange(0, len(rest) - length, length), length)
    single, pairs = _entropies(train, test)
    V, unit = len(ALPHABET), "nats a character"
    task = Task("characters", V, V, "symbols", pairs, unit, None, make, floor=None)
    return Characters(task, test, single, pairs)


def _cut(ids, start, length):
    window = ids[start + np.arange(length + 1)[:, None]]
    weights = np.ones((length, len(start)), np.float32)
    return Batch(window[:-1], window[1:], weights)


def _entropies(train, test):
    """Count characters and pairs in one part, and code the other with them.

    Every count starts at 1, so that nothing is impossible.
    """
    counts = np.ones((len(ALPHABET), len(ALPHABET)))
    np.add.at(counts, (train[:-1], train[1:]), 1)
    single = counts.sum(axis=0) / counts.sum()
    pairs = counts / counts.sum(axis=1, keepdims=True)
    return (
        -float(np.log(single[test.targets]).mean()),
        -float(np.log(pairs[test.xs, test.targets]).mean()),
    )
