"""Tasks that need a memory: adding, copying, counting, a grammar, real data.

The door to all of them. Those made here return a ``batch.Task``, which draws batches;
the grammar comes from ``reber``, the temperature of the Pacific from ``series`` and
``windows``, English from ``characters``.
"""

import numpy as np

from gru_lesson.batch import Batch, Task, check_count, share_right
from gru_lesson.characters import characters, topics_text
from gru_lesson.reber import reber
from gru_lesson.series import sea_temperature
from gru_lesson.windows import windows

__all__ = [
    "Batch",
    "Task",
    "adding",
    "characters",
    "copy_memory",
    "counting",
    "reber",
    "sea_temperature",
    "share_right",
    "topics_text",
    "windows",
]


def adding(T):
    """Add two marked numbers of a sequence (the adding problem).

    Each step brings a value, uniform on [0, 1], and a marker: 1 at one step of the
    first half and at one of the second, else 0. The target, at the last step alone, is
    the sum of the two marked values. Always answering 1 has a mean squared error of
    1/6, the variance of the sum.

    Parameters
    ----------
    T : int
        Number of steps, at least 2.

    Returns
    -------
    Task
        Numbers, D = 2, K = 1; solved below a mean squared error of 0.005.

    Raises
    ------
    TypeError, ValueError
        If `T` is no whole number from 2 up.

    Notes
    -----
    Hochreiter & Schmidhuber 1997, section 5.4, in the variant of Le et al. 2015
    (arXiv:1504.00941) and Arjovsky et al. 2016 (arXiv:1511.06464).
    """
    check_count("T", T, 2)

    def make(N, rng):
        xs = np.zeros((T, N, 2), np.float32)
        xs[..., 0] = rng.random((T, N), dtype=np.float32)
        one = np.arange(N)
        first, second = rng.integers(0, T // 2, N), rng.integers(T // 2, T, N)
        xs[first, one, 1] = xs[second, one, 1] = 1
        targets = np.zeros((T, N, 1), np.float32)
        targets[-1, :, 0] = xs[first, one, 0] + xs[second, one, 0]
        weights = np.zeros((T, N), np.float32)
        weights[-1] = 1
        return Batch(xs, targets, weights)

    name = f"adding, T = {T}"
    return Task(name, 2, 1, "numbers", 1 / 6, "squared error", 0.005, make)


def copy_memory(T, symbols=8, length=10):
    """Repeat symbols after a long wait (the copy memory problem).

    The input is `length` symbols, T - 1 blanks, a signal, and `length` blanks; the
    target is T + `length` blanks and then the symbols. The loss looks at every step.
    The baseline knows which step it is, but not the symbols: it costs nothing while
    blanks are due, and ln `symbols` in each of the last steps.

    Parameters
    ----------
    T : int
        Steps from the last symbol to the signal, at least 1; the sequence has
        T + 2 `length` steps.
    symbols, length : int
        How many different symbols there are, at least 2, and how many to keep, at
        least 1. The blank has the number `symbols`, the signal `symbols` + 1.

    Returns
    -------
    Task
        Symbols, D = `symbols` + 2 (one-hot), K = `symbols` + 1 (the signal is never an
        answer); solved when all is right in 99 of 100 sequences.

    Raises
    ------
    TypeError, ValueError
        If an argument is no whole number or too small.

    Notes
    -----
    Hochreiter & Schmidhuber 1997; in the form of Arjovsky et al. 2016
    (arXiv:1511.06464), whose baseline is 10 ln 8 / (T + 20) nats a step.
    """
    check_count("T", T, 1)
    check_count("symbols", symbols, 2)
    check_count("length", length, 1)
    one_hot = np.eye(symbols + 2, dtype=np.float32)
    total = T + 2 * length

    def make(N, rng):
        kept = rng.integers(0, symbols, (length, N))
        ids = np.full((total, N), symbols)
        ids[:length] = kept
        ids[-length - 1] = symbols + 1
        targets = np.full((total, N), symbols)
        targets[-length:] = kept
        return Batch(one_hot[ids], targets, np.ones((total, N), np.float32))

    D, K = symbols + 2, symbols + 1
    baseline = length * float(np.log(symbols)) / total
    name, unit = f"copy memory, T = {T}", "nats a step"
    return Task(name, D, K, "symbols", baseline, unit, 0.99, make)


def counting(shortest, longest):
    """Predict the next symbol of the strings a^n b^n (n times a, then n times b).

    The symbols are a (0), b (1) and the end (2), which is never read. How many a's will
    come cannot be known; from the first b on all is determined, and only there the loss
    looks: n - 1 times b, then the end. Draw the test from
    ``counting(longest + 1, 2 * longest)``: whoever counts goes on right.

    Parameters
    ----------
    shortest, longest : int
        n is uniform from `shortest`, at least 1, to `longest`.

    Returns
    -------
    Task
        Symbols, D = 2 (one-hot), K = 3; solved when every determined symbol is right in
        99 of 100 strings.

    Raises
    ------
    TypeError, ValueError
        If an argument is no whole number, or the two are not in order.

    Notes
    -----
    Gers & Schmidhuber 2001. Weiss et al. 2018 (arXiv:1805.04908) argue and show by
    experiment that a GRU, whose state is bounded, does not count as an LSTM can. The
    baseline sees a b and nothing before it: the next is the end with probability
    p = 1 / E[n], which costs -p ln p - (1 - p) ln(1 - p).
    """
    check_count("shortest", shortest, 1)
    check_count("longest", longest, shortest)

    def make(N, rng):
        n = rng.integers(shortest, longest + 1, N)
        t = np.arange(2 * n.max())[:, None]
        a, mask = t < n, t < 2 * n
        b = mask & ~a
        targets = np.where(t + 1 < n, 0, np.where(t + 1 < 2 * n, 1, 2)) * mask
        xs = np.stack([a, b], axis=-1).astype(np.float32)
        return Batch(xs, targets, b.astype(np.float32), mask)

    p = 2 / (shortest + longest)
    baseline = -p * np.log(p) - (1 - p) * np.log1p(-p) if p < 1 else 0.0
    name, unit = f"aⁿbⁿ, n from {shortest} to {longest}", "nats a symbol"
    return Task(name, 2, 3, "symbols", float(baseline), unit, 0.99, make)
