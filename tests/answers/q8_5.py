"""Right and wrong answers to 8.5, written as learners write them."""

import numpy as np


def normalized_first(jacobians):
    sizes = np.linalg.norm(jacobians, ord=2, axis=(1, 2))
    counted = np.cumsum(np.log10(sizes))
    product, out = 1.0, []
    for J, size, power in zip(jacobians, sizes, counted, strict=True):
        product = J / size if np.isscalar(product) else product @ J / size
        out.append(power + np.log10(np.linalg.norm(product, 2)))
    return np.array(out)


def by_largest_entry(jacobians):
    P, log, out = np.identity(jacobians.shape[-1]), 0.0, []
    for J in jacobians:
        P = np.matmul(P, J)
        largest = abs(P).max()
        P, log = P / largest, log + np.log(largest)
        values = np.linalg.svd(P, compute_uv=False)
        out.append((log + np.log(values[0])) / np.log(10))
    return out


def by_powers_of_two(jacobians):
    P, exponent, out = np.eye(len(jacobians[0])), 0, []
    for J in jacobians:
        P = P @ J
        _, e = np.frexp(np.abs(P).max())
        P = np.ldexp(P, -e)
        exponent += int(e)
        stretch = np.sqrt(np.linalg.eigvalsh(P @ P.T)[-1])
        out.append(exponent * np.log10(2) + np.log10(stretch))
    return np.array(out)


def backward(jacobians):
    """Multiply transposed, as a gradient meets them, for each t anew."""
    out = []
    for t in range(1, len(jacobians) + 1):
        back, log = jacobians[t - 1].T, 0.0
        for J in jacobians[t - 2 :: -1] if t > 1 else ():
            back = back @ J.T
            size = np.sqrt((back * back).sum())
            back, log = back / size, log + np.log10(size)
        out.append(log + np.log10(np.linalg.norm(back, 2)))
    return np.array(out)


def in_single_precision(jacobians):
    scale = np.abs(jacobians).max(axis=(1, 2), keepdims=True)
    small, log = (jacobians / scale).astype(np.float32), np.log10(scale[:, 0, 0])
    P, out, total = np.eye(small.shape[1], dtype=np.float32), [], 0.0
    for J, power in zip(small, log, strict=True):
        P = P @ J
        size = np.linalg.norm(P, 2)
        P /= size
        total += power + np.log10(size)
        out.append(total)
    return np.array(out, dtype=np.float32)


def in_place(jacobians):
    total, out = 0, np.zeros(len(jacobians))
    for t in range(len(jacobians)):
        if t > 0:
            jacobians[t] = jacobians[t - 1] @ jacobians[t]
        size = np.linalg.norm(jacobians[t], 2)
        jacobians[t] /= size
        total += np.log10(size)
        out[t] = total
        print(t, size)
    return out


RIGHT = [
    normalized_first,
    by_largest_entry,
    by_powers_of_two,
    backward,
    in_single_precision,
    in_place,
]


def naive(jacobians):
    P, out = jacobians[0], [np.linalg.norm(jacobians[0], 2)]
    for J in jacobians[1:]:
        P = P @ J
        out.append(np.linalg.norm(P, ord=2))
    return np.log10(out)


def other_order(jacobians):
    P, log, out = np.eye(len(jacobians[0])), 0.0, []
    for J in jacobians:
        P = J @ P
        size = np.abs(P).sum()
        P, log = P / size, log + np.log10(size)
        out.append(log + np.log10(np.linalg.svd(P)[1][0]))
    return out


def measured_by(measure):
    """Return the way of `by_largest_entry` with another measure at its end."""

    def measure_all(jacobians):
        P, log, out = np.eye(len(jacobians[0])), 0.0, []
        for J in jacobians:
            P = P @ J
            size = abs(P).max()
            P, log = P / size, log + np.log10(size)
            out.append(log + np.log10(measure(P)))
        return np.array(out)

    return measure_all


def one_late(jacobians):
    return np.r_[0.0, normalized_first(jacobians)[:-1]]


# the name of the mistake that the check is to find
WRONG = {
    "the product is not rescaled, and overflows": naive,
    "the norms of the single steps are multiplied, which is only a bound": (
        lambda jacobians: np.cumsum([np.log10(np.linalg.norm(J, 2)) for J in jacobians])
    ),
    "the Jacobians are multiplied in the opposite order": other_order,
    "what was divided out is not counted: each entry is for one step": (
        lambda jacobians: np.diff(normalized_first(jacobians), prepend=0.0)
    ),
    "the logarithms are natural ones": (
        lambda jacobians: np.array(by_largest_entry(jacobians)) * np.log(10)
    ),
    "the norm is the root of the sum of squares": measured_by(np.linalg.norm),
    "the largest eigenvalue is taken, not the largest stretch": measured_by(
        lambda P: max(abs(np.linalg.eigvals(P)))
    ),
    "the list is one step late: it begins with 0, before the first Jacobian": one_late,
    "what was divided out is subtracted, where it is to be added": (
        lambda jacobians: -normalized_first(jacobians)
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    measured_by(lambda P: np.linalg.norm(P.sum(axis=0))),
    lambda jacobians: normalized_first(jacobians)[-1],
    lambda jacobians: 10 ** normalized_first(jacobians),
    lambda jacobians: normalized_first(jacobians[::-1]),
]
