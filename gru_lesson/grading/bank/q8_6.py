"""8.6: the product of Jacobians, sorted by how many steps leave the direct path."""

from math import comb

import numpy as np

from gru_lesson.grading.pictures import TARGET, YOURS
from gru_lesson.grading.question import Mistake, Question


def reference(zs, others):
    """Return (T + 1, H, H): the sum of all products with m detours, for each m."""
    T, H = zs.shape
    sums = np.zeros((T + 1, H, H))
    sums[0] = np.eye(H)
    for z, other in zip(zs, others, strict=True):
        kept = sums * z
        left = sums @ other
        left = np.concatenate([left[-1:], left[:-1]])
        sums = kept + left
    return sums


def in_place(zs, others):
    """Return what comes out where a sum is used after it was changed."""
    T, H = zs.shape
    sums = np.zeros((T + 1, H, H))
    sums[0] = np.eye(H)
    for z, other in zip(zs, others, strict=True):
        sums[0] = sums[0] * z
        for m in range(1, T + 1):
            sums[m] = sums[m] * z + sums[m - 1] @ other
    return sums


def reversed_steps(zs, others):
    """Return the sums for the steps taken from the last to the first."""
    return reference(zs[::-1], others[::-1])


def first_steps_only(zs, others):
    """Return one product for each m: detours in the first m steps, then keep."""
    T, H = zs.shape
    products = []
    for m in range(T + 1):
        product = np.eye(H)
        for t in range(T):
            product = product @ (others[t] if t < m else np.diag(zs[t]))
        products.append(product)
    return np.array(products)


def means(zs, others):
    """Return the mean of the products with m detours, for each m."""
    count = [comb(len(zs), m) for m in range(len(zs) + 1)]
    return reference(zs, others) / np.array(count)[:, None, None]


def inputs(rng):
    """Draw T = 5, H = 3."""
    T, H = 5, 3
    return rng.uniform(0.3, 0.95, (T, H)), 0.6 * rng.normal(size=(T, H, H))


def picture(figure, arguments, target, yours):
    """Draw the norm of each sum."""
    ax = figure.subplots()
    pairs = (target, "target", TARGET), (yours, "yours", YOURS)
    for values, name, style in pairs:
        norms = np.linalg.norm(np.asarray(values, float), axis=(1, 2), ord=2)
        ax.plot(norms, label=name, **style)
    ax.set(xlabel="detours m", ylabel="norm of the sum")
    ax.legend(frameon=False)


QUESTION = Question(
    title="How many detours?",
    points=3,
    where="section 8.4, equations 8.3 and 8.4",
    reference=reference,
    inputs=inputs,
    returns=("sums",),
    decimals=3,
    starred=True,
    picture=picture,
    hints=(
        "Go through the steps once and keep T + 1 running sums, one for each number of "
        "detours so far. A new step either keeps or makes one detour more.",
        "The new sum with m detours has two sources: the old sum with m, times the "
        "direct path of this step, and the old sum with m - 1, times its detour.",
        "Section 8.4: equation 8.4 has all the products, equation 8.3 the one with no "
        "detour. Section 1.2, equation 1.4, has the order of the factors.",
    ),
    mistakes=(
        Mistake(
            "one step makes several detours: a sum is used after it was changed",
            instead=in_place,
            advice="compute all new sums from the old ones, or begin with large m.",
            where="section 8.4, equation 8.4",
        ),
        Mistake(
            "the old sums are multiplied by z before the detours are taken from them",
            "left = sums @", "left = kept @",
            "take the detours from the old sums as they were: a step keeps or makes a "
            "detour, not both.",
            "section 8.4, equation 8.4",
        ),
        Mistake(
            "z scales the rows of a sum, not its columns",
            "sums * z", "sums * z[:, None]",
            "multiply by diag(z) on the right: that scales column j by z of unit j.",
            "section 1.2, equation 1.3",
        ),
        Mistake(
            "the detour of a step stands to the left of the steps before it",
            "sums @ other", "other @ sums",
            "multiply by what belongs to a later step on the right.",
            "section 1.2, equation 1.4",
        ),
        Mistake(
            "the steps are taken from the last to the first",
            instead=reversed_steps,
            advice="begin with the first step, and multiply on the right.",
            where="section 1.2, equation 1.4",
        ),
        Mistake(
            "the detour is multiplied entry by entry",
            "sums @ other", "sums * other",
            "take the matrix product for a detour: it mixes the units.",
            "section 8.4, equation 8.4",
        ),
        Mistake(
            "the whole Jacobian stands where the detour belongs",
            "sums @ other", "sums @ (other + np.diag(z))",
            "leave the direct path out of the detour: it has its own term.",
            "section 8.4, equation 8.4",
        ),
        Mistake(
            "the order is turned: entry m is for m steps that keep",
            "return sums", "return sums[::-1]",
            "let entry 0 be the product that keeps at every step.",
            "section 8.4, equation 8.3",
        ),
        Mistake(
            "entry m is for at most m detours",
            "return sums", "return np.cumsum(sums, axis=0)",
            "let entry m be for m detours, neither more nor fewer.",
            "section 8.4, equation 8.4",
        ),
        Mistake(
            "one product for each m: the first m steps are the detours",
            instead=first_steps_only,
            advice="add up all the ways to choose the m steps.",
            where="section 8.4, equation 8.4",
        ),
        Mistake(
            "the mean over the products with m detours is taken, not the sum",
            instead=means,
            advice="leave the sum as it is: the sums have to add up to the whole.",
            where="section 8.4, equation 8.4",
        ),
    ),
)  # fmt: skip
