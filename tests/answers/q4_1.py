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
    filled([-1, 1.6, 0.8], [0, 0.7, 2.6], NO, YES),
    filled((-1.0, 1.6, 0.8), (-0.0, 0.7, 2.6), tuple(NO), tuple(YES)),
    filled(np.array([-1, 1.6, 0.8]), np.array([0, 0.7, 2.6]), np.array(NO), YES),
    filled(np.float32([-1, 1.6, 0.8]), np.float32([0, 0.7, 2.6]), [0, 0, 0], [0, 0, 1]),
    dict(reversed(filled([-1, 1.6, 0.8], [0, 0.7, 2.6], NO, YES).items())),
]

WRONG = {
    "W_hh is transposed": filled(
        [1.2, -0.8, 0], [0, 0.3, -1.4], NO, [False, True, True]
    ),
    "a weight of 0 is overlooked": filled(
        [-1, 1.6, 0.8], [0, 0.7, 2.6], NO, [False, True, True]
    ),
    "the deaf unit is counted among those that hear": filled(
        [-1, 1.6, 0.8], [0, 0.7, 2.6], NO, [True, False, True]
    ),
    "silent and deaf are exchanged": filled(
        [-1, 1.6, 0.8], [0, 0.7, 2.6], YES, NO
    ),
}  # fmt: skip

STRANGE = [
    filled([-1, 1.6, 0.8], [0, 0.7, 2.5], NO, YES),
    filled([-1, 1.6], [0, 0.7, 2.6], NO, YES),
    filled(None, None, None, None),
    {"before": [-1, 1.6, 0.8]},
    [-1, 1.6, 0.8],
]
