"""Right and wrong answers to 3.3, written as learners write them."""

import numpy as np


def logit(share):
    return np.log(share) - np.log1p(-share)


def with_a_system(at_marks, elsewhere):
    a = np.stack([logit(at_marks), logit(elsewhere)])
    weight, bias = np.linalg.solve([[1, 1], [-1, 1]], a)
    W_xr = np.zeros((2, len(bias)))
    W_xr[1] = weight
    return W_xr, bias


def with_a_loop(at_marks, elsewhere):
    weights, biases = [], []
    for m, e in zip(at_marks, elsewhere, strict=True):
        w = 0.5 * np.log(m * (1 - e) / (e * (1 - m)))
        weights.append(w)
        biases.append(logit(m) - w)
    return [[0.0] * len(weights), weights], biases


def in_single_precision(at_marks, elsewhere):
    m, e = logit(np.float32(at_marks)), logit(np.float32(elsewhere))
    return np.array([0, 1], np.float32)[:, None] * (m - e) / 2, (m + e) / 2


def with_artanh(at_marks, elsewhere):
    m, e = np.arctanh(2 * at_marks - 1), np.arctanh(2 * elsewhere - 1)
    return np.vstack([0 * m, m - e]), m + e


def in_place(at_marks, elsewhere):
    for share in (at_marks, elsewhere):
        share /= 1 - share
        np.log(share, out=share)
    print(at_marks, elsewhere)
    at_marks -= elsewhere
    at_marks /= 2
    elsewhere += at_marks
    return np.concatenate([np.zeros((1, at_marks.size)), at_marks[None]]), elsewhere


RIGHT = [with_a_system, with_a_loop, in_single_precision, with_artanh, in_place]


def _rows(weight, bias):
    return np.outer([0, 1], weight), bias


def for_marks_of_0_and_1(m, e):
    return _rows(logit(m) - logit(e), logit(e))


def other_way_round(m, e):
    return _rows((logit(e) - logit(m)) / 2, (logit(m) + logit(e)) / 2)


def not_halved(m, e):
    return _rows(logit(m) - logit(e), logit(m) + logit(e))


def with_shares(m, e):
    bias = np.mean([m, e], axis=0)
    return _rows(m - bias, bias)


def with_odds(m, e):
    m, e = 1 / (1 / m - 1), 1 / (1 / e - 1)
    return _rows(0.5 * m - 0.5 * e, 0.5 * m + 0.5 * e)


def with_log_shares(m, e):
    return _rows(np.log(np.sqrt(m / e)), np.log(np.sqrt(m * e)))


def in_the_first_row(m, e):
    weight = (logit(m) - logit(e)) / 2
    return np.outer([1, 0], weight), logit(m) - weight


def bias_of_elsewhere(m, e):
    return _rows(np.arctanh(2 * m - 1) - np.arctanh(2 * e - 1), np.log(e / (1 - e)))


def with_sigma_of_the_share(m, e):
    m, e = 1 / (1 + np.exp(-m)), 1 / (1 + np.exp(-e))
    weight = (m - e) / 2
    return np.array([0 * weight, weight]), e + weight


def bias_first(m, e):
    weights, bias = with_artanh(m, e)
    return [bias.tolist(), weights.tolist()]


# the name of the mistake that the check is to find
WRONG = {
    "the weights fit marks of 0 and 1": for_marks_of_0_and_1,
    "marked and other steps are interchanged": other_way_round,
    "sum and difference are not halved": not_halved,
    "the bias alone is the log-odds of elsewhere, as for a mark of 0": (
        bias_of_elsewhere
    ),
    "shares stand in the place of log-odds": with_shares,
    "σ of the share stands in the place of its log-odds": with_sigma_of_the_share,
    "odds stand in the place of log-odds": with_odds,
    "the logarithm of the share is taken, and not of the odds": with_log_shares,
    "the weight stands in the row of the amount": in_the_first_row,
    "the bias is returned first, and the weights after it": bias_first,
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda m, e: _rows(np.full(4, -12.0), np.full(4, 6.0)),
    lambda m, e: (with_artanh(m, e)[0].T, with_artanh(m, e)[1]),
    lambda m, e: (with_artanh(m, e)[0][1], with_artanh(m, e)[1]),
    lambda m, e: with_artanh(m, e)[0],
    lambda m, e: _rows(np.log10(m / (1 - m)), np.log10(e / (1 - e))),
]
