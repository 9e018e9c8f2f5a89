"""3.1: what two held gates do to one unit, predicted on paper."""

import numpy as np

from gru_lesson.grading.question import Mistake, Question


def reference():
    """Return the dict of predictions: seen, left and sign numbers, forgets (z, r)."""
    odds = 3.0
    r_seen = odds / (1 + odds)
    seen = r_seen * 0.4

    def step(h_prev, z, r):
        h_tilde = np.tanh(0.3 + r * h_prev * -0.5)
        return z * h_prev + (1 - z) * h_tilde

    def difference(z, r, steps):
        above, below = 0.7, -0.1
        for _ in range(steps):
            above, below = step(above, z, r), step(below, z, r)
        return above - below

    left = difference(0.9, 0, steps=2) / 0.8
    sign = np.sign(difference(0, 1, steps=1))
    corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
    traces = [abs(difference(z, r, steps=1)) for z, r in corners]
    forgets = corners[int(np.argmin(traces))]
    return {"seen": seen, "left": left, "sign": sign, "forgets": forgets}


QUESTION = Question(
    title="Hidden or forgotten",
    points=2,
    where="section 3.3, and section 3.6, the table of the four corners",
    reference=reference,
    returns=("prediction",),
    hints=(
        "The old state has two ways through a step. Each gate stands on one of them.",
        "With r = 0 the candidate is the same for both pasts, so it leaves no "
        "difference. What is left comes through z, at every step again.",
        "Section 3.6 has the four corners, section 3.3 the log-odds and what the "
        "candidate gets, equation (3.7) the factors of the second road.",
    ),
    mistakes=(
        Mistake(
            "r = 0 is taken to erase the state itself",
            "return z * h_prev", "return z * r * h_prev",
            "follow the old state through z too. r = 0 hides it from the candidate "
            "only.",
            "section 3.6, the table of the four corners",
        ),
        Mistake(
            "one step is counted in the place of two",
            "steps=2", "steps=1",
            "take the second step too: it multiplies what the first one left.",
            "section 3.6, the paragraph below figure 3.3",
        ),
        Mistake(
            "what the candidate gets is r alone",
            "r_seen * 0.4", "r_seen",
            "multiply the share by the old state.",
            "section 3.3, equations (3.3) and (3.6)",
        ),
        Mistake(
            "the log-odds stand in the place of the share",
            "odds / (1 + odds)", "np.log(odds)",
            "turn the log-odds into a share first: σ undoes the logarithm.",
            "section 3.3, equation (3.5)",
        ),
        Mistake(
            "the sign of W_hh is left out",
            "-0.5", "0.5",
            "follow the second road with the sign of its weight.",
            "section 3.7, equation (3.7)",
        ),
        Mistake(
            "z writes, where this book's z keeps",
            "z * h_prev + (1 - z) * h_tilde", "(1 - z) * h_prev + z * h_tilde",
            "read each z that is given, and the z of your pair, as 1 - z.",
            "section 2.6, equation (2.13)",
            convention=True,
        ),
    ),
)  # fmt: skip
