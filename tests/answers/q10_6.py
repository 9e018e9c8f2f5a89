"""Right and wrong answers to 10.6, written as learners write them."""

import statistics

import numpy as np


def by_counting(run, experiments, seeds, predicted):
    medians, says = [], []
    for one, other in experiments:
        pairs = [(run(*one, s), run(*other, s)) for s in seeds]
        fewer = sum(b < a for a, b in pairs)
        more = sum(b > a for a, b in pairs)
        n = len(pairs)
        says.append(-1 if fewer == n else 1 if more == n else 0)
        medians.append(
            [statistics.median(values) for values in zip(*pairs, strict=True)]
        )
    return medians, says, [a == b for a, b in zip(says, predicted, strict=True)]


def with_arrays(run, experiments, seeds, predicted):
    table = np.array(
        [[[run(c, b, s) for s in seeds] for c, b in pair] for pair in experiments]
    )
    d = table[:, 1] - table[:, 0]
    says = (d > 0).all(axis=1).astype(int) - (d < 0).all(axis=1)
    return np.median(table, axis=2), says, says == np.array(predicted)


def in_single_precision(*given):
    medians, says, held = with_arrays(*given)
    return np.float32(medians), np.float32(says), np.float32(held)


def by_the_ends(run, experiments, seeds, predicted):
    says, medians = np.zeros(len(experiments)), np.zeros((len(experiments), 2))
    for k, (one, other) in enumerate(experiments):
        a = np.array([run(*one, seed=seed) for seed in seeds])
        b = np.array([run(*other, seed=seed) for seed in seeds])
        medians[k] = np.median(a), np.median(b)
        print(a, b)
        if max(b - a) < 0:
            says[k] = -1
        if min(b - a) > 0:
            says[k] = 1
    return [medians, says, ~(says != predicted)]


def with_a_memory(run, experiments, seeds, predicted):
    known = {}

    def updates(arm, seed):
        if (arm, seed) not in known:
            known[arm, seed] = run(arm[0], arm[1], seed)
        return known[arm, seed]

    medians, says, held = [], [], []
    while experiments:
        one, other = experiments.pop(0)
        better = {np.sign(updates(other, s) - updates(one, s)) for s in seeds}
        says += [better.pop() if len(better) == 1 else 0]
        held += [says[-1] == predicted[len(held)]]
        both = [[updates(arm, s) for s in seeds] for arm in (one, other)]
        medians += [[np.percentile(values, 50) for values in both]]
    return np.array(medians), np.array(says), np.array(held)


RIGHT = [
    by_counting,
    with_arrays,
    in_single_precision,
    by_the_ends,
    with_a_memory,
]


def concluding(decide, arms=None):
    """Return an answer that decides in another way from the runs of the two arms."""

    def answer(run, experiments, seeds, predicted):
        medians, says = [], []
        for one, other in experiments:
            a = [run(*one, seed) for seed in seeds]
            b = [run(*other, seed) for seed in seeds]
            medians.append([np.median(a), np.median(b)])
            says.append(decide(np.array(a), np.array(b)))
        return medians, says, [s == p for s, p in zip(says, predicted, strict=True)]

    return answer


def unanimous(a, b):
    return -1 if np.all(b < a) else 1 if np.all(b > a) else 0


def by_medians(a, b):
    a, b = sorted(a), sorted(b)
    a, b = a[1] + a[2], b[1] + b[2]
    return int(b > a) - int(b < a)


def no_ties(a, b):
    return -1 if not np.any(b > a) else 1 if not np.any(b < a) else 0


def changed(**how):
    """Return an answer that makes one of the three results in another way."""

    def answer(*given):
        results = dict(
            zip(("medians", "says", "held"), with_arrays(*given), strict=True)
        )
        for name, make in how.items():
            results[name] = make(*given, *results.values())
        return tuple(results.values())

    return answer


def exchanged(run, experiments, seeds, predicted):
    return with_arrays(run, [pair[::-1] for pair in experiments], seeds, predicted)


def always_the_first_seed(run, experiments, seeds, predicted):
    return with_arrays(
        lambda c, b, s: run(c, b, seeds[0]), experiments, seeds, predicted
    )


def means(run, experiments, seeds, predicted, *results):
    return [
        [sum(run(*arm, s) for s in seeds) / len(seeds) for arm in pair]
        for pair in experiments
    ]


# the name of the mistake that the check is to find
WRONG = {
    "the medians decide, not the starts one by one": concluding(by_medians),
    "the majority of the starts decides": (
        concluding(lambda a, b: np.sign(sum(np.sign(b - a))))
    ),
    "the sign is turned": concluding(lambda a, b: -unanimous(a, b)),
    "a start with equal numbers counts as agreeing": concluding(no_ties),
    "the starts of each arm are sorted before they are compared": (
        concluding(lambda a, b: unanimous(np.array(sorted(a)), np.array(sorted(b))))
    ),
    "each run is compared with all runs of the other arm": (
        concluding(lambda a, b: unanimous(a[:, None], b))
    ),
    "the first start alone decides": concluding(lambda a, b: unanimous(a[0], b[0])),
    "one of the seeds serves for all runs": always_the_first_seed,
    "the two arms are exchanged": exchanged,
    "what was predicted is returned as what was seen": (
        changed(says=lambda run, e, s, predicted, *results: np.array(predicted))
    ),
    "a 0 is taken to bear out any prediction": changed(
        held=lambda run, e, s, predicted, m, says, h: [
            p == seen or not seen for p, seen in zip(predicted, says, strict=True)
        ]
    ),
    "a prediction holds unless the contrary was seen": changed(
        held=lambda run, e, s, predicted, m, says, h: np.array(predicted) != -says
    ),
    "held says where the prediction failed": (
        changed(held=lambda run, e, s, p, m, says, held: np.logical_not(held))
    ),
    "means are returned, not medians": changed(medians=means),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda *a: with_arrays(*a)[::-1],
    lambda *a: with_arrays(*a)[:2],
    changed(medians=lambda *a: np.array(a[4]).T),
    changed(says=lambda *a: np.abs(a[5])),
    concluding(lambda a, b: 0),
]
