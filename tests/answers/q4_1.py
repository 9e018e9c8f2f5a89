"""Right and wrong answers to 4.1, written as learners write them."""

import numpy as np

NO, YES = [False] * 3, [False, False, True]


def filled(before, after, changed_before, changed_after):
    return {
        "before": before,
        "after": after,
        "changed_before": changed_before,
        "changed_after": changed_after,
    }


RIGHT = [
    filled([0.4, 1.6, 0.8], [0, 0.7, 2.6], NO, YES),
    filled((0.4, 1.6, 0.8), (-0.0, 0.7, 2.6), tuple(NO), tuple(YES)),
    filled(np.array([0.4, 1.6, 0.8]), np.array([0, 0.7, 2.6]), np.array(NO), YES),
    filled(
        np.float32([0.4, 1.6, 0.8]), np.float32([0, 0.7, 2.6]), [0, 0, 0], [0, 0, 1]
    ),
    dict(reversed(filled([0.4, 1.6, 0.8], [0, 0.7, 2.6], NO, YES).items())),
]


def but(**entries):
    """Return the right answer with other entries."""
    return RIGHT[0] | entries


WRONG = {
    "W_hh is transposed": but(before=[1.2, -0.8, 0], after=[0, -1.3, -0.6]),
    "a product stands under the name of the other": but(
        before=[0, 0.7, 2.6], after=[9, 9, 9]
    ),
    "a weight of 0 is overlooked": but(changed_after=[False, True, True]),
    "the deaf unit is counted among those that hear": but(changed_after=[1, 0, 1]),
    "every entry of after is taken to hear unit 1": but(changed_after=3 * [True]),
    "in before, unit 1 is taken to be deaf and not silent": but(
        changed_before=YES
    ),
    "in before, the gate of unit 1 is overlooked": but(
        changed_before=[True, False, True]
    ),
    "in after, unit 1 is taken to be silent and not deaf": but(
        changed_after=NO
    ),
    "all four entries are exchanged, before with after": filled(
        [0, 0.7, 2.6], [0.4, 1.6, 0.8], YES, NO
    ),
}  # fmt: skip

STRANGE = [
    filled([0.4, 1.6, 0.8], [0, 0.7, 2.5], NO, YES),
    filled([0.4, 1.6], [0, 0.7, 2.6], NO, YES),
    but(changed_before=[True, True, True]),
    filled(None, None, None, None),
    {"before": [0.4, 1.6, 0.8]},
    [0.4, 1.6, 0.8],
]
