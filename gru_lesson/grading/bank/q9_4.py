"""9.4: a squared error in which each sequence counts alike, however long it is."""

import numpy as np

from gru_lesson.grading.pictures import maps
from gru_lesson.grading.question import Mistake, Question


def reference(ys, targets, weights):
    """Return loss, a number, and dys (T, N, K) for ys, targets, and weights (T, N)."""
    N, K = ys.shape[1:]
    lengths = weights.sum(axis=0)
    shares = weights / lengths / N / K
    errors = ys - targets
    loss = (shares[:, :, None] * errors**2).sum()
    dys = 2 * shares[:, :, None] * errors
    return loss, dys


def inputs(rng):
    """Draw T = 6, N = 4, K = 3: four lengths, all different, none of them T - 1."""
    T, N, K = 6, 4, 3
    lengths = rng.permutation([1, 2, 4, 6])
    weights = 1.0 * (np.arange(T)[:, None] < lengths)
    ys, targets = rng.uniform(-2, 2, (2, T, N, K))
    return ys, targets, weights


def picture(figure, arguments, target, yours):
    """Draw the gradient of the first output."""
    first = [np.asarray(answer[1])[:, :, 0].T for answer in (target, yours)]
    limit = float(np.abs(first[0]).max())
    maps("dys", (-limit, limit), "sequence", "step")(figure, arguments, *first)


QUESTION = Question(
    title="Short sequences count too",
    points=3,
    where="section 9.3, equation 9.5; section 9.9, equation 9.13",
    reference=reference,
    inputs=inputs,
    returns=("loss", "dys"),
    starred=True,
    picture=picture,
    hints=(
        "Find the number by which each squared error is multiplied in the loss. The "
        "gradient has the same number in it.",
        "A real step of a sequence with n real steps has the share 1 / (n N K), a "
        "padded step the share 0. The lengths n are sums of the weights over time.",
        "Section 9.3, equation 9.5, for the factor 2 and the division by N. Section "
        "9.9, equation 9.13, is the other mean, in which each step counts alike.",
    ),
    mistakes=(
        Mistake(
            "each step counts alike, so that long sequences count more",
            "weights / lengths / N", "weights / lengths.sum()",
            "divide by each sequence's own number of real steps, then by N.",
            "section 9.9, equation 9.13",
            convention=True,
        ),
        Mistake(
            "each sequence is divided by T, the padded steps included",
            "weights / lengths / N", "weights / len(weights) / N",
            "divide by the number of real steps: sum the weights over time.",
            "section 9.3",
        ),
        Mistake(
            "the errors of a sequence are added up, not averaged",
            "weights / lengths / N", "weights / N",
            "divide by each sequence's number of real steps.",
        ),
        Mistake(
            "the sequences are added up, not averaged",
            "weights / lengths / N", "weights / lengths",
            "divide by the number of sequences too.",
            "section 9.3, equation 9.5",
        ),
        Mistake(
            "the outputs are added up, not averaged",
            " / N / K", " / N",
            "divide by K too: the mean is over the outputs as well.",
        ),
        Mistake(
            "the padded steps are not left out",
            "weights / lengths", "np.ones_like(weights) / lengths",
            "multiply by the weights: where they are 0 the loss does not look.",
            "section 9.3",
        ),
        Mistake(
            "the gradient does not leave the padded steps out",
            "2 * shares[:, :, None] * errors", "2 / lengths[:, None] / N / K * errors",
            "give a padded step the gradient 0: the loss does not look at it.",
            "section 9.3, equation 9.5",
        ),
        Mistake(
            "the factor 2 is left out of the gradient",
            "2 * shares[:, :, None] * errors", "shares[:, :, None] * errors",
            "differentiate the square: it gives a factor 2.",
            "section 9.3, equation 9.5",
        ),
        Mistake(
            "the gradient has the opposite sign",
            "2 * shares[:, :, None] * errors", "-2 * shares[:, :, None] * errors",
            "subtract the target from the output, not the other way round.",
            "section 9.3, equation 9.5",
        ),
        Mistake(
            "the gradient is not divided by the number of sequences",
            "2 * shares[:, :, None] * errors", "2 * N * shares[:, :, None] * errors",
            "divide the gradient by N too: the loss is a mean over the sequences.",
            "section 9.3, equation 9.5",
        ),
        Mistake(
            "the gradient is not divided by the number of outputs",
            "2 * shares[:, :, None] * errors", "2 * K * shares[:, :, None] * errors",
            "divide the gradient by K too: the loss is a mean over the outputs.",
        ),
        Mistake(
            "the gradient is that of the errors' sum, without any share",
            "2 * shares[:, :, None] * errors", "2 * weights[:, :, None] * errors",
            "give each error in the gradient the same share that it has in the loss.",
            "section 9.3, equation 9.5",
        ),
        Mistake(
            "the gradient is 2/N times the error, as for one real step and one output",
            "2 * shares[:, :, None] * errors", "2 / N * weights[:, :, None] * errors",
            "give each error in the gradient the same share that it has in the loss: "
            "equation 9.5 has one step and one output.",
            "section 9.3, equation 9.5",
        ),
    ),
)  # fmt: skip
