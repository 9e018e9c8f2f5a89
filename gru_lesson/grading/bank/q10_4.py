"""10.4: median and share of some runs with their intervals, where runs have a cap."""

import numpy as np

from gru_lesson.grading.pictures import TARGET, YOURS
from gru_lesson.grading.question import Mistake, Question, edited


def reference(updates, solved, cap, draws):
    """Return median (3,), more (3,) and share (3,)."""
    counted = np.where(solved, updates, cap)
    medians = np.median(counted[draws], axis=1)
    median = np.array([np.median(counted), *np.percentile(medians, [2.5, 97.5])])
    more = median >= cap

    hits = solved.mean()
    q = 1.96**2 / len(solved)  # (hits - p)² = q p (1 - p), solved for p
    half = np.sqrt(q * hits * (1 - hits) + q * q / 4)
    ends = (hits + q / 2 + half * np.array([-1, 1])) / (1 + q)
    share = np.array([hits, *ends])
    return median, more, share


def solved_alone(updates, solved, cap, draws):
    """Leave the runs that were not solved out of the median, and draw from the rest."""
    _, _, share = reference(updates, solved, cap, draws)
    left = updates[solved]
    pairs = zip(updates[draws], solved[draws], strict=True)
    ends = np.percentile([np.median(d[s]) for d, s in pairs if s.any()], [2.5, 97.5])
    median = np.array([np.median(left), *ends])
    return median, median >= cap, share


def with_means(updates, solved, cap, draws):
    """Take means in the place of medians."""
    _, _, share = reference(updates, solved, cap, draws)
    counted = np.where(solved, updates, cap)
    ends = np.percentile(counted[draws].mean(axis=1), [2.5, 97.5])
    median = np.array([counted.mean(), *ends])
    return median, median >= cap, share


def inputs(rng):
    """Draw 9 or 11 runs: three to five not solved, of which one or two ended early."""
    while True:
        n, cap = int(rng.choice([9, 11])), int(rng.integers(20, 40)) * 100
        updates = (cap * rng.uniform(0.15, 0.95, n)).round().astype(int)
        solved = np.ones(n, bool)
        failed = rng.permutation(n)[: rng.integers(3, (n + 3) // 2)]
        solved[failed] = False
        early = failed[: rng.integers(1, 3)]
        updates[failed] = cap
        updates[early] = (cap * rng.uniform(0.02, 0.12, len(early))).round()
        draws = rng.integers(0, n, (401, n))
        given = updates, solved, cap, draws
        _, more, _ = reference(*given)
        of_draws = np.median(np.where(solved, updates, cap)[draws], axis=1)
        if len(set(np.percentile(of_draws, [0, 2.5, 3.5]))) < 3:
            continue  # another percentile would be the same number
        variants = [edited(QUESTION, (mistake,)) for mistake in QUESTION.mistakes]
        found = {str(variant(*given)) for variant in (reference, *variants)}
        if more[2] and not more[1] and len(found) == 1 + len(variants):
            return given


def picture(figure, arguments, target, yours):
    """Draw the runs as dots, and below them the two medians with their intervals."""
    updates, solved, cap, _ = arguments
    ax = figure.subplots()
    gray = "#9aa3ab"
    ax.plot(updates[solved], 0 * updates[solved] + 2, "o", color=gray, label="solved")
    ax.plot(updates[~solved], 0 * updates[~solved] + 2, "x", color=gray, label="not")
    ax.axvline(cap, color=gray, lw=1, ls=":")
    for row, values, name, style in (
        (1, target[0], "target", TARGET),
        (0.6, yours[0], "yours", YOURS),
    ):
        middle, low, high = np.asarray(values, float)
        ax.plot([low, high], [row, row], label=name, **style)
        ax.plot(middle, row, "|", color=style["color"], ms=14, mew=2)
    ax.set(xlabel="updates (dotted: the cap)", yticks=[], ylim=(0.2, 2.5))
    ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))


