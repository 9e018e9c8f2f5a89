"""4.1: both products by hand, and what a silent unit's state can change."""

import numpy as np

from gru_lesson.grading.question import Mistake, Question


def reference():
    """Return both products (3,), and which entries change with h_1 (3,)."""
    r, h = np.array([0.0, 0.5, 1.0]), np.array([0.8, -0.4, 0.6])
    W_hh = np.array([[1.0, 0.0, 2.0], [-2.0, 1.0, -1.0], [0.0, 3.0, 1.0]])
    other = h * [-1, 1, 1]
    before, after = (r * h) @ W_hh, r * (h @ W_hh)
    moved = np.abs((r * other) @ W_hh - before) > 1e-9
    moved_after = np.abs(r * (other @ W_hh) - after) > 1e-9
    return {
        "before": before,
        "after": after,
        "changed_before": moved,
        "changed_after": moved_after,
    }


QUESTION = Question(
    title="Silent or deaf",
    points=2,
    where="section 4.4, equation 4.5",
    reference=reference,
    returns=("prediction",),
    hints=(
        "One gate is 0. Ask for each product whether that gate belongs to the unit "
        "that sends or to the unit that receives.",
        "Before: scale the three states, then multiply by the matrix. After: multiply "
        "first, then scale the three results. Row 1 of the weights says where the "
        "state of unit 1 goes.",
        "Section 4.4, equation 4.5: look for r_i in the first line and r_j in the "
        "second.",
    ),
    mistakes=(
        Mistake(
            "W_hh is transposed",
            "[0.0, 3.0, 1.0]])", "[0.0, 3.0, 1.0]]).T",
            "take entry j of a product from column j: row i holds what unit i sends.",
            "section 4.3, equation 4.4",
        ),
        Mistake(
            "a product stands under the name of the other",
            '"before": before,\n        "after": after,',
            '"before": after,\n        "after": before,',
            "call before the form in which r multiplies the states, and after the one "
            "in which it multiplies their product.",
        ),
        Mistake(
            "a weight of 0 is overlooked",
            '"changed_after": moved_after',
            '"changed_after": r > 0',
            "look along row 1 of the weights: one of its three numbers is 0.",
        ),
        Mistake(
            "the deaf unit is counted among those that hear",
            '"changed_after": moved_after',
            '"changed_after": W_hh[0] != 0',
            "multiply each entry by its own gate at the end, also the first.",
        ),
        Mistake(
            "every entry of after is taken to hear unit 1",
            '"changed_after": moved_after',
            '"changed_after": r >= 0',
            "look for a 0 in two places: in row 1 of the weights, and among the gates "
            "of the units that hear.",
        ),
        Mistake(
            "in before, unit 1 is taken to be deaf and not silent",
            '"changed_before": moved,', '"changed_before": moved_after,',
            "scale the state of unit 1 by its own gate before anyone hears it.",
        ),
        Mistake(
            "in before, the gate of unit 1 is overlooked",
            '"changed_before": moved,', '"changed_before": W_hh[0] != 0,',
            "compute what unit 1 sends: its gate times its state.",
        ),
        Mistake(
            "in after, unit 1 is taken to be silent and not deaf",
            '"changed_after": moved_after',
            '"changed_after": moved',
            "let all units send in full, and scale what each hears by its own gate.",
        ),
        Mistake(
            "all four entries are exchanged, before with after",
            '"before": before,\n        "after": after,\n'
            '        "changed_before": moved,\n        "changed_after": moved_after',
            '"before": after,\n        "after": before,\n'
            '        "changed_before": moved_after,\n        "changed_after": moved',
            "call before the form in which r multiplies the states, and after the one "
            "in which it multiplies their product.",
        ),
    ),
)  # fmt: skip
