"""Right and wrong answers to 3.6, written as learners write them."""

import numpy as np


def _slopes(step, h_prev, z, r, eps=1e-5):
    """Measure ∂h_j/∂h_prev_i at [i, j], one unit at a time."""
    rows = []
    for unit in np.eye(h_prev.size):
        above = step(h_prev + eps * unit, z, r)
        below = step(h_prev - eps * unit, z, r)
        rows.append((above - below)[0] / (2 * eps))
    return np.array(rows)


def row_by_row(step, h_prev, z, r):
    kept = _slopes(step, h_prev, z, np.zeros(len(r)))
    return kept, _slopes(step, h_prev, z, r) - kept


def with_the_first_term(step, h_prev, z, r):
    return np.diag(z), _slopes(step, h_prev, z, r) - np.diag(z)


def with_plain_vectors(step, h_prev, z, r):
    h, H = h_prev[0], len(z)
    kept, shown = np.zeros((H, H)), np.zeros((H, H))
    for i in range(H):
        e = np.zeros(H)
        e[i] = 1e-4
        both = (step(h + e, z, r) - step(h - e, z, r)) / 2e-4
        kept[i] = (step(h + e, z, 0.0) - step(h - e, z, 0.0)) / 2e-4
        shown[i] = both - kept[i]
    return kept.tolist(), shown.tolist()


def from_one_side(step, h_prev, z, r):
    nudged = h_prev + 1e-6 * np.eye(h_prev.size)
    kept = (step(nudged, z, 0 * r) - step(h_prev, z, 0 * r)) / 1e-6
    return kept, (step(nudged, z, r) - step(h_prev, z, r)) / 1e-6 - kept


def in_place(step, h_prev, z, r):
    jacobians = []
    for gate in (np.zeros_like(r), r):
        J = np.empty((z.size, z.size))
        for i in range(z.size):
            h_prev[0, i] += 1e-5
            J[i] = step(h_prev, z, gate)[0]
            h_prev[0, i] -= 2e-5
            J[i] -= step(h_prev, z, gate)[0]
            h_prev[0, i] += 1e-5
        print(J)
        jacobians.append(J / 2e-5)
    return jacobians[0], jacobians[1] - jacobians[0]


def scaled_from_the_ends(step, h_prev, z, r):
    whole = _slopes(step, h_prev, np.zeros_like(z), r)  # the candidate alone
    kept = np.diag(z) @ _slopes(step, h_prev, np.ones_like(z), r)
    return kept, whole * (1 - z)


def in_single_precision(step, h_prev, z, r):
    kept, shown = row_by_row(step, h_prev, z, r)
    return kept.astype(np.float32), shown.astype(np.float32)


RIGHT = [
    row_by_row,
    with_the_first_term,
    with_plain_vectors,
    from_one_side,
    in_place,
    scaled_from_the_ends,
    in_single_precision,
]


def both_together(step, h, z, r):
    return np.diag(z), _slopes(step, h, z, r)


def twice_as_much(step, h, z, r):
    return tuple(2 * part for part in row_by_row(step, h, z, r))


def with_the_sign_turned(step, h, z, r):
    return tuple(np.negative(part) for part in row_by_row(step, h, z, r))


def in_columns(step, h, z, r):
    columns = np.stack(list(_slopes(step, h, z, r)), axis=1)
    return np.diag(z), columns - np.diag(z)


def candidate_alone(step, h, z, r):
    return np.diag(z), _slopes(step, h, np.zeros(z.shape), r)


def halved_too_little(step, h, z, r):
    up, down = (np.vstack([step(h + e, z, r) for e in d]) for d in _both_ways(z))
    return np.diag(z), (up - down) / 1e-6 - np.diag(z)


def _both_ways(z):
    return 1e-6 * np.eye(len(z)), -1e-6 * np.eye(len(z))


def share_at_the_rows(step, h, z, r):
    return np.diag(z), np.diag(1 - z) @ _slopes(step, h, np.zeros(z.shape), r)


def whole_past_shown(step, h, z, r):
    return np.diag(z), _slopes(step, h, z, np.ones(len(r))) - np.diag(z)


def by_the_diagonal(step, h, z, r):
    shown = _slopes(step, h, z, r)
    kept = np.eye(len(z)) * shown
    shown[np.diag_indices(len(z))] = 0
    return kept, shown


def identity_for_the_first(step, h, z, r):
    return np.eye(len(z)), _slopes(step, h, z, r) - np.eye(len(z))


def open_in_the_place_of_closed(step, h, z, r):
    shown_whole = _slopes(step, h, z, np.ones(r.shape))
    return shown_whole, _slopes(step, h, z, r) - shown_whole


def other_order(step, h, z, r):
    kept, shown = row_by_row(step, h, z, r)
    return shown, kept


def all_at_once(step, h, z, r):
    kept = (step(h + 1e-5, z, 0 * r) - step(h - 1e-5, z, 0 * r)) / 2e-5
    return kept, (step(h + 1e-5, z, r) - step(h - 1e-5, z, r)) / 2e-5 - kept


# the name of the mistake that the check is to find
WRONG = {
    "the second road is given as both together": both_together,
    "the change is divided by one step, and not by two": twice_as_much,
    "both roads together are divided by one step, and not by two": halved_too_little,
    "the lower value is not subtracted from the upper one": with_the_sign_turned,
    "rows and columns are interchanged": in_columns,
    "the second road is measured at z = 0, without the share 1 - z": candidate_alone,
    "the factor 1 - z stands at the rows, and not at the columns": share_at_the_rows,
    "the first road is measured at z = 1, without the share z": identity_for_the_first,
    "the second road is open, at r = 1, where it has to be closed": (
        open_in_the_place_of_closed
    ),
    "the second road is measured at r = 1, and not at the given r": whole_past_shown,
    "the diagonal of both roads together is taken for the first road": by_the_diagonal,
    "the two roads are interchanged": other_order,
    "all units are nudged at once": all_at_once,
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda step, h, z, r: (z, _slopes(step, h, z, r) - np.diag(z)),
    lambda step, h, z, r: (np.diag(z), np.diag(np.diag(_slopes(step, h, z, r)))),
    lambda step, h, z, r: _slopes(step, h, z, r),
    lambda step, h, z, r: (np.diag(z), _slopes(step, h, z, r / 2)),
    lambda step, h, z, r: (np.diag(1 - z), _slopes(step, h, 1 - z, r)),
]
