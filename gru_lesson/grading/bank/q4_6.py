"""4.6: how far apart the two forms can be for any state, and when they never are."""

import numpy as np

from gru_lesson.grading.question import Mistake, Question


def reference(r, W_hh):
    """Return worst (N, H) and same (N,) for r (N, H), W_hh (H, H)."""
    gaps = r[:, :, None] - r[:, None, :]
    parts = gaps * W_hh
    worst = np.abs(parts).sum(axis=1)
    same = worst.max(axis=1) < 1e-9
    return worst, same


def inputs(rng):
    """Draw N = 4, H = 5, units in two groups without a weight between them."""
    group = rng.permutation([0, 0, 0, 1, 1])
    # signs by rows, mixed in the group of three: terms do cancel
    sign = np.where(np.arange(5) == group.argmin(), -1, 1) * rng.choice([-1, 1])
    W_hh = np.abs(rng.normal(size=(5, 5))) * sign[:, None]
    W_hh *= group[:, None] == group
    mixed = rng.uniform(0.1, 0.9, 5)
    two, one = rng.uniform(0.1, 0.9, 2)[group], np.full(5, rng.uniform(0.1, 0.9))
    partly = np.where(group == 0, rng.uniform(0.1, 0.9, 5), rng.uniform(0.1, 0.9))
    # the first sample differs in each unit: its entries are what is printed
    return np.vstack([mixed, rng.permutation([two, one, partly])]), W_hh


QUESTION = Question(
    title="The worst state",
    points=3,
    where="section 4.4, equation 4.6",
    reference=reference,
    inputs=inputs,
    returns=("worst", "same"),
    starred=True,
    hints=(
        "Equation 4.6 is linear in the state: each unit adds its own term, and its "
        "sign can be chosen.",
        "Fix one sample and one unit j. The term of unit i is a number times h_i. What "
        "is the largest value of it for h_i from -1 to 1, and can all terms have it "
        "at once?",
        "Section 4.4, below equation 4.6: read off when it is zero for every j, and "
        "note that a pair without a weight asks nothing of its gates.",
    ),
    mistakes=(
        Mistake(
            "terms of opposite sign cancel",
            "np.abs(parts).sum(axis=1)", "np.abs(parts.sum(axis=1))",
            "choose the sign of each h_i by itself, so that no term cancels another.",
        ),
        Mistake(
            "one state, chosen for all j together, is taken for each j",
            "np.abs(parts).sum(axis=1)",
            "np.abs((np.sign(parts.sum(axis=2, keepdims=True)) * parts).sum(axis=1))",
            "choose the signs of h anew for each j: what suits one unit need not suit "
            "another.",
        ),
        Mistake(
            "the sum runs over the units that receive",
            "np.abs(parts).sum(axis=1)", "np.abs(parts).sum(axis=2)",
            "sum over i, the unit that sends, and keep j.",
        ),
        Mistake(
            "the largest term in the place of the sum",
            "np.abs(parts).sum(axis=1)", "np.abs(parts).max(axis=1)",
            "add the terms of all units i: one state can make all of them large.",
        ),
        Mistake(
            "each form is made largest with a state of its own",
            "r[:, :, None] - r[:, None, :]", "r[:, :, None] + r[:, None, :]",
            "give both forms the same state: subtract first, then choose it.",
        ),
        Mistake(
            "the largest values of the two forms are subtracted",
            "np.abs(parts).sum(axis=1)",
            "np.abs((gaps * np.abs(W_hh)).sum(axis=1))",
            "subtract the two forms first, for one state, and choose the state then.",
        ),
        Mistake(
            "same asks for equal gates of all units",
            "worst.max(axis=1)", "np.ptp(r, axis=1)",
            "compare gates of linked units only: where a weight is 0, they may differ.",
        ),
        Mistake(
            "same asks for one unit that agrees",
            "worst.max(axis=1)", "worst.min(axis=1)",
            "ask that every unit agrees: the largest entry of a row decides.",
        ),
        Mistake(
            "same is True where the two forms differ",
            "< 1e-9", "> 1e-9",
            "set same to True where the largest difference is 0 for every unit.",
        ),
    ),
)  # fmt: skip
