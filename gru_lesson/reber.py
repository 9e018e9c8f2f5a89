"""The embedded Reber grammar: a fork at the start that counts again at the end.

A string is B, then T or P, then a string of Reber's grammar, then T or P as before,
then E. Wherever two symbols are allowed, each is as likely. Nothing in the inner string
tells what came at the start, so the second-last symbol must be remembered
(Cleeremans et al. 1989; Hochreiter & Schmidhuber 1997, section 5.1). The inner string::

    0 -B-> 1    1 -T-> 2, -P-> 3    2 -S-> 2, -X-> 4    3 -T-> 3, -V-> 5
    4 -X-> 3, -S-> 6    5 -P-> 4, -V-> 6    6 -E-> 7
"""

import numpy as np

from gru_lesson.batch import Batch, Task

SYMBOLS = "BTPSXVE"
INNER = ["B1", "T2 P3", "S2 X4", "T3 V5", "X3 S6", "P4 V6", "E7"]
LAST, END = 18, 19  # the state that has only the last E before it, and the end


def _moves():
    """Join two copies of the inner string; give the next state, -1 if not allowed.

    Shape (20, 7), by state and symbol. States 2 to 9 follow a T, 10 to 17 a P.
    """
    ways = {0: ["B1"], 1: ["T2", "P10"], LAST: [f"E{END}"]}
    for first, start in [("T", 2), ("P", 10)]:
        for state, text in enumerate(INNER):
            ways[start + state] = [f"{w[0]}{start + int(w[1])}" for w in text.split()]
        ways[start + len(INNER)] = [f"{first}{LAST}"]
    moves = np.full((END + 1, len(SYMBOLS)), -1)
    for state, choices in ways.items():
        for way in choices:
            moves[state, SYMBOLS.index(way[0])] = int(way[1:])
    return moves


MOVES = _moves()


def _bounds():
    """Compute the losses of the best answers without and with the first symbol.

    Exact: the expected number of visits v of each state solves v = start + v·P, where
    P holds the probabilities of the moves.
    """
    ways = (MOVES >= 0).sum(axis=1)[:END]
    P = np.zeros((END, END + 1))
    states, symbols = np.nonzero(MOVES[:END] >= 0)
    P[states, MOVES[states, symbols]] = 1 / ways[states]
    visits = np.linalg.solve((np.eye(END) - P[:, :END]).T, np.eye(END)[0])
    steps = visits.sum() - 1  # the first B is read, not predicted
    floor = visits @ np.log(ways) / steps
    return floor + np.log(2) / steps, floor  # one guess between T and P in each string


def reber():
    """Predict the next symbol of strings of the embedded Reber grammar.

    Inputs are all symbols but the last, one-hot; targets all but the first, as numbers
    (the order is that of `SYMBOLS`). The loss looks at every step; `score` looks at the
    second-last symbol alone (`decisive`). At forks nobody can know the next symbol,
    hence the `floor`. The baseline knows where in the inner string it is, but not the
    symbol at the start, and so guesses the second-last: ln 2 more a string. Both are
    computed from the grammar.

    Returns
    -------
    Task
        Symbols, D = K = 7; solved when the second-last symbol is right in 99 of 100
        strings (a guess: 50).
    """

    def make(N, rng):
        state, ids, states = np.zeros(N, int), [], []
        while (state < END).any():
            allowed = MOVES[state] >= 0
            # the allowed symbol with the largest number: fair between the two of a fork
            symbol = (allowed * (1 + rng.random(allowed.shape))).argmax(axis=1)
            states.append(state)
            ids.append(symbol)
            state = np.where(state < END, MOVES[state, symbol], END)  # there symbol 0
        mask = np.array(states)[1:] < END
        ids = np.array(ids)
        xs = np.eye(len(SYMBOLS), dtype=np.float32)[ids[:-1]] * mask[..., None]
        return Batch(xs, ids[1:], mask.astype(np.float32), mask)

    baseline, floor = map(float, _bounds())
    K = len(SYMBOLS)
    name, unit = "embedded Reber grammar", "nats a symbol"
    return Task(
        name, K, K, "symbols", baseline, unit, 0.99, make, floor, judged=decisive
    )


def decisive(batch):
    """Move the weights to the prediction of the second-last symbol of each string.

    Parameters
    ----------
    batch : Batch
        From the task `reber`.

    Returns
    -------
    Batch
        The same but for its weights: one 1 a string. Guessing between T and P costs
        ln 2 there and is right in half of the strings.
    """
    steps = np.arange(len(batch.mask))[:, None]
    weights = (steps == batch.mask.sum(axis=0) - 2).astype(np.float32)
    return batch._replace(weights=weights)


def legal_next(batch):
    """Follow the grammar along each string, and say what may come next.

    Parameters
    ----------
    batch : Batch
        From the task `reber`.

    Returns
    -------
    ndarray of bool, shape (T, N, 7)
        True for each symbol that is allowed after step t; all False where padded.

    Raises
    ------
    ValueError
        If a string breaks the grammar.
    """
    state = np.zeros(batch.mask.shape[1], int)
    allowed = np.zeros(batch.xs.shape, bool)
    for t, (x, real) in enumerate(zip(batch.xs, batch.mask, strict=True)):
        state = np.where(real, MOVES[state, x.argmax(axis=1)], END)
        if (state < 0).any():
            raise ValueError(
                f"string {int(state.argmin())} breaks the grammar at step {t}. Pass a "
                "batch that reber().draw returned."
            )
        allowed[t] = MOVES[state] >= 0
    return allowed
