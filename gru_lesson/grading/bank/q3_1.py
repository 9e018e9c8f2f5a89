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
        "left: which road is open at r = 0, and what does it do at each step? sign: at "
        "z = 0 the difference passes r, W_hh and the tanh; which of them turns it "
        "around? forgets: which end of each gate closes its road?",
        "Section 3.6 has the four corners, section 3.3 the log-odds and what the "
        "candidate gets, equation 3.7 the factors of the second road.",
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
            "the share that is lost stands in the place of the share that is left",
            "left = difference", "left = 1 - difference",
            "give what remains: where nothing is lost, the share left is 1.",
            "section 3.6, the paragraph below figure 3.3",
        ),
        Mistake(
            "what the candidate gets is r alone",
            "r_seen * 0.4", "r_seen",
            "multiply the share by the old state.",
            "section 3.3, equations 3.3 and 3.6",
        ),
        Mistake(
            "the log-odds stand in the place of the share",
            "odds / (1 + odds)", "np.log(odds)",
            "turn the log-odds into a share first: σ undoes the logarithm.",
            "section 3.3, equation 3.5",
        ),
        Mistake(
            "the larger past is taken to stay the larger, though W_hh is negative",
            "-0.5", "0.5",
            "follow the second road with the sign of its weight.",
            "section 3.7, equation 3.7",
        ),
        Mistake(
            "a pair with z = 1, which keeps the old state, whatever r is",
            "corners[int(np.argmin(traces))]", "corners[2]",
            "write z first, then follow the old state along both roads: z = 1 keeps "
            "all of it.",
            "section 3.6, the table of the four corners",
        ),
        Mistake(
            "a pair with z = 0 and r = 1, which shows the old state to the candidate",
            "corners[int(np.argmin(traces))]", "corners[1]",
            "write z first, then look at the candidate: with z = 0 it is the whole new "
            "state, so it must not see the old one.",
            "section 3.6, the table of the four corners",
        ),
        Mistake(
            "z writes, where this book's z keeps",
            "z * h_prev + (1 - z) * h_tilde", "(1 - z) * h_prev + z * h_tilde",
            "read each z that is given, and the z of your pair, as 1 - z.",
            "section 2.6, equation 2.13",
            convention=True,
        ),
    ),
)  # fmt: skip
