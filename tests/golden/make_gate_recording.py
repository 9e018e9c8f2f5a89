"""Train the cell whose update gate exercise 2.3 shows, and print the recording.

A GRU with three units learns to hold a marked value, as the unit of section 2.5 does:
each input is a value and a mark, the target is the last marked value, and a line
reads it from the state. It then reads two sequences of six steps. Takes seconds::

    python tests/golden/make_gate_recording.py

Training repeats its roundings 3,000 times, so that another NumPy or processor may
print slightly other digits. The exercise needs the recording that it has, not these.
"""

import numpy as np

from gru_lesson.bptt import gru_backward, gru_forward
from gru_lesson.cell import init_params

T, N, D, H = 20, 32, 2, 3
STEPS, RATE, MARKED = 3000, 0.01, 0.15  # MARKED is the share of steps with a mark
READOUT = ("W_hy", "b_y")


def sequences(rng, T, N):
    """Return xs (T, N, 2), values and marks, and the targets y (T, N, 1)."""
    values = rng.uniform(-0.9, 0.9, (T, N))
    marks = (rng.random((T, N)) < MARKED) * 1.0
    marks[0] = 1
    y, last = np.zeros((T, N)), np.zeros(N)
    for t in range(T):
        last = np.where(marks[t] > 0, values[t], last)
        y[t] = last
    return np.stack([values, marks], -1), y[..., None]


def without_readout(p):
    """Return the parameters of the cell."""
    return {name: value for name, value in p.items() if name not in READOUT}


def gradients(p, xs, y):
    """Return the gradients of the mean squared error."""
    cell = without_readout(p)
    hs, caches = gru_forward(xs, np.zeros((xs.shape[1], H)), cell)
    error = hs @ p["W_hy"] + p["b_y"] - y
    d_error = 2 * error / error.size
    _, _, grads = gru_backward(d_error @ p["W_hy"].T, caches, cell)
    grads["W_hy"] = hs.reshape(-1, H).T @ d_error.reshape(-1, 1)
    grads["b_y"] = d_error.sum((0, 1))
    return grads


def trained(rng):
    """Return parameters after training with Adam."""
    p = init_params(D, H, rng)
    p |= {"W_hy": 0.5 * rng.normal(size=(H, 1)), "b_y": np.zeros(1)}
    mean = {name: 0 * value for name, value in p.items()}
    square = {name: 0 * value for name, value in p.items()}
    for i in range(1, STEPS + 1):
        grads = gradients(p, *sequences(rng, T, N))
        for name, g in grads.items():
            mean[name] = 0.9 * mean[name] + 0.1 * g
            square[name] = 0.999 * square[name] + 0.001 * g**2
            size = np.sqrt(square[name] / (1 - 0.999**i)) + 1e-8
            p[name] = p[name] - RATE * mean[name] / (1 - 0.9**i) / size
    return p


def recording(p):
    """Return the update gate (6, 2, 3), and the marks (6, 2) it was shown."""
    xs, _ = sequences(np.random.default_rng(7), 6, 2)
    _, caches = gru_forward(xs, np.zeros((2, H)), without_readout(p))
    return np.stack([cache.z for cache in caches]), xs[..., 1]


if __name__ == "__main__":
    zs, marks = recording(trained(np.random.default_rng(0)))
    print("steps with marks:", [(1 + np.flatnonzero(m)).tolist() for m in marks.T])
    print(np.array2string(zs, precision=3, separator=", ", floatmode="fixed"))
    print("half-lives:", (-np.log(2) / np.log(zs).mean((0, 1))).round(3))
