"""Right and wrong answers to 6.5, written as learners write them."""

import numpy as np


def with_index(step, data, h0):
    N, T, _ = data.shape
    hs, h = np.zeros((N, T, h0.shape[1])), h0
    for t in range(T):
        h = step(data[:, t], h)
        hs[:, t] = h
    return hs


def with_transpose(step, data, h0):
    xs = np.ascontiguousarray(data.transpose(1, 0, 2))
    h, hs = h0, []
    for x in xs:
        h = step(x, h)
        hs.append(h)
    return np.array(hs).transpose(1, 0, 2)


def stack_along_one(step, data, h0):
    states = [h0]
    for t in range(data.shape[1]):
        states.append(step(data[:, t, :], states[-1]))
    return np.stack(states[1:], axis=1)


def one_sequence_at_a_time(step, data, h0):
    hs = []
    for sequence, h in zip(data, h0, strict=True):
        row, h = [], h[None]
        for x in sequence:
            h = step(x[None], h)
            row.append(h[0].tolist())
        hs.append(row)
    return hs


def in_single_precision(step, data, h0):
    data, h = data.astype("float32"), h0.astype("float32")
    hs = []
    for x in np.moveaxis(data, 1, 0):
        h = step(x, h).astype("float32")
        hs.append(h)
    return np.moveaxis(np.stack(hs), 0, 1)


def in_place(step, data, h0):
    hs = []
    for x in np.einsum("ntd->tnd", data):
        h0[...] = step(x, h0)
        print(h0)
        hs.append(h0.copy())
    data *= 0
    return np.einsum("tnh->nth", np.array(hs))


RIGHT = [
    with_index,
    with_transpose,
    stack_along_one,
    one_sequence_at_a_time,
    in_single_precision,
    in_place,
]


def untouched(step, data, h0):
    N, T, D = data.shape
    xs, states = data.ravel().reshape(T, N, D), [h0]
    for x in xs[:-1]:
        states.append(step(x, states[-1]))
    return np.array(states).ravel().reshape(N, T, -1)


def input_reshaped(step, data, h0):
    N, T, D = data.shape
    mixed = data.reshape(T, N, D).transpose(1, 0, 2)
    return with_index(step, mixed, h0)


def states_reshaped(step, data, h0):
    hs = with_index(step, data, h0)
    return np.ascontiguousarray(hs.transpose(1, 0, 2)).reshape(hs.shape)


def before_the_step(step, data, h0):
    hs = with_index(step, data, h0)
    return np.concatenate([h0[:, None], hs[:, :-1]], axis=1)


def time_first(step, data, h0):
    h, hs = h0, []
    for t in range(data.shape[1]):
        h = step(data[:, t], h)
        hs.append(h)
    return hs


def sequences_for_steps(step, data, h0):
    hs, h = [], h0
    for t in range(len(data)):
        h = step(data[t], h)
        hs += [h]
    return hs


def not_carried(step, data, h0):
    return np.stack([step(data[:, t], h0) for t in range(data.shape[1])], axis=1)


# the name of the mistake that the check is to find
WRONG = {
    "none of the three bugs is repaired": untouched,
    "the input is reshaped, which mixes sequences and steps": input_reshaped,
    "the states are reshaped, which mixes sequences and steps": states_reshaped,
    "each state is stored before its step": before_the_step,
    "time comes first in the result": time_first,
    "a sequence is taken for a step": sequences_for_steps,
    "the state is not carried from step to step": not_carried,
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda step, data, h0: with_index(step, data, 0 * h0),
    lambda step, data, h0: with_index(step, data[:, ::-1], h0),
    lambda step, data, h0: with_index(step, data, h0)[:, -1],
    lambda step, data, h0: with_index(step, data, h0, 1),
]
