"""8.4: the range of a chrono bias that gives enough units a wanted half-life."""

import numpy as np

from gru_lesson.grading.question import Mistake, Question


def reference(half_life, share, v):
    """Return T_max, in steps, and the biases b_z (H,) of a gate that writes."""
    kept = 0.5 ** (1 / half_life)
    wanted = 1 / (1 - kept)
    beyond, low = share, 2
    longest = (wanted - beyond * low) / (1 - beyond)
    n = low + v * (longest - low)
    return longest, -np.log(n - 1)


def inputs(rng):
    """Draw H = 6 units and whole steps."""
    return int(rng.integers(20, 80)), rng.uniform(0.2, 0.45), rng.uniform(size=6)


QUESTION = Question(
    title="A range for chrono",
    points=2,
    where="section 8.5, equation 8.5; section 2.4, equation 2.10",
    reference=reference,
    inputs=inputs,
    returns=("T_max", "b_z"),
    tolerance=2e-3,
    decimals=1,
    hints=(
        "Go backward: from the half-life to what a step has to keep, from there to n, "
        "and from n to a range in which the wanted share of all draws lies above it.",
        "A bias of ln(n - 1) keeps 1 - 1 / n a step. The wanted share is a ratio of "
        "two lengths: from that n to the end of the range, and the whole range.",
        "Section 2.4, equation 2.10, turned around, gives what a step keeps. Section "
        "8.5, equation 8.5, has both ends of the range. Section 2.6: gates that write.",
    ),
    mistakes=(
        Mistake(
            "the half-life is taken for the time constant, after which 1/e is left",
            "0.5 ** (1 / half_life)", "np.exp(-1 / half_life)",
            "let half be left after this many steps.",
            "section 2.4, equations 2.10 and 2.11",
        ),
        Mistake(
            "n is taken for the half-life itself",
            "wanted = 1 / (1 - kept)", "wanted = half_life",
            "find n from the gate: what a step keeps is 1 - 1 / n.",
            "section 8.5, equation 8.5; section 2.2, equation 2.3",
        ),
        Mistake(
            "n is taken for the time constant, to which it is near",
            "wanted = 1 / (1 - kept)", "wanted = half_life / np.log(2)",
            "find n from the gate: what a step keeps is 1 - 1 / n.",
            "section 8.5, equation 8.5; section 2.2, equation 2.3",
        ),
        Mistake(
            "n is found from a bias of ln(n), where it is ln(n - 1)",
            "wanted = 1 / (1 - kept)", "wanted = kept / (1 - kept)",
            "put n - 1, not n, for the odds of keeping, z / (1 - z).",
            "section 8.5, equation 8.5; section 2.2, equation 2.2",
        ),
        Mistake(
            "the wanted share falls short of the half-life, where it should reach it",
            "beyond, low = share, 2", "beyond, low = 1 - share, 2",
            "let the wanted share be the part of the range above n.",
            "section 8.5, equation 8.5",
        ),
        Mistake(
            "the range begins at 1",
            "beyond, low = share, 2", "beyond, low = share, 1",
            "begin the range at 2: there a step keeps one half.",
            "section 8.5, equation 8.5",
        ),
        Mistake(
            "T_max is found for a range that begins at 0",
            "(wanted - beyond * low)", "wanted",
            "set the part of the range above n against the whole: it begins at 2.",
            "section 8.5, equation 8.5",
        ),
        Mistake(
            "the biases have the logarithm of n, not of n - 1",
            "-np.log(n - 1)", "-np.log(n)",
            "subtract 1 from n before you take the logarithm.",
            "section 8.5, equation 8.5",
        ),
        Mistake(
            "the logarithm is left out",
            "-np.log(n - 1)", "-(n - 1)",
            "take the logarithm of n - 1: the bias is in log-odds.",
            "section 8.5, equation 8.5; section 2.2, equation 2.2",
        ),
        Mistake(
            "the logarithm has the base 10",
            "-np.log(n - 1)", "-np.log10(n - 1)",
            "take the natural logarithm, to which σ belongs.",
            "section 2.2, equation 2.2",
        ),
        Mistake(
            "z keeps, where this cell's z writes",
            "-np.log(n - 1)", "np.log(n - 1)",
            "turn the sign of the biases: a gate that writes keeps 1 - z.",
            "section 2.6, equation 2.13",
            convention=True,
        ),
    ),
)  # fmt: skip
