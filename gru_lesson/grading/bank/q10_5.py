"""10.5: a comparison in which more than the cell differs, to be made fair."""

from functools import partial

import numpy as np

from gru_lesson.grading.question import Mistake, Question

RATES = (0.003, 0.01, 0.03, 0.1)


def reference(run, rates, bias, cap, choosing, measuring):
    """Return the rates, the medians and the shares, each by cell."""
    biases = {"GRU": bias, "LSTM": bias}
    caps = {"GRU": cap, "LSTM": cap}

    def trained(cell, rate, seeds):
        runs = [run(cell, biases[cell], rate, caps[cell], seed) for seed in seeds]
        counted = [updates if solved else caps[cell] for updates, solved in runs]
        return np.array(counted), np.mean([solved for _, solved in runs])

    chosen, medians, shares = {}, {}, {}
    for cell in ("GRU", "LSTM"):
        tried = [np.median(trained(cell, rate, choosing)[0]) for rate in rates]
        chosen[cell] = rates[int(np.argmin(tried))]
        counted, shares[cell] = trained(cell, chosen[cell], measuring)
        medians[cell] = np.median(counted)
    return chosen, medians, shares


def as_given(run, rates, bias, cap, choosing, measuring, repaired=""):
    """Leave all four flaws, or three of them."""
    usual = {"GRU": (bias, cap), "LSTM": ("0", 3 * cap // 4)}
    if repaired == "bias":
        usual["LSTM"] = bias, 3 * cap // 4
    if repaired == "cap":
        usual["LSTM"] = "0", cap

    def counts(cell, rate, seeds):
        b, most = usual[cell]
        runs = [run(cell, b, rate, most, seed) for seed in seeds]
        if repaired == "failed":
            return [updates if solved else most for updates, solved in runs]
        return [updates for updates, solved in runs if solved]

    chosen, medians, shares = {}, {}, {}
    for cell in ("GRU", "LSTM"):
        own = cell if repaired == "rate" else "GRU"
        tried = [np.median(counts(own, rate, choosing)) for rate in rates]
        chosen[cell] = rates[int(np.argmin(tried))]
        found = counts(cell, chosen[cell], measuring)
        medians[cell] = np.median(found)
        most = usual[cell][1]
        shares[cell] = sum(updates < most for updates in found) / len(measuring)
    return chosen, medians, shares


def left_out_at_the_choice(run, rates, bias, cap, choosing, measuring):
    """Leave out runs that were not solved where a rate is chosen."""
    chosen, medians, shares = {}, {}, {}
    for cell in ("GRU", "LSTM"):
        tried = []
        for rate in rates:
            runs = [run(cell, bias, rate, cap, seed) for seed in choosing]
            tried.append(np.median([updates for updates, solved in runs if solved]))
        best = rates[int(np.argmin(tried))]
        part = reference(run, [best], bias, cap, choosing, measuring)
        chosen[cell], medians[cell], shares[cell] = (found[cell] for found in part)
    return chosen, medians, shares


def left_out_at_the_end(run, rates, bias, cap, choosing, measuring):
    """Leave out runs that were not solved where the cells are measured."""
    chosen, medians, shares = reference(run, rates, bias, cap, choosing, measuring)
    for cell, rate in chosen.items():
        runs = [run(cell, bias, rate, cap, seed) for seed in measuring]
        medians[cell] = np.median([updates for updates, solved in runs if solved])
    return chosen, medians, shares


def inputs(rng):
    """Draw made-up runs in which every mistake changes what comes out.

    For each cell one rate is the best; one is reckless: most runs diverge, the others
    are fast; one is lucky with one start; and one fits the starts that are measured.
    """
    seeds = rng.permutation(100).tolist()
    choosing, measuring = seeds[:5], seeds[5:14]
    bias = str(rng.choice(["1", "chrono"]))
    slow = {"LSTM": rng.uniform(600, 900)}
    slow["GRU"] = slow["LSTM"] * rng.uniform(0.75, 0.95)
    cap = int(1.57 * slow["LSTM"] / 20) * 20
    order = rng.permutation(4)
    best = dict(GRU=order, LSTM=np.roll(order, rng.integers(1, 4)))
    roles = {
        (cell, rate): ("best", "reckless", "lucky", "fits")[place]
        for cell in best
        for rate, place in zip(RATES, best[cell], strict=True)
    }
    late = rng.permutation(["diverged", 2.2, 1.35, 1.22, 1.1, 1, 0.9, 0.8, 0.7])
    more = {"GRU": "0.95", "LSTM": "diverged"}  # in the place of 1.35

    def needed(cell, role, seed):
        if seed in choosing:
            k = choosing.index(seed)
            spread = 0.7 + 0.15 * k
            fast = "diverged" if k in (0, 2, 3) else 0.75 * spread
            rare = 0.5 if k == 2 else 1.3 * spread
            others = {"reckless": fast, "lucky": rare, "fits": 1.2 * spread}
            return others.get(role, spread)
        k = measuring.index(seed) if seed in measuring else seed % 9
        if role != "best" and k == 6:
            return 1.22
        if role == "reckless":
            return "diverged" if k % 3 else 0.75 + 0.02 * k
        if role != "best":
            return 0.02 * k + (0.6 if role == "fits" else 0.85)
        found = more[cell] if late[k] == "1.35" else late[k]
        return found if found == "diverged" else float(found)

    def run(cell, gate_bias, rate, most, seed):
        factor = needed(cell, roles[cell, rate], seed)
        if factor == "diverged":
            return 10 + seed % 7, False
        updates = slow[cell] * factor * (1.0 if gate_bias == bias else 1.25)
        ended = 10 * round(updates / 10)
        return (ended, True) if ended < most else (most, False)

    return run, list(RATES), bias, cap, choosing, measuring


QUESTION = Question(
    title="A cell against itself",
    points=3,
    where="section 10.1",
    reference=reference,
    inputs=inputs,
    returns=("chosen", "medians", "shares"),
    starred=True,
    hints=(
        "Put one cell in both places, then the other. What still differs between the "
        "two names is not the cell.",
        "A cell against itself shows what is set for one name alone. It cannot show "
        "that both use a rate which one of them chose, nor that failed runs are gone.",
        "Section 10.1, what a fair comparison holds equal and what each cell may "
        "choose; section 10.6 for runs that were not solved.",
    ),
    mistakes=(
        Mistake(
            "all flaws are still there, as they were given",
            instead=as_given,
            advice="run a cell against itself, with `twice`, and look for what makes "
            "the two names differ.",
        ),
        Mistake(
            "of the four flaws, only the choice of the rate is repaired",
            instead=partial(as_given, repaired="rate"),
            advice="go on with `twice`: it shows two of the other three.",
        ),
        Mistake(
            "of the four flaws, only the bias is repaired",
            instead=partial(as_given, repaired="bias"),
            advice="go on: `twice` shows one of the other three, reading the others.",
        ),
        Mistake(
            "of the four flaws, only the cap is repaired",
            instead=partial(as_given, repaired="cap"),
            advice="go on: `twice` shows one of the other three, reading the others.",
        ),
        Mistake(
            "of the four flaws, only what becomes of failed runs is repaired",
            instead=partial(as_given, repaired="failed"),
            advice="go on with `twice`: it shows two of the other three.",
        ),
        Mistake(
            "the rate is chosen by the GRU for both",
            "trained(cell, rate, choosing)", 'trained("GRU", rate, choosing)',
            "let each cell choose among the rates, with runs of its own.",
        ),
        Mistake(
            "the LSTM starts with a bias of 0, whatever the GRU has",
            '"LSTM": bias', '"LSTM": "0"',
            "give both cells the bias that was asked for.",
        ),
        Mistake(
            "the LSTM is stopped after three quarters of the updates",
            '"LSTM": cap', '"LSTM": 3 * cap // 4',
            "give both cells the same cap: updates are counted, not seconds.",
        ),
        Mistake(
            "runs that were not solved are left out everywhere",
            "updates if solved else caps[cell] for updates, solved in runs",
            "updates for updates, solved in runs if solved",
            "count such a run as the cap, where the rate is chosen and where the cells "
            "are measured.",
            "section 10.6",
        ),
        Mistake(
            "runs that were not solved are left out of the medians",
            instead=left_out_at_the_end,
            advice="count such a run as the cap where the cells are measured too.",
            where="section 10.6",
        ),
        Mistake(
            "runs that were not solved are left out where the rate is chosen",
            instead=left_out_at_the_choice,
            advice="count such a run as the cap where the rate is chosen too: a rate "
            "that often fails must not win.",
            where="section 10.6",
        ),
        Mistake(
            "a run counts with the update at which it ended, solved or not",
            "updates if solved else caps[cell]", "updates",
            "count the cap for each run that was not solved: it may have diverged.",
            "section 10.6",
        ),
        Mistake(
            "the rate is chosen on the seeds that are measured",
            "trained(cell, rate, choosing)", "trained(cell, rate, measuring)",
            "choose on other starts than those that are reported.",
        ),
        Mistake(
            "the cells are measured on the seeds that chose the rate",
            "chosen[cell], measuring)", "chosen[cell], choosing)",
            "measure on starts that had no part in the choice.",
        ),
        Mistake(
            "the best start of each cell is reported",
            "medians[cell] = np.median(counted)", "medians[cell] = np.min(counted)",
            "report the median of the starts: the best of many is luck too.",
        ),
        Mistake(
            "means are reported, not medians",
            "medians[cell] = np.median(counted)", "medians[cell] = np.mean(counted)",
            "take medians: a mean would treat the cap as a result.",
            "section 10.6",
        ),
        Mistake(
            "the rate is chosen by the best start, not by the median",
            "[np.median(trained(", "[np.min(trained(",
            "compare the medians of the rates.",
        ),
    ),
)  # fmt: skip
