"""Right and wrong answers to 6.3, written as learners write them."""

import numpy as np

from gru_lesson.bptt import gru_forward
from gru_lesson.cell import gru_step, sigmoid


def with_two_loops(xs, h0, p_right, p_left):
    T, N, _ = xs.shape
    H = h0.shape[1]
    hs = np.zeros((T, N, 2 * H))
    h = h0
    for t in range(T):
        h, _ = gru_step(xs[t], h, p_right)
        hs[t, :, :H] = h
    h = h0
    for t in reversed(range(T)):
        h, _ = gru_step(xs[t], h, p_left)
        hs[t, :, H:] = h
    return hs, np.hstack([hs[-1, :, :H], hs[0, :, H:]])


def with_flip(xs, h0, p_right, p_left):
    right = gru_forward(xs, h0, p_right)[0]
    left = np.flip(gru_forward(np.flip(xs, axis=0), h0, p_left)[0], axis=0)
    return [np.dstack([right, left]), np.c_[right[-1], left[0]]]


def from_the_equations(xs, h0, p_right, p_left):
    def run(xs, p):
        h, hs = h0, []
        for x in xs:
            z, r = (
                sigmoid(x @ p["W_x" + g] + h @ p["W_h" + g] + p["b_" + g]) for g in "zr"
            )
            new = np.tanh(x @ p["W_xh"] + (r * h) @ p["W_hh"] + p["b_h"])
            h = new + z * (h - new)
            hs.append(h)
        return hs

    there, back = run(xs, p_right), run(list(xs)[::-1], p_left)
    end = [np.append(a, b) for a, b in zip(there[-1], back[-1], strict=True)]
    back.reverse()
    hs = [np.concatenate(pair, axis=1) for pair in zip(there, back, strict=True)]
    return hs, end


def one_sequence_at_a_time(xs, h0, p_right, p_left):
    hs, end = [], []
    for n in range(xs.shape[1]):
        row = slice(n, n + 1)
        first, _ = gru_forward(xs[:, row], h0[row], p_right)
        second, _ = gru_forward(xs[::-1, row], h0[row], p_left)
        hs.append(np.concatenate([first, second[::-1]], axis=-1)[:, 0])
        end.append(np.concatenate([first[-1, 0], second[-1, 0]]))
    print(end)
    return np.stack(hs, axis=1), np.array(end)


def in_place(xs, h0, p_right, p_left):
    H, states = h0.shape[1], []
    for p in (p_right, p_left):
        states.append(gru_forward(xs, h0, p)[0])
        xs[:] = xs[::-1].copy()  # after the second turn it is as it was
    end = np.concatenate([hs[-1] for hs in states], axis=-1)
    states[1][:] = states[1][::-1].copy()
    for p in (p_right, p_left):
        p.clear()
    return np.stack(states, axis=2).reshape(*xs.shape[:2], 2 * H), end


def in_single_precision(xs, h0, p_right, p_left):
    p, q = ({k: v.astype(np.float32) for k, v in d.items()} for d in (p_right, p_left))
    return with_flip(xs.astype(np.float32), h0.astype(np.float32), p, q)


def put_in_front(xs, h0, p_right, p_left):
    (first, _), h, left = gru_forward(xs, h0, p_right), h0, []
    while len(left) < len(xs):
        h = gru_step(xs[-1 - len(left)], h, p_left)[0]
        left.insert(0, h)
    return np.concatenate([first, left], 2), np.concatenate([first[-1], h], 1)


RIGHT = [
    with_two_loops,
    with_flip,
    from_the_equations,
    one_sequence_at_a_time,
    in_place,
    in_single_precision,
    put_in_front,
]


def walk(xs, h, p, order):
    """Return the states in the order in which they are made."""
    hs = []
    for t in order:
        h = gru_step(xs[t], h, p)[0]
        hs.append(h)
    return hs


def beside(one, other):
    return np.array([np.hstack(pair) for pair in zip(one, other, strict=True)])


def same_way(xs, h0, p_right, p_left):
    order = range(len(xs))
    hs = beside(walk(xs, h0, p_right, order), walk(xs, h0, p_left, order))
    return hs, hs[len(xs) - 1]


def turned_afterwards(xs, h0, p_right, p_left):
    a, b = gru_forward(xs, h0, p_right)[0], gru_forward(xs, h0, p_left)[0]
    return np.dstack([a, np.flipud(b)]), np.hstack([a[-1], b[-1]])


def as_made(xs, h0, p_right, p_left):
    back = range(len(xs) - 1, -1, -1)
    hs = beside(walk(xs, h0, p_right, range(len(xs))), walk(xs, h0, p_left, back))
    return hs, hs[-1]


def last_place(xs, h0, p_right, p_left):
    hs, _ = with_two_loops(xs, h0, p_right, p_left)
    return hs, hs[-1]


def one_set(xs, h0, p_right, p_left):
    return put_in_front(xs, h0, p_right, dict(p_right))


def there_and_back(xs, h0, p_right, p_left):
    T = len(xs)
    first = walk(xs, h0, p_right, range(T))
    second = walk(xs, first[-1], p_left, reversed(range(T)))
    return beside(first, second[::-1]), np.c_[first[-1], second[-1]]


def flip_all(xs, h0, p_right, p_left):
    first = walk(xs, h0, p_right, range(len(xs)))
    second = walk(xs[:, ::-1, ::-1], h0, p_left, range(len(xs) - 1, -1, -1))
    shown = [h[::-1, ::-1] for h in reversed(second)]
    return beside(first, shown), np.hstack([first[-1], second[-1]])


def summed(*arguments):
    return [
        sum(np.split(part, 2, axis=-1)) for part in one_sequence_at_a_time(*arguments)
    ]


# the name of the mistake that the check is to find
WRONG = {
    "both cells read from left to right": same_way,
    "the states of the second cell are turned round, its inputs are not": (
        turned_afterwards
    ),
    "in hs the second cell's states stand in the order in which it made them": as_made,
    "end takes the second half at the last place, after one input": last_place,
    "the second cell runs with the parameters of the first": one_set,
    "the second cell starts from the last state of the first": there_and_back,
    "the flip has no axis, so that it turns the batch and the columns too": flip_all,
    "the states of the two cells are added": summed,
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda xs, h0, p, q: with_flip(xs, 0 * h0, p, q),
    lambda xs, h0, p, q: with_flip(xs[:, ::-1], h0, p, q),
    lambda xs, h0, p, q: with_flip(xs, h0, p, q)[0],
    lambda xs, h0, p, q: with_flip(xs, h0, p, q)[::-1],
    lambda xs, h0, p, q: with_flip(xs.swapaxes(0, 1), h0, p, q),
    lambda xs, h0, p, q: gru_forward(xs, h0, p),
]
