"""5.3: whose old state reaches whose new state, with the gates in their corners."""

import numpy as np

from gru_lesson.grading.pictures import maps
from gru_lesson.grading.question import Mistake, Question


def reference(z, r):
    """Return reaches (H, H), from row i to column j, for z and r (H,), each 0 or 1."""
    keeps = z == 1
    shown = r == 1
    by_candidate = shown[:, None] & ~keeps[None, :]
    by_keeping = np.diag(keeps)
    return by_candidate | by_keeping


def inputs(rng):
    """Draw H = 4 units, one in each corner, in any order."""
    order = rng.permutation(4)
    return np.array([0.0, 0, 1, 1])[order], np.array([0.0, 1, 0, 1])[order]


QUESTION = Question(
    title="Who sees whose past",
    points=2,
    where="section 5.5, the table; and section 4.4, equation 4.5",
    reference=reference,
    inputs=inputs,
    returns=("reaches",),
    picture=maps("reaches"),
    hints=(
        "There are two ways from an old state to a new one: a unit keeps its own, or "
        "a candidate is made from what is shown. Mark them one after the other.",
        "In (r * h_prev) @ W_hh each unit's r multiplies its own old state before "
        "the product hands it to all the candidates. The blend, with z, comes after.",
        "Section 5.5, the table, for what each z does; section 4.4, equation 4.5, "
        "first line, for who sends and who receives.",
    ),
    mistakes=(
        Mistake(
            "r of the unit that receives decides, not of the one that sends",
            "shown[:, None]", "np.tile(shown, (len(z), 1))",
            "let r of unit i open or close row i: it hides a unit's own past from "
            "all candidates.",
            "section 4.4, who is being silenced, equation 4.5",
        ),
        Mistake(
            "z of the unit that sends decides, not of the one that receives",
            "~keeps[None, :]", "np.tile(~keeps, (len(z), 1)).T",
            "let z of unit j open or close column j: whether j takes its candidate is "
            "up to j.",
        ),
        Mistake(
            "rows and columns are exchanged",
            "return by_candidate | by_keeping", "return (by_candidate | by_keeping).T",
            "put the old states in the rows and the new ones in the columns, as "
            "in W_hh.",
        ),
        Mistake(
            "what a unit keeps of itself is left out",
            "by_candidate | by_keeping", "by_candidate",
            "mark the diagonal for each unit that keeps.",
        ),
        Mistake(
            "every unit is taken to see its own past",
            "np.diag(keeps)", "np.eye(len(z), dtype=bool)",
            "leave out the diagonal where z and r are both 0: that unit starts afresh.",
            "section 5.5, the table, lower left",
        ),
        Mistake(
            "a unit that keeps sees the past of others too",
            " & ~keeps[None, :]", " & (keeps[None, :] | ~keeps[None, :])",
            "leave out the candidate of a unit whose z is 1: its share is 0.",
        ),
        Mistake(
            "each candidate sees the past of its own unit only",
            "shown[:, None] & ~keeps[None, :]", "np.diag(shown & ~keeps)",
            "let the old state of each shown unit reach every candidate: W_hh mixes.",
        ),
        Mistake(
            "r = 1 is read as hide",
            "r == 1", "r == 0",
            "read r as the share that is shown: 1 shows the past, 0 hides it.",
        ),
        Mistake(
            "z writes, where this book's z keeps",
            "z == 1", "z == 0",
            "read 1 - z wherever you read z.",
            "section 5.7, the table",
            convention=True,
        ),
    ),
)  # fmt: skip
