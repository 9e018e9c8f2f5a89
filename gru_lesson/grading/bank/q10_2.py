"""10.2: the width of an LSTM with as many parameters as a GRU, in PyTorch's count."""

import numpy as np

from gru_lesson.grading.pictures import TARGET, YOURS
from gru_lesson.grading.question import Mistake, Question, edited


def reference(D, widths, K):
    """Return widths, parameters to spare and ratios of operations, each (n,)."""
    H = np.asarray(widths)
    wanted = 3 * (D * H + H * H + 2 * H) + H * K
    a = 4 * (D + 2) + K
    root = (-a + np.sqrt(a * a + 16 * wanted)) / 8
    low, high = np.floor(root), np.ceil(root)

    def parameters(w):
        return 4 * (D * w + w * w + 2 * w) + w * K

    nearer = parameters(high) - wanted < wanted - parameters(low)
    w = np.where(nearer, high, low)
    more = parameters(w) - wanted
    operations = 4 * (D * w + w * w) + w * K
    ratio = operations / (3 * (D * H + H * H) + H * K)
    return w, more, ratio


def searched(D, widths, K, biases=2, readout=1, width=None):
    """Return the same for another count, or for a given rule of the width."""

    def parameters(lines, w):
        return lines * (D * w + w * w + biases * w) + readout * w * K

    def operations(lines, w):
        return lines * (D * w + w * w) + w * K

    found = []
    for H in map(int, widths):
        gru = parameters(3, H)
        w = min(range(1, H + 1), key=lambda w: abs(parameters(4, w) - gru))
        w = w if width is None else width(H)
        ratio = operations(4, w) / operations(3, H)
        found.append([w, parameters(4, w) - gru, ratio])
    return tuple(np.array(found).T)


def no_readout(*arguments):
    """Count the parameters of the cells alone."""
    return searched(*arguments, readout=0)


def one_bias(*arguments):
    """Count one bias in each line, as in this book."""
    return searched(*arguments, biases=1)


def no_bias(*arguments):
    """Count no bias in the cells."""
    return searched(*arguments, biases=0)


def three_quarters(*arguments):
    """Take 3/4 of the width."""
    return searched(*arguments, width=lambda H: round(0.75 * H))


def in_the_limit(*arguments):
    """Take what the width tends to for wide cells."""
    return searched(*arguments, width=lambda H: round(np.sqrt(0.75) * H))


def same_width(*arguments):
    """Leave the width as it is."""
    return searched(*arguments, width=lambda H: H)


def inputs(rng):
    """Draw D, eight widths and K; however one counts, one width is the nearest."""
    while True:
        D, K = int(rng.integers(2, 30)), int(rng.integers(2, 20))
        widths = np.sort(rng.choice(np.arange(8, 120), 8, replace=False))
        given = D, widths, K
        counts = ((2, 1), (1, 1), (0, 1), (2, 0))
        far = all(_far_from_ties(*given, *count) for count in counts)
        variants = [edited(QUESTION, (mistake,)) for mistake in QUESTION.mistakes]
        found = {str(variant(*given)) for variant in (reference, *variants)}
        if far and len(found) == 1 + len(variants):
            return given


def _far_from_ties(D, widths, K, biases, readout):
    """Tell whether the nearest number of parameters is so by some distance."""
    w = np.arange(1, 120)
    wanted = 3 * widths * (D + widths + biases) + readout * widths * K
    distance = 4 * w * (D + w + biases) + readout * w * K - wanted[:, None]
    first, second = np.sort(np.abs(distance), axis=1)[:, :2].T
    return (second - first > 4).all()


def picture(figure, arguments, target, yours):
    """Draw the width against the GRU's, with the line of equal width."""
    H = arguments[1]
    ax = figure.subplots()
    ax.plot(H, H, color="#9aa3ab", lw=1, label="equal width")
    ax.plot(H, target[0], label="target", **TARGET)
    ax.plot(H, np.asarray(yours[0], float), label="yours", **YOURS)
    ax.set(xlabel="width of the GRU", ylabel="width of the LSTM")
    ax.legend(frameon=False)


QUESTION = Question(
    title="An LSTM of the GRU's size",
    points=2,
    where="section 10.3, equations 10.4 and 10.5",
    reference=reference,
    inputs=inputs,
    returns=("w", "more", "ratio"),
    picture=picture,
    hints=(
        "Write the number of parameters of each model as a formula, with two biases in "
        "each line and with the readout. Set them equal, and solve for the width.",
        "The solution is seldom a whole number. Of the two beside it, take the one "
        "whose number of parameters is nearer.",
        "Section 10.3: equation 10.4 has one bias in each line; with two, the factor "
        "D + 1 becomes D + 2. Equation 10.5 has the operations, without a readout.",
    ),
    mistakes=(
        Mistake(
            "the width is rounded down",
            "np.where(nearer, high, low)", "low",
            "compare the two whole numbers beside the solution by their parameters.",
            "section 10.3",
        ),
        Mistake(
            "the width is rounded up",
            "np.where(nearer, high, low)", "high",
            "compare the two whole numbers beside the solution by their parameters.",
            "section 10.3",
        ),
        Mistake(
            "the readout is left out of the parameters",
            instead=no_readout,
            advice="count the weights from the units to the K outputs too: a narrower "
            "cell has fewer of them.",
            where="section 10.3, equation 10.4",
        ),
        Mistake(
            "one bias in each line, as in this book",
            instead=one_bias,
            advice="count two biases in each line of both cells, as PyTorch has them.",
            where="section 6.5, equation 6.5",
            convention=True,
        ),
        Mistake(
            "no bias is counted in the cells",
            instead=no_bias,
            advice="count two biases in each line of both cells.",
            where="section 6.5, equation 6.5",
        ),
        Mistake(
            "three quarters of the GRU's width",
            instead=three_quarters,
            advice="solve for the width: the weights from state to state grow with its "
            "square, so 3/4 of the width is too narrow.",
            where="section 10.3, equation 10.4",
        ),
        Mistake(
            "the width that very wide cells tend to",
            instead=in_the_limit,
            advice="solve with the input, the biases and the readout in: the root of "
            "3/4 is right where the state's weights are all that counts.",
            where="section 10.3, equation 10.4",
        ),
        Mistake(
            "the LSTM is as wide as the GRU",
            instead=same_width,
            advice="make the LSTM narrower, until it has as many parameters.",
            where="section 10.3, equation 10.4",
        ),
        Mistake(
            "more is what the GRU has more",
            "parameters(w) - wanted", "wanted - parameters(w)",
            "subtract the GRU's parameters from the LSTM's.",
            "section 10.3",
        ),
        Mistake(
            "the ratio is that of the GRU to the LSTM",
            "operations / (3 * (D * H + H * H) + H * K)",
            "(3 * (D * H + H * H) + H * K) / operations",
            "divide the LSTM's operations by the GRU's.",
            "section 10.3, equation 10.5",
        ),
        Mistake(
            "the ratio is that of the parameters",
            "ratio = operations / (3 * (D * H + H * H) + H * K)",
            "ratio = parameters(w) / wanted",
            "count the operations of the products: biases are not among them.",
            "section 10.3, equation 10.5",
        ),
        Mistake(
            "the ratio is that of the cells, without the readout",
            "ratio = operations / (3 * (D * H + H * H) + H * K)",
            "ratio = (operations - w * K) / (3 * (D * H + H * H))",
            "add the readout's product to the operations of both models.",
            "section 10.3, equation 10.5",
        ),
    ),
)  # fmt: skip
