"""Right and wrong answers to 10.5, written as learners write them."""

import statistics

import numpy as np


def mended(run, rates, bias, cap, choosing, measuring):
    def counts(cell, rate, seeds):
        runs = [run(cell, bias, rate, cap, s) for s in seeds]
        return [updates if solved else cap for updates, solved in runs]

    chosen = {}
    for cell in ("GRU", "LSTM"):
        tried = {rate: np.median(counts(cell, rate, choosing)) for rate in rates}
        chosen[cell] = min(tried, key=tried.get)
    found = {cell: counts(cell, rate, measuring) for cell, rate in chosen.items()}
    medians = {cell: np.median(values) for cell, values in found.items()}
    n = len(measuring)
    shares = {c: sum(v < cap for v in values) / n for c, values in found.items()}
    return chosen, medians, shares


def with_arrays(run, rates, bias, cap, choosing, measuring):
    result = {}, {}, {}
    for cell in ["LSTM", "GRU"]:
        table = np.array(
            [[run(cell, bias, r, cap, s) for s in choosing] for r in rates], float
        )
        table = np.where(table[..., 1] == 1, table[..., 0], cap)
        k = np.median(table, axis=1).argmin()
        last = np.array([run(cell, bias, rates[k], cap, s) for s in measuring], float)
        ended, solved = last.T
        result[0][cell] = rates[k]
        result[1][cell] = np.median(np.where(solved == 1, ended, cap))
        result[2][cell] = solved.mean()
    return result


def in_single_precision(*given):
    return [
        {cell: np.float32(value) for cell, value in part.items()}
        for part in mended(*given)
    ]


