"""Right and wrong answers to 10.4, written as learners write them."""

import statistics

import numpy as np


def as_a_formula(updates, solved, cap, draws):
    counts = updates * solved + cap * (1 - solved)
    median = [np.median(counts)]
    boot = np.sort(np.median(counts[draws], axis=-1))
    median += [boot[10], boot[390]]  # of 401
    n, p, z = len(counts), np.count_nonzero(solved) / len(solved), 1.96
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return median, np.array(median) == cap, [p, middle - half, middle + half]


def one_draw_at_a_time(updates, solved, cap, draws):
    counts = [int(u) if s else cap for u, s in zip(updates, solved, strict=True)]
    boot = [statistics.median(counts[k] for k in draw) for draw in draws]
    median = [statistics.median(counts), *np.quantile(boot, (0.025, 0.975))]
    q, p = 1.96**2 / len(counts), sum(map(bool, solved)) / len(counts)
    b, c = -(2 * p + q) / (1 + q), p * p / (1 + q)
    root = (b * b / 4 - c) ** 0.5
    more = [not value < cap for value in median]
    return median, more, (p, -b / 2 - root, -b / 2 + root)


def by_search(updates, solved, cap, draws):
    updates[~solved] = cap
    boot = np.median(updates[draws], axis=1)
    median = np.r_[
        np.median(updates), np.percentile(boot, 2.5), np.percentile(boot, 97.5)
    ]
    share, n = solved.mean(), solved.size
    grid = np.linspace(0, 1, 1_000_001)
    fits = grid[abs(share - grid) <= 1.96 * np.sqrt(grid * (1 - grid) / n)]
    return median, np.isclose(median, cap), np.array([share, fits[0], fits[-1]])


def in_single_precision(updates, solved, cap, draws):
    f = np.float32
    counts = np.where(solved, f(updates), f(cap))
    boot = np.median(np.take(counts, draws), axis=1)
    median = np.array([np.median(counts), *np.percentile(boot, [2.5, 97.5])], f)
    q, p = f(1.96**2 / len(solved)), f(solved.mean())
    half = np.sqrt(q * p * (1 - p) + q**2 / 4)
    share = np.array([p, (p + q / 2 - half) / (1 + q), (p + q / 2 + half) / (1 + q)], f)
    return median, median > f(cap) - 1, share


def with_999_for_95(updates, solved, cap, draws):
    """Use 1.95996..., and print on the way."""
    median, more, _ = as_a_formula(updates, solved, cap, draws)
    z2, n, hits = 1.959963984540054**2, len(solved), solved.sum()
    middle, half = (hits + z2 / 2) / (n + z2), z2**0.5 / (n + z2)
    half *= np.sqrt(hits * (n - hits) / n + z2 / 4)
    print("half", half)
    return np.array(median), more, np.array([hits / n, middle - half, middle + half])


RIGHT = [
    as_a_formula,
    one_draw_at_a_time,
    by_search,
    in_single_precision,
    with_999_for_95,
]


def part(median=None, more=None, share=None):
    """Return an answer that makes one of the three results in another way."""

    def answer(updates, solved, cap, draws):
        given = updates, solved, cap, draws
        right = [np.array(a) for a in as_a_formula(*given)]
        if median is not None:
            right[0] = np.array(median(*given))
            right[1] = right[0] >= cap
        right[1] = right[1] if more is None else np.array(more(right[0], *given))
        right[2] = right[2] if share is None else np.array(share(*given))
        return tuple(right)

    return answer


def ends(values, few=2.5):
    return [np.percentile(values, few), np.percentile(values, 100 - few)]


def counted(u, s, cap):
    return np.array([a if ok else cap for a, ok in zip(u, s, strict=True)])


def left_out(u, s, cap, draws):
    boot = [[u[k] for k in draw if s[k]] for draw in draws]
    return [np.median(u[s]), *ends([np.median(values) for values in boot if values])]


def as_they_ended(u, s, cap, draws):
    return [np.median(u), *ends([np.median(u[draw]) for draw in draws])]


def early_is_solved(u, s, cap, draws):
    """Take what ended early to be solved."""
    return as_a_formula(u, u != cap, cap, draws)


def averaged(u, s, cap, draws):
    c = counted(u, s, cap)
    return [c.mean(), *ends([c[draw].sum() / len(c) for draw in draws])]


def ninety(u, s, cap, draws):
    c = counted(u, s, cap)
    return [np.median(c), *ends([np.median(c[draw]) for draw in draws], few=5)]


def of_runs(u, s, cap, draws):
    c = counted(u, s, cap)
    return [np.median(c), *ends(c)]


def run_by_run(u, s, cap, draws):
    c = counted(u, s, cap)
    return [np.median(c), *ends([np.median(c[column]) for column in draws.T])]


def normal(u, s, cap, draws):
    c = counted(u, s, cap)
    half = 1.96 * np.std([np.median(c[draw]) for draw in draws])
    return [np.median(c), np.median(c) - half, np.median(c) + half]


def wald(u, s, cap, draws):
    p, n = s.mean(), len(s)
    half = 1.96 * (p * (1 - p) / n) ** 0.5
    return [p, p - half, p + half]


def wilson(z2, below):
    """Solve for the ends with another number for the square of 1.96."""

    def share(u, s, cap, draws):
        p, n = s.mean(), len(s)
        half = (z2 * p * (1 - p) / n + (z2 / n) ** 2 / 4) ** 0.5
        middle, under = p + z2 / n / 2, 1 + z2 / n if below else 1
        return [p, (middle - half) / under, (middle + half) / under]

    return share


def drawn(u, s, cap, draws):
    return [s.mean(), *ends([s[draw].mean() for draw in draws])]


# the name of the mistake that the check is to find
WRONG = {
    "runs that were not solved are left out of the median": part(median=left_out),
    "a run counts with the update at which it ended, solved or not": (
        part(median=as_they_ended)
    ),
    "whatever ended before the cap is taken to be solved": early_is_solved,
    "means are taken in the place of medians": part(median=averaged),
    "the ends leave 5 percent on either side": part(median=ninety),
    "the ends are those of the runs, not of the medians of the draws": (
        part(median=of_runs)
    ),
    "the medians are taken over the draws, run by run": part(median=run_by_run),
    "the interval is made from the standard deviation of the medians": (
        part(median=normal)
    ),
    "what has reached the cap is not marked as more": (
        part(more=lambda m, u, s, cap, draws: [value > cap for value in m])
    ),
    "all three are marked as more, since some run was not solved": (
        part(more=lambda m, u, s, cap, draws: [True, True, True])
    ),
    "the share's interval is taken around the measured share": part(share=wald),
    "the ends of the share are not divided by 1 + 1.96² / n": (
        part(share=wilson(1.96**2, below=False))
    ),
    "1.96 is not squared": part(share=wilson(1.96, below=True)),
    "the share's interval is made by drawing runs": part(share=drawn),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda *a: as_a_formula(*a)[::-1],
    lambda *a: (as_a_formula(*a)[0][0], *as_a_formula(*a)[1:]),
    part(share=wilson(1.645**2, below=True)),
    part(median=lambda u, s, cap, draws: [0.0, 1.0, cap]),
    part(share=lambda u, s, cap, draws: [s.sum(), 0, 1]),
]
