"""Call a learner's function so that nothing it does besides answering can hurt."""

import contextlib
import copy
import io
import signal
import sys
import threading
import warnings
from typing import NamedTuple

import numpy as np


class TimeUp(BaseException):
    """The function ran too long. Not an Exception, so that few programs swallow it."""


class Said(io.StringIO):
    """What a function prints; one that closes its standard output closes nothing."""

    def close(self):
        """Stay open."""


class Outcome(NamedTuple):
    """What a call gave.

    ``value`` is what came back, ``error`` the exception or None, ``said`` what was
    printed meanwhile, ``changed`` the places of the arguments that were changed.
    """

    value: object = None
    error: BaseException | None = None
    said: str = ""
    changed: tuple = ()


def call(function, arguments, seconds=5.0):
    """Call a function on copies of its arguments and keep all that happens.

    Parameters
    ----------
    function : callable
        The learner's.
    arguments : tuple
        Its arguments; it may change its copies.
    seconds : float
        How long it may run, where the system can stop it.

    Returns
    -------
    Outcome
        Prints and warnings are swallowed, exceptions are returned.
    """
    said = Said()
    given = copy.deepcopy(arguments)
    try:
        with quiet(said), time_limit(seconds):
            value = function(*given)
            value = copy.deepcopy(value)  # it may hold on to its result, or change it
    except (Exception, SystemExit, TimeUp) as error:
        return Outcome(None, error, said.getvalue())
    pairs = enumerate(zip(arguments, given, strict=True))
    changed = tuple(place for place, (a, b) in pairs if not same(a, b))
    return Outcome(value, None, said.getvalue(), changed)


def same(one, other):
    """Tell whether two arguments are equal, also inside of dicts and lists.

    Parameters
    ----------
    one, other : object
        Arrays, numbers, or dicts, lists and tuples of them.

    Returns
    -------
    bool
        True for anything else, such as functions.
    """
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other if isinstance(one, int | float | str) else True


@contextlib.contextmanager
def quiet(said):
    """Swallow prints, warnings and what would be displayed in a notebook.

    Parameters
    ----------
    said : io.StringIO
        Receives what was printed.

    Yields
    ------
    None
        Nothing.
    """
    capture = contextlib.nullcontext()
    if "IPython" in sys.modules:
        from IPython.core.interactiveshell import InteractiveShell
        from IPython.utils.capture import capture_output

        if InteractiveShell.initialized():
            capture = capture_output(stdout=False, stderr=False, display=True)
    with (
        capture,
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def time_limit(seconds):
    """Raise `TimeUp` in the block when the time is over, where that is possible.

    Parameters
    ----------
    seconds : float
        The limit. It holds in the main thread of systems that have alarms; elsewhere
        the block runs as long as it likes.

    Yields
    ------
    None
        Nothing.

    Raises
    ------
    TimeUp
        In the block.
    """
    main = threading.current_thread() is threading.main_thread()
    if not (main and hasattr(signal, "setitimer")):
        yield
        return

    def ring(number, frame):
        raise TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
