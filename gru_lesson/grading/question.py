"""What a question is: a reference, the inputs it is tried on, and its known mistakes.

The questions themselves are in ``bank``, one module each, found by their number.
"""

import difflib
import hashlib
import importlib
import inspect
import os
import pkgutil
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

PUBLIC_SEED = "lesson-3.4"


@dataclass(frozen=True)
class Mistake:
    """One known way to be wrong, as an edit of the reference.

    ``name`` completes the sentence "This matches a known mistake: ...". ``old`` stands
    in the source of the reference exactly once and is replaced by ``new``; where an
    edit cannot say it, ``instead`` is a whole function. ``advice`` says what to do,
    ``where`` where to read on (else the question's own place is named). A documented
    ``convention`` is not a mistake: ``advice`` then says how to convert.
    """

    name: str
    old: str = ""
    new: str = ""
    advice: str = ""
    where: str = ""
    instead: Callable | None = None
    convention: bool = False


@dataclass(frozen=True)
class Question:
    """One question of an exercise notebook.

    ``reference`` is a right answer and ``inputs(rng)`` draws the arguments of one case;
    without ``inputs`` the answer is a value, what ``reference()`` returns. ``returns``
    names the results where there are several. ``hints`` are three rungs: the kind of
    error, the place, the reading. Values may differ by ``tolerance`` and are printed
    with ``decimals``. With ``keeps_inputs`` an answer must leave its arguments as they
    are; otherwise it may change them. ``picture(figure, arguments, target, yours)``
    draws the first case.
    """

    title: str
    points: int
    where: str
    reference: Callable
    hints: tuple[str, str, str]
    mistakes: tuple[Mistake, ...] = ()
    inputs: Callable | None = None
    returns: tuple[str, ...] = ()
    cases: int = 2
    tolerance: float = 1e-5
    decimals: int = 4
    seconds: float = 5.0
    starred: bool = False
    picture: Callable | None = None
    keeps_inputs: bool = False

    @property
    def id(self):
        """Return the number, "2.1", from the name of the module, ``q2_1``."""
        name = self.reference.__module__.rpartition(".")[2]
        return name.removeprefix("q").replace("_", ".")

    @property
    def heading(self):
        """Return number, title and star."""
        return f"{self.id} {self.title}" + (" ★" if self.starred else "")


def numbers(chapter=None):
    """List the numbers of the questions in the bank, in order.

    Parameters
    ----------
    chapter : int or str, optional
        Only those of this chapter.

    Returns
    -------
    list of str
        For example ["2.1", "2.2"].
    """
    from gru_lesson.grading import bank

    names = (m.name for m in pkgutil.iter_modules(bank.__path__) if m.name[0] == "q")
    found = sorted(tuple(map(int, name[1:].split("_"))) for name in names)
    return [f"{c}.{k}" for c, k in found if chapter is None or c == int(chapter)]


def find(number):
    """Return the question with this number.

    Parameters
    ----------
    number : str
        For example "2.1".

    Returns
    -------
    Question
        From ``bank.q2_1``.

    Raises
    ------
    ValueError
        If there is none; the message names the nearest.
    """
    known = numbers()
    if number not in known:
        near = difflib.get_close_matches(str(number), known, n=3, cutoff=0.5)
        raise ValueError(
            f"There is no question {number!r}. Questions have numbers in quotes, such "
            f"as {', '.join(map(repr, near or known[:3]))}."
        )
    name = f"gru_lesson.grading.bank.q{number.replace('.', '_')}"
    return importlib.import_module(name).QUESTION


def current_seed():
    """Return the seed of the inputs: the public one, or a teacher's secret one.

    Returns
    -------
    str
        From the environment variable ``GRU_LESSON_SEED`` if it is set.
    """
    return os.environ.get("GRU_LESSON_SEED") or PUBLIC_SEED


def generator(*key):
    """Return a random generator that depends on the key alone.

    Parameters
    ----------
    *key : object
        Whatever tells the draws apart: seed, question, case, attempt.

    Returns
    -------
    numpy.random.Generator
        The same for the same key on every machine.
    """
    digest = hashlib.sha256("/".join(map(str, key)).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "little"))


def edited(question, mistakes):
    """Return the reference with mistakes in it.

    Parameters
    ----------
    question : Question
        Whose reference is edited.
    mistakes : sequence of Mistake
        Edits that are made one after another.

    Returns
    -------
    callable or None
        None if the edits exclude each other.
    """
    if len(mistakes) == 1 and mistakes[0].instead:
        return mistakes[0].instead
    source = _source(question.reference)
    for mistake in mistakes:
        if mistake.instead or source.count(mistake.old) != 1:
            return None
        source = source.replace(mistake.old, mistake.new)
    return _compiled(question.reference, source)


@cache
def _source(function):
    return textwrap.dedent(inspect.getsource(function))


@cache
def _compiled(reference, source):
    """Run the changed source where the reference lives, and return the function."""
    names = {"np": np} | vars(inspect.getmodule(reference)) | {"__name__": "edited"}
    exec(compile(source, f"<{reference.__module__}>", "exec"), names)
    return names[reference.__name__]