QUESTION = Question(
    title="A median, where not all runs end",
    points=3,
    where="section 10.6, equation 10.7",
    reference=reference,
    inputs=inputs,
    returns=("median", "more", "share"),
    tolerance=2e-5,
    decimals=3,
    starred=True,
    picture=picture,
    hints=(
        "First make one list of numbers, one a run, in which a run that was not solved "
        "counts as the cap. All medians come from this list.",
        "counted[draws] has a row for each draw: take the median of each row, then two "
        "percentiles of the medians. For the share, square both sides and solve for p.",
        "Section 10.6: the bootstrap done by hand, runs that count as the cap, and "
        "equation 10.7 with its two solutions.",
    ),
    mistakes=(
        Mistake(
            "runs that were not solved are left out of the median",
            instead=solved_alone,
            advice="count a run that was not solved as the cap: without it, a cell "
            "that often fails looks fast.",
            where="section 10.6",
        ),
        Mistake(
            "a run counts with the update at which it ended, solved or not",
            "np.where(solved, updates, cap)", "updates",
            "count the cap for each run that was not solved, also if it ended early.",
            "section 10.6",
        ),
        Mistake(
            "whatever ended before the cap is taken to be solved",
            "counted = np.where(solved, updates, cap)",
            "counted, solved = updates, updates < cap",
            "look at solved: a run that ends early may have diverged.",
            "section 10.6",
        ),
        Mistake(
            "means are taken in the place of medians",
            instead=with_means,
            advice="take medians, of the runs and of each draw: a mean would treat the "
            "cap as a result.",
            where="section 10.6",
        ),
        Mistake(
            "the ends leave 5 percent on either side",
            "[2.5, 97.5]", "[5, 95]",
            "leave 2.5 percent on either side, so that 95 are between the ends.",
            "section 10.6",
        ),
        Mistake(
            "the ends are those of the runs, not of the medians of the draws",
            "np.percentile(medians,", "np.percentile(counted,",
            "take the percentiles of the medians of the draws: asked is how far the "
            "median may be off.",
            "section 10.6",
        ),
        Mistake(
            "the medians are taken over the draws, run by run",
            "axis=1", "axis=0",
            "take the median of each row of counted[draws]: a row is one draw.",
            "section 10.6",
        ),
        Mistake(
            "the interval is made from the standard deviation of the medians",
            "np.percentile(medians, [2.5, 97.5])",
            "np.median(counted) + 1.96 * medians.std() * np.array([-1, 1])",
            "take two percentiles of the medians: they need not lie evenly about the "
            "middle, and never above the cap.",
            "section 10.6",
        ),
        Mistake(
            "what has reached the cap is not marked as more",
            "median >= cap", "median > cap",
            "mark what has reached the cap: it can never be above it.",
            "section 10.6",
        ),
        Mistake(
            "all three are marked as more, since some run was not solved",
            "median >= cap", "np.repeat(not solved.all(), 3)",
            "mark only what has reached the cap: a median can be known although some "
            "runs were not solved.",
            "section 10.6",
        ),
        Mistake(
            "the share's interval is taken around the measured share",
            "(hits + q / 2 + half * np.array([-1, 1])) / (1 + q)",
            "hits + np.sqrt(q * hits * (1 - hits)) * np.array([-1, 1])",
            "put p, not the measured share, under the root, and solve for p.",
            "section 10.6, equation 10.7",
        ),
        Mistake(
            "the ends of the share are not divided by 1 + 1.96² / n",
            "half * np.array([-1, 1])) / (1 + q)", "half * np.array([-1, 1]))",
            "divide by the factor of p², which is 1 + 1.96² / n.",
            "section 10.6, equation 10.7",
        ),
        Mistake(
            "1.96 is not squared",
            "1.96**2", "1.96",
            "square the whole right side, the 1.96 too.",
            "section 10.6, equation 10.7",
        ),
        Mistake(
            "the share's interval is made by drawing runs",
            "(hits + q / 2 + half * np.array([-1, 1])) / (1 + q)",
            "np.percentile(solved[draws].mean(axis=1), [2.5, 97.5])",
            "solve equation 10.7 for p: drawing is certain of a share of 0 or 1.",
            "section 10.6, equation 10.7",
        ),
    ),
)  # fmt: skip