def by_sorting(run, rates, bias, cap, choosing, measuring):
    def middle(cell, rate, seeds):
        outcomes = sorted(
            (updates if ok else cap, ok)
            for updates, ok in (run(cell, bias, rate, cap, seed) for seed in seeds)
        )
        print(outcomes)
        share = sum(ok for _, ok in outcomes) / len(outcomes)
        return outcomes[len(outcomes) // 2][0], share

    cells = "GRU", "LSTM"
    best = {}
    for cell in cells:
        best[cell] = sorted(rates, key=lambda r, c=cell: middle(c, r, choosing)[0])[0]
    ends = {cell: middle(cell, best[cell], measuring) for cell in cells}
    return (
        best,
        {cell: median for cell, (median, _) in ends.items()},
        {cell: share for cell, (_, share) in ends.items()},
    )


def with_a_ledger(run, rates, bias, cap, choosing, measuring):
    """Run everything first, read afterwards."""
    ledger = {}
    for cell in ("GRU", "LSTM"):
        for rate in rates:
            for seed in choosing + measuring:
                ledger[cell, rate, seed] = run(cell, bias, rate, cap, seed)

    def read(cell, rate, seeds):
        rows = [ledger[cell, rate, seed] for seed in seeds]
        return statistics.median(u if ok else cap for u, ok in rows)

    chosen = dict.fromkeys(("GRU", "LSTM"))
    for cell in chosen:
        chosen[cell] = min((read(cell, r, choosing), r) for r in rates)[1]
    medians = {cell: read(cell, r, measuring) for cell, r in chosen.items()}
    shares = {
        cell: np.mean([ledger[cell, r, seed][1] for seed in measuring])
        for cell, r in chosen.items()
    }
    return chosen, medians, shares


RIGHT = [mended, with_arrays, in_single_precision, by_sorting, with_a_ledger]


def comparison(
    given, cap_of=None, bias_of=None, shared=False, keep=(True, True), raw=False,
    middle=np.median, at_choice=np.median, swap=0,
):  # fmt: skip
    """Compare with one thing or another wrong.

    ``keep``: whether runs that were not solved count, at the choice and afterwards;
    ``raw``: a run counts as it ended; ``swap`` 1 chooses on the measured seeds, 2
    measures on the others.
    """
    run, rates, bias, cap, choosing, measuring = given
    first = measuring if swap == 1 else choosing
    second = choosing if swap == 2 else measuring
    caps = {"GRU": cap, "LSTM": cap} | (cap_of or {})
    biases = {"GRU": bias, "LSTM": bias} | (bias_of or {})

    def outcome(cell, rate, seeds, everyone):
        found, hits = [], 0
        for seed in seeds:
            updates, ok = run(cell, biases[cell], rate, caps[cell], seed)
            hits += ok
            if raw or ok:
                found.append(updates)
            elif everyone:
                found.append(caps[cell])
        return found, hits / len(seeds)

    chosen, medians, shares = {}, {}, {}
    for cell in caps:
        of = "GRU" if shared else cell
        tried = [at_choice(outcome(of, r, first, keep[0])[0]) for r in rates]
        chosen[cell] = rates[tried.index(min(tried))]
        found, shares[cell] = outcome(cell, chosen[cell], second, keep[1])
        medians[cell] = middle(found)
    return chosen, medians, shares


# the name of the mistake that the check is to find
WRONG = {
    "all flaws are still there, as they were given": (
        lambda *a: comparison(
            a, cap_of={"LSTM": 3 * a[3] // 4}, bias_of={"LSTM": "0"}, shared=True,
            keep=(False, False),
        )
    ),
    "of the four flaws, only the choice of the rate is repaired": (
        lambda *a: comparison(a, cap_of={"LSTM": 3 * a[3] // 4},
                              bias_of={"LSTM": "0"}, keep=(False, False))
    ),
    "of the four flaws, only the bias is repaired": (
        lambda *a: comparison(a, cap_of={"LSTM": 3 * a[3] // 4}, shared=True,
                              keep=(False, False))
    ),
    "of the four flaws, only the cap is repaired": (
        lambda *a: comparison(a, bias_of={"LSTM": "0"}, shared=True,
                              keep=(False, False))
    ),
    "of the four flaws, only what becomes of failed runs is repaired": (
        lambda *a: comparison(a, cap_of={"LSTM": 3 * a[3] // 4},
                              bias_of={"LSTM": "0"}, shared=True)
    ),
    "the rate is chosen by the GRU for both": lambda *a: comparison(a, shared=True),
    "the LSTM starts with a bias of 0, whatever the GRU has": (
        lambda *a: comparison(a, bias_of={"LSTM": "0"})
    ),
    "the LSTM is stopped after three quarters of the updates": (
        lambda *a: comparison(a, cap_of={"LSTM": a[3] * 3 // 4})
    ),
    "runs that were not solved are left out everywhere": (
        lambda *a: comparison(a, keep=(False, False))
    ),
    "runs that were not solved are left out of the medians": (
        lambda *a: comparison(a, keep=(True, False))
    ),
    "runs that were not solved are left out where the rate is chosen": (
        lambda *a: comparison(a, keep=(False, True))
    ),
    "a run counts with the update at which it ended, solved or not": (
        lambda *a: comparison(a, raw=True)
    ),
    "the rate is chosen on the seeds that are measured": (
        lambda *a: comparison(a, swap=1)
    ),
    "the cells are measured on the seeds that chose the rate": (
        lambda *a: comparison(a, swap=2)
    ),
    "the best start of each cell is reported": lambda *a: comparison(a, middle=min),
    "means are reported, not medians": (
        lambda *a: comparison(a, middle=statistics.mean)
    ),
    "the rate is chosen by the best start, not by the median": (
        lambda *a: comparison(a, at_choice=min)
    ),
}  # fmt: skip

# wrong in a way that the bank does not know
STRANGE = [
    lambda *a: mended(*a)[:2],
    lambda *a: comparison(a, bias_of={"GRU": "0"}),
    lambda *a: comparison(a, middle=max),
    lambda *a: [list(part.values()) for part in mended(*a)],
    lambda *a: comparison((*a[:3], 10 * a[3], *a[4:])),
]
