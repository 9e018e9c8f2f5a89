"""10.6: run two arms of an experiment, and say what follows, whatever was predicted."""

import numpy as np

from gru_lesson.grading.bank import small
from gru_lesson.grading.question import Mistake, Question

REAL = (  # trained when the check runs
    (("LSTM", "0"), ("LSTM", "chrono")),
    (("GRU", "0"), ("GRU", "chrono")),
)
STARTS = 7  # the four seeds are drawn from so many


def reference(run, experiments, seeds, predicted):
    """Return medians (n, 2), what is seen (n,) and whether it was predicted (n,)."""
    medians, says, held = [], [], []
    for (one, other), guess in zip(experiments, predicted, strict=True):
        first = np.array([run(*one, seed) for seed in seeds])
        second = np.array([run(*other, seed) for seed in seeds])
        fewer, more = second < first, second > first
        seen = -1 if all(fewer) else 1 if all(more) else 0
        medians.append([np.median(first), np.median(second)])
        says.append(seen)
        held.append(seen == guess)
    return np.array(medians), np.array(says), np.array(held)


def decided(given, rule):
    """Return the same where `rule` says what is seen from the runs of two arms."""
    run, experiments, seeds, predicted = given
    medians, _, _ = reference(*given)
    says = [
        rule(*(np.array([run(*arm, seed) for seed in seeds]) for arm in pair))
        for pair in experiments
    ]
    return medians, np.array(says), np.array(says) == predicted


def in_order(*given):
    """Sort each arm before the two are compared."""

    def rule(one, other):
        d = np.sort(other) - np.sort(one)
        return -int(max(d) < 0) + int(min(d) > 0)

    return decided(given, rule)


def all_with_all(*given):
    """Ask that every run of an arm needs fewer than every run of the other."""

    def rule(one, other):
        return -int(other.max() < one.min()) + int(other.min() > one.max())

    return decided(given, rule)


def one_seed(run, experiments, seeds, predicted):
    """Use the first seed for all runs."""
    return reference(run, experiments, [seeds[0]] * len(seeds), predicted)


def inputs(rng):
    """Draw seeds and guesses; two experiments are real, five are made up."""
    seeds = [int(seed) for seed in rng.permutation(STARTS)[:4]]
    for pair in REAL:
        for cell, bias in pair:
            for seed in seeds:
                small.updates(cell, bias, seed)  # here, where no clock runs
    made, experiments = {}, list(REAL)
    for name, pair in zip("ABCDE", _made_up(rng), strict=True):
        arms = [(name, "0"), (name, "chrono")]
        for arm, values in zip(arms, pair, strict=True):
            made[arm] = dict(zip(seeds, values.tolist(), strict=True))
        experiments.append(tuple(arms))

    def run(cell, bias, seed):
        if (cell, bias) in made:
            return made[cell, bias][seed]
        return small.updates(cell, bias, seed)

    order = rng.permutation(len(experiments))
    experiments = [experiments[k] for k in order]
    _, says, _ = reference(run, experiments, seeds, [0] * len(experiments))
    while True:
        predicted = rng.integers(-1, 2, len(experiments))
        held = predicted == says
        if not held.any() or held.all() or len(set(predicted)) < 3:
            continue
        if (~held & (says == 0)).any() and (~held & (predicted == 0)).any():
            return run, experiments, seeds, predicted.tolist()


def _made_up(rng):
    """Return the runs of five made-up experiments, (2, 4) each, at least 80 updates."""
    cap, base = small.CAP, 10 * rng.integers(9, 13)
    found = [
        # fewer with each start, though some of one arm are more than some of the other
        [[110, 70, 30, 0], [80, 50, 0, -10]],
        # more with each start
        [[0, 20, 50, 70], [80, 100, 60, 120]],
        # fewer with three, and also if each arm is sorted; the first disagrees
        [[0, 60, 100, 140], [40, -10, 20, 80]],
        # fewer with three, but the median is more
        [[0, 50, 60, 150], [-10, 160, 50, 140]],
        # fewer with three, and one that neither arm has solved
        [[90, cap - base, 130, 70], [10, cap - base, 0, 40]],
    ]
    return [base + np.array(pair) for pair in found]


QUESTION = Question(
    title="Predict, then run",
    points=2,
    where="sections 10.1 and 10.6",
    reference=reference,
    inputs=inputs,
    returns=("medians", "says", "held"),
    cases=1,
    hints=(
        "Both arms run from the same starts: compare them start by start, and look at "
        "the prediction last.",
        "−1 needs fewer updates with every seed, 1 more with every seed. All else is "
        "0: a start with equal numbers, or starts that disagree.",
        "Section 10.1, two verdicts on the same cells; section 10.6 for what a few "
        "starts can say; section 8.5 for chrono initialization.",
    ),
    mistakes=(
        Mistake(
            "the medians decide, not the starts one by one",
            "-1 if all(fewer) else 1 if all(more) else 0",
            "int(np.sign(np.median(second) - np.median(first)))",
            "compare start by start: asked is whether every one of them agrees.",
        ),
        Mistake(
            "the majority of the starts decides",
            "-1 if all(fewer) else 1 if all(more) else 0",
            "int(np.sign(more.sum() - fewer.sum()))",
            "answer 0 where the starts disagree: every one of them must agree.",
        ),
        Mistake(
            "the sign is turned",
            "-1 if all(fewer) else 1 if all(more) else 0",
            "1 if all(fewer) else -1 if all(more) else 0",
            "put −1 where the second arm needs fewer updates.",
        ),
        Mistake(
            "a start with equal numbers counts as agreeing",
            "second < first, second > first", "second <= first, second >= first",
            "answer 0 where a start has equal numbers, such as two at the cap.",
        ),
        Mistake(
            "the starts of each arm are sorted before they are compared",
            instead=in_order,
            advice="compare the two runs of one seed: they saw the same sequences.",
        ),
        Mistake(
            "each run is compared with all runs of the other arm",
            instead=all_with_all,
            advice="compare the two runs of one seed: they saw the same sequences.",
        ),
        Mistake(
            "the first start alone decides",
            "-1 if all(fewer) else 1 if all(more) else 0",
            "-1 if fewer[0] else 1 if more[0] else 0",
            "look at every start: with one, chance decides.",
        ),
        Mistake(
            "one of the seeds serves for all runs",
            instead=one_seed,
            advice="run each arm once with each of the seeds.",
        ),
        Mistake(
            "the two arms are exchanged",
            "for (one, other), guess", "for (other, one), guess",
            "take the first of each pair for the first column.",
        ),
        Mistake(
            "what was predicted is returned as what was seen",
            "says.append(seen)", "says.append(guess)",
            "keep the two apart: what is seen does not depend on what was predicted.",
        ),
        Mistake(
            "a 0 is taken to bear out any prediction",
            "held.append(seen == guess)", "held.append(seen == guess or seen == 0)",
            "compare for equality: a 0 bears out only who predicted 0.",
        ),
        Mistake(
            "a prediction holds unless the contrary was seen",
            "held.append(seen == guess)", "held.append(seen != -guess)",
            "compare for equality: a prediction that was not borne out does not hold.",
        ),
        Mistake(
            "held says where the prediction failed",
            "held.append(seen == guess)", "held.append(seen != guess)",
            "put True where what was seen is what was predicted.",
        ),
        Mistake(
            "means are returned, not medians",
            "[np.median(first), np.median(second)]", "[first.mean(), second.mean()]",
            "take the medians: a mean would treat the cap as a result.",
        ),
    ),
)  # fmt: skip
