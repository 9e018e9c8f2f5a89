"""9.3: clip the gradient of each sequence by itself, and average what is left."""

import numpy as np

from gru_lesson.grading.question import Mistake, Question


def reference(grads, limit):
    """Return means of clipped gradients and norms (N,) for a dict of (N, ...)."""
    flat = np.concatenate([g.reshape(len(g), -1) for g in grads.values()], axis=1)
    norms = np.sqrt((flat**2).sum(axis=1))
    factors = np.minimum(1, limit / norms)
    clipped = {k: _scaled(g, factors).mean(axis=0) for k, g in grads.items()}
    return clipped, norms


def _scaled(array, factors):
    """Multiply each of the N gradients in an array (N, ...) by its factor."""
    return array * factors.reshape(-1, *[1] * (array.ndim - 1))


def _norms(array):
    return np.sqrt((array.reshape(len(array), -1) ** 2).sum(axis=1))


def array_by_array(grads, limit):
    """Clip each array of each sequence by its own norm."""
    _, norms = reference(grads, limit)
    clipped = {
        k: _scaled(g, np.minimum(1, limit / _norms(g))).mean(axis=0)
        for k, g in grads.items()
    }
    return clipped, norms


def entry_by_entry(grads, limit):
    """Cut off each entry at the limit."""
    _, norms = reference(grads, limit)
    return {k: g.clip(-limit, limit).mean(axis=0) for k, g in grads.items()}, norms


def mean_first(grads, limit):
    """Average over the sequences, then clip the mean as the chapter does."""
    _, norms = reference(grads, limit)
    means = {k: g.mean(axis=0) for k, g in grads.items()}
    factor = min(1, limit / np.sqrt(sum((m**2).sum() for m in means.values())))
    return {k: factor * m for k, m in means.items()}, norms


def inputs(rng):
    """Draw N = 4, D = 2, H = 3: two gradients that are too long, two that are not."""
    N, D, H = 4, 2, 3
    shapes = {"W_xh": (N, D, H), "W_hh": (N, H, H), "b_h": (N, H)}
    grads = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    limit = rng.uniform(1.5, 2.5)
    _, norms = reference(grads, limit)
    wanted = limit * rng.permutation([0.4, 0.8, 3.0, 9.0])
    return {k: _scaled(g, wanted / norms) for k, g in grads.items()}, limit


def picture(figure, arguments, target, yours):
    """Draw the bias's gradient of each sequence in gray, and the two means."""
    grads = arguments[0]
    ax = figure.subplots()
    units = np.arange(grads["b_h"].shape[1])
    for n, row in enumerate(grads["b_h"]):
        label = "the four sequences, not clipped" if n == 0 else None
        ax.plot(units, row, "o-", color="#9aa3ab", lw=1, ms=3, label=label)
    mean, dashed = np.asarray(target[0]["b_h"]), np.asarray(yours[0]["b_h"])
    ax.plot(units, mean, color="#56B4E9", lw=5, alpha=0.6, label="target")
    ax.plot(units, dashed.reshape(-1), color="#D55E00", lw=1.5, ls="--", label="yours")
    ax.set(xlabel="unit", ylabel="gradient of b_h", xticks=units)
    ax.legend(frameon=False)


QUESTION = Question(
    title="One long gradient in the batch",
    points=2,
    where="section 9.4, equations 9.6 and 9.7",
    reference=reference,
    inputs=inputs,
    returns=("clipped", "norms"),
    decimals=3,
    picture=picture,
    hints=(
        "Each sequence has one norm, over all its entries in all arrays, and one "
        "factor. The mean comes last.",
        "Flatten each array to (N, number of entries), put them side by side, and the "
        "norm is that of each row. Then bring the factors to a shape that fits (N, D, "
        "H).",
        "Section 9.4: equation 9.6 for the norm, equation 9.7 for the factor, which is "
        "never above 1. Here both are made for each sequence.",
    ),
    mistakes=(
        Mistake(
            "each array is clipped by its own norm",
            instead=array_by_array,
            advice="add up the squares over all arrays, and use one factor for all of "
            "them: only then the direction stays.",
            where="section 9.4, equation 9.6",
        ),
        Mistake(
            "each entry is cut off at the limit",
            instead=entry_by_entry,
            advice="scale all entries of a sequence by one factor: cutting them off "
            "one by one turns the direction.",
            where="section 9.4, equation 9.7",
        ),
        Mistake(
            "short gradients are stretched to the limit",
            "np.minimum(1, limit / norms)", "limit / norms",
            "keep the factor at most 1: what is short enough stays as it is.",
            "section 9.4, equation 9.7",
        ),
        Mistake(
            "the norm is left squared",
            "np.sqrt((flat**2).sum(axis=1))", "(flat**2).sum(axis=1)",
            "take the root of the sum of squares.",
            "section 9.4, equation 9.6",
        ),
        Mistake(
            "the norm is the sum of sizes, not the root of a sum of squares",
            "np.sqrt((flat**2).sum(axis=1))", "np.abs(flat).sum(axis=1)",
            "square the entries, add them up, and take the root.",
            "section 9.4, equation 9.6",
        ),
        Mistake(
            "the norm is the largest entry",
            "np.sqrt((flat**2).sum(axis=1))", "np.abs(flat).max(axis=1)",
            "square all entries, add them up, and take the root.",
            "section 9.4, equation 9.6",
        ),
        Mistake(
            "one factor for the whole batch, from the norm of all its gradients",
            "limit / norms", "limit / np.sqrt((norms**2).sum())",
            "make one factor for each sequence, from its own norm.",
            "section 9.4, equation 9.7",
        ),
        Mistake(
            "the mean is taken first, and then clipped",
            instead=mean_first,
            advice="scale each sequence's gradient before the mean: after it, the long "
            "one has drowned the others.",
            where="section 9.4, equation 9.7",
        ),
        Mistake(
            "the sequences are added up, not averaged",
            ".mean(axis=0)", ".sum(axis=0)",
            "divide by the number of sequences: a mean is asked for.",
            "section 9.3, equation 9.5",
        ),
        Mistake(
            "the norms come back as they are after clipping",
            "return clipped, norms", "return clipped, factors * norms",
            "return the norms that the gradients came with.",
            "section 9.4, equation 9.6",
        ),
    ),
)  # fmt: skip
