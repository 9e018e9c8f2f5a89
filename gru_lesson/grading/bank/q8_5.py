"""8.5: norms of long products of Jacobians, without overflow."""

import numpy as np

from gru_lesson.grading.pictures import curves
from gru_lesson.grading.question import Mistake, Question


def reference(jacobians):
    """Return log10 of the norm of J_1 ... J_t for each t, an array (T,)."""
    product, power, powers = np.eye(len(jacobians[0])), 0.0, []
    for J in jacobians:
        product = product @ J
        size = np.linalg.norm(product, ord=2)
        product = product / size
        power = power + np.log10(size)
        powers.append(power)
    return np.array(powers)


def not_rescaled(jacobians):
    """Return the same for a product that is left to overflow."""
    product, powers = np.eye(len(jacobians[0])), []
    for J in jacobians:
        product = product @ J
        if not np.isfinite(product).all():  # LAPACK would print a line of its own
            raise np.linalg.LinAlgError("SVD did not converge")
        powers.append(np.log10(np.linalg.norm(product, ord=2)))
    return np.array(powers)


def spectral_radius(jacobians):
    """Return log10 of the largest size of an eigenvalue of the product."""
    product, power, powers = np.eye(len(jacobians[0])), 0.0, []
    for J in jacobians:
        product = product @ J
        size = np.abs(product).max()
        product, power = product / size, power + np.log10(size)
        radius = np.abs(np.linalg.eigvals(product)).max()
        powers.append(power + np.log10(radius))
    return np.array(powers)


def inputs(rng):
    """Draw T = 160, H = 4: up to about 1e350 at half time, then down to 1e-350."""
    T, H = 160, 4
    powers = np.where(np.arange(T) < T / 2, 4.5, -9.0)
    jacobians = rng.normal(size=(T, H, H)) / np.sqrt(H)
    return (jacobians * 10 ** powers[:, None, None],)


QUESTION = Question(
    title="Too large for a number",
    points=2,
    where="section 8.3; section 1.2, equation 1.4; section 1.3, equation 1.7",
    reference=reference,
    inputs=inputs,
    returns=("powers",),
    tolerance=5e-3,
    decimals=1,
    picture=curves("log10 of the norm", "index t - 1"),
    hints=(
        "The product leaves the range; its logarithm does not. If a matrix is divided "
        "by a number, what happens to its norm, and to the logarithm of that?",
        "Carry two things from step to step: a matrix of norm about 1, and the power "
        "of ten that belongs to it. Ask what a step does to each of them.",
        "Section 8.3: `norms` there has the product and the norm, not their logarithm. "
        "Section 1.3, equation 1.7: why adding the norms of the steps is not enough.",
    ),
    mistakes=(
        Mistake(
            "the product is not rescaled, and overflows",
            instead=not_rescaled,
            advice="divide the product by its norm at each step, and keep count of "
            "what you have divided by.",
            where="section 8.3",
        ),
        Mistake(
            "the norms of the single steps are multiplied, which is only a bound",
            "product = product @ J", "product = J",
            "take the norm of the product: the steps stretch in different directions.",
            "section 1.3, equation 1.7",
        ),
        Mistake(
            "the Jacobians are multiplied in the opposite order",
            "product @ J", "J @ product",
            "multiply by the Jacobian of a later step on the right.",
            "section 1.2, equation 1.4",
        ),
        Mistake(
            "what was divided out is not counted: each entry is for one step",
            "power = power + np.log10(size)", "power = np.log10(size)",
            "add up the logarithms of all that you have divided by.",
            "section 8.3",
        ),
        Mistake(
            "the logarithms are natural ones",
            "np.log10(size)", "np.log(size)",
            "take logarithms to base 10.",
        ),
        Mistake(
            "the norm is the root of the sum of squares",
            "ord=2", "ord='fro'",
            "take the spectral norm, the largest stretch: `ord=2`.",
            "section 1.3",
        ),
        Mistake(
            "the largest eigenvalue is taken, not the largest stretch",
            instead=spectral_radius,
            advice="take the largest singular value, which the spectral norm is.",
            where="section 1.3",
        ),
        Mistake(
            "the list is one step late: it begins with 0, before the first Jacobian",
            "powers.append(power)", "powers.append(power - np.log10(size))",
            "let the first entry be for the norm of the first Jacobian.",
            "section 1.2, equation 1.4",
        ),
        Mistake(
            "what was divided out is subtracted, where it is to be added",
            "power + np.log10(size)", "power - np.log10(size)",
            "add the logarithm of what you divide by: the true product is larger.",
            "section 8.3",
        ),
    ),
)  # fmt: skip
