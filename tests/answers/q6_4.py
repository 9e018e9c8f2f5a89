"""Right and wrong answers to 6.4, written as learners write them."""

import numpy as np


def with_arithmetic(step, xs, h0, mask):
    h, hs = h0, []
    for t in range(len(xs)):
        m = mask[t][:, np.newaxis].astype(float)
        h = m * step(xs[t], h) + (1 - m) * h
        hs.append(h)
    return np.array(hs)


def one_sequence_at_a_time(step, xs, h0, mask):
    T, N, _ = xs.shape
    hs = np.empty((T, N, h0.shape[1]))
    for n in range(N):
        h = h0[n : n + 1]
        for t in range(T):
            if mask[t, n]:
                h = step(xs[t, n : n + 1], h)
            hs[t, n] = h[0]
    return hs


def only_the_real_rows(step, xs, h0, mask):
    hs = np.zeros((len(xs), *h0.shape))
    for t, (x, m) in enumerate(zip(xs, mask, strict=True)):
        hs[t] = hs[t - 1] if t else h0
        hs[t, m] = step(x[m], hs[t, m])
    return hs


def in_place(step, xs, h0, mask):
    hs = []
    for x, m in zip(xs, mask, strict=True):
        h0[m] = step(x, h0)[m]
        print(h0)
        hs.append(h0.copy())
    xs[...] = 0
    return hs


def nested_lists(step, xs, h0, mask):
    h, hs = h0.tolist(), []
    for x, m in zip(xs, mask, strict=True):
        new = step(x, np.array(h))
        h = [new[n].tolist() if m[n] else h[n] for n in range(len(m))]
        hs.append(h)
    return hs


def in_single_precision(step, xs, h0, mask):
    h, hs = h0.astype(np.float32), []
    for x, padded in zip(xs.astype(np.float32), ~mask, strict=True):
        new = step(x, h).astype(np.float32)
        np.copyto(new, h, where=padded[:, None])
        h = new
        hs.append(h)
    return np.stack(hs)


def recursive(step, xs, h0, mask):
    if len(xs) == 0:
        return np.empty((0, *h0.shape))
    h = np.choose(mask[0][:, None], [h0, step(xs[0], h0)])
    return np.concatenate([h[None], recursive(step, xs[1:], h, mask[1:])])


RIGHT = [
    with_arithmetic,
    one_sequence_at_a_time,
    only_the_real_rows,
    in_place,
    nested_lists,
    in_single_precision,
    recursive,
]


def everywhere(step, xs, h0, mask):
    hs = []
    for x in xs:
        hs += [step(x, hs[-1] if hs else h0)]
    return np.array(hs)


def inverted(step, xs, h0, mask):
    return only_the_real_rows(step, xs, h0, np.logical_not(mask))


def input_at_zero(step, xs, h0, mask):
    xs[~mask] = 0
    return everywhere(step, xs, h0, mask)


def state_at_zero(step, xs, h0, mask):
    h, hs = h0, []
    for x, m in zip(xs, mask, strict=True):
        h = step(x, h)
        h[~m] = 0
        hs.append(h)
    return hs


def shown_as_zero(step, xs, h0, mask):
    return one_sequence_at_a_time(step, xs, h0, mask) * mask[..., None]


def moves_on(step, xs, h0, mask):
    moved = [h0, *everywhere(step, xs, h0, mask)]
    hs = []
    for t in range(len(xs)):
        m = mask[t].reshape(-1, 1)
        hs.append(m * moved[t + 1] + (1 - m) * moved[t])
    return np.array(hs)


def slip(step, xs, h0, mask):
    h, hs = h0, []
    for x, m in zip(xs, mask, strict=True):
        h = step(x, h)
        hs.append(np.where(m[:, None], h, hs[-1] if hs else h0))
    return np.stack(hs)


def if_any(step, xs, h0, mask):
    h, hs = h0, []
    for x, m in zip(xs, mask, strict=True):
        if m.any():
            h = step(x, h)
        hs.append(h)
    return np.stack(hs)


def all_or_none(step, xs, h0, mask):
    h, hs = h0, []
    for x, m in zip(xs, mask, strict=True):
        h = step(x, h) if m.all() else h
        hs.append(h)
    return hs


def by_lengths(step, xs, h0, mask):
    lengths = mask.sum(axis=0)
    hs = np.zeros((*mask.shape, h0.shape[1]))
    for n, length in enumerate(lengths):
        h = h0[[n]]
        for t in range(len(xs)):
            h = step(xs[t][[n]], h) if t < length else h
            hs[t, n] = h.ravel()
    return hs


def one_array(step, xs, h0, mask):
    h, hs = h0.copy(), []
    for x, m in zip(xs, mask, strict=True):
        h[m] = step(x, h)[m]
        hs.append(h)
    return np.stack(hs)


# the name of the mistake that the check is to find
WRONG = {
    "the mask is ignored": everywhere,
    "the whole batch moves where any of its sequences is real": if_any,
    "the whole batch waits where any of its sequences is masked": all_or_none,
    "the mask is read the other way round": inverted,
    "the masked input is set to 0, and the state moves all the same": input_at_zero,
    "the state becomes 0 at a masked step": state_at_zero,
    "hs holds 0 at the masked steps": shown_as_zero,
    "the old state is stored, and the next step starts from the new state": moves_on,
    "hs repeats its last state, and the next step starts from the new state": slip,
    "all masked steps are taken to stand at the end": by_lengths,
    "one array is stored at every step, and changed later": one_array,
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda step, xs, h0, mask: with_arithmetic(step, xs, h0, mask[:, ::-1]),
    lambda step, xs, h0, mask: with_arithmetic(step, xs, 0 * h0, mask),
    lambda step, xs, h0, mask: np.swapaxes(with_arithmetic(step, xs, h0, mask), 0, 1),
    lambda step, xs, h0, mask: with_arithmetic(step, xs, h0, mask)[-1],
    lambda step, xs, h0, mask: with_arithmetic(step, xs, h0, mask[::-1]),
    lambda step, xs, h0, mask: np.where(mask, step(xs, h0), h0),
]
