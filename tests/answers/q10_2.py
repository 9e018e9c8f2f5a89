"""Right and wrong answers to 10.2, written as learners write them."""

import math

import numpy as np


def by_the_formula(D, widths, K):
    H = np.array(widths, float)
    P = 3 * (D * H + H**2 + 2 * H) + K * H
    a = 4 * D + 8 + K
    w = np.rint((np.sqrt(a**2 + 16 * P) - a) / 8)
    more = 4 * w**2 + a * w - P
    return w, more, (4 * w * (D + w) + K * w) / (3 * H * (D + H) + K * H)


def one_by_one(D, widths, K):
    ws, more, ratio = [], [], []
    for H in widths.tolist():
        gru = (3 * (D * H + H * H) + 6 * H) + (K * H + K)
        w, best = 0, math.inf
        for guess in range(1, 2 * H):
            lstm = 4 * (D * guess + guess * guess) + 8 * guess + K * guess + K
            if abs(lstm - gru) < abs(best):
                w, best = guess, lstm - gru
        ws.append(w)
        more.append(best)
        work = [2 * n * (D * u + u * u) + 2 * u * K for n, u in ((4, w), (3, H))]
        ratio.append(work[0] / work[1])
    return ws, more, ratio


def walking(D, widths, K):
    w = np.zeros_like(widths)
    P = 3 * widths * (D + widths + 2) + K * widths

    def over(w):
        return 4 * w * (D + w + 2) + K * w - P

    while (over(w + 1) <= 0).any():
        w = w + (over(w + 1) <= 0)
    w = w + (over(w + 1) < -over(w))
    print(w)
    return [w, over(w), w * (4 * D + 4 * w + K) / widths / (3 * D + 3 * widths + K)]


def in_single_precision(D, widths, K):
    w, more, ratio = by_the_formula(D, widths, K)
    return np.float32(w), np.float32(more), np.float32(ratio)


def on_a_grid(D, widths, K):
    grid = np.arange(1, 400)[:, None]
    off = 4 * (D * grid + grid**2 + 2 * grid) + grid * K
    widths *= 1
    off = off - (3 * (D * widths + widths**2 + 2 * widths) + widths * K)
    k = np.argmin(off**2, axis=0)
    w = grid[k, 0]
    ratio = (4 * D + 4 * w + K) * w / ((3 * D + 3 * widths + K) * widths)
    return w, off[k, np.arange(len(widths))], ratio


RIGHT = [by_the_formula, one_by_one, walking, in_single_precision, on_a_grid]


def sized(D, widths, K, b=2, out=1, way=np.rint, fixed=None):
    """Solve with b biases; `out` 0 forgets the readout; `way` rounds."""
    H = np.array(widths, float)
    P = 3 * H * (D + H + b) + out * K * H
    a = 4 * (D + b) + out * K
    w = way((np.sqrt(a**2 + 16 * P) - a) / 8) if fixed is None else fixed(H)
    more = w * (4 * w + a) - P
    return w, more, w * (4 * D + 4 * w + K) / (H * (3 * D + 3 * H + K))


def last(change):
    """Return answers whose third result is made anew."""

    def answer(D, widths, K):
        w, more, _ = by_the_formula(D, widths, K)
        return w, more, change(D, np.array(widths), K, w)

    return answer


def turned(D, widths, K):
    w, more, ratio = by_the_formula(D, widths, K)
    return w, -more, ratio


# the name of the mistake that the check is to find
WRONG = {
    "the width is rounded down": lambda *a: sized(*a, way=np.floor),
    "the width is rounded up": lambda *a: sized(*a, way=np.ceil),
    "the readout is left out of the parameters": lambda *a: sized(*a, out=0),
    "one bias in each line, as in this book": lambda *a: sized(*a, b=1),
    "no bias is counted in the cells": lambda *a: sized(*a, b=0),
    "three quarters of the GRU's width": (
        lambda *a: sized(*a, fixed=lambda H: np.round(H * 3 / 4))
    ),
    "the width that very wide cells tend to": (
        lambda *a: sized(*a, fixed=lambda H: np.round(H * 3**0.5 / 2))
    ),
    "the LSTM is as wide as the GRU": lambda *a: sized(*a, fixed=lambda H: H),
    "more is what the GRU has more": turned,
    "the ratio is that of the GRU to the LSTM": last(
        lambda D, H, K, w: H * (3 * D + 3 * H + K) / (w * (4 * D + 4 * w + K))
    ),
    "the ratio is that of the parameters": last(
        lambda D, H, K, w: w * (4 * (D + w + 2) + K) / (H * (3 * (D + H + 2) + K))
    ),
    "the ratio is that of the cells, without the readout": last(
        lambda D, H, K, w: 4 * w * (D + w) / (3 * H * (D + H))
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda *a: sized(*a, b=5),
    lambda D, widths, K: np.stack(by_the_formula(D, widths, K), axis=1),
    lambda *a: by_the_formula(*a)[0],
    last(lambda D, H, K, w: w / H),
    last(lambda D, H, K, w: (w / H).mean()),
    lambda D, widths, K: by_the_formula(K, widths, D),
]
