"""Right and wrong answers to 7.5, written as learners write them."""

import numpy as np

from gru_lesson.cell import gru_step_backward


def with_where(dhs, mask, caches, p):
    dxs, dh, dW = [], np.zeros_like(dhs[-1]), 0
    for dh_out, m, cache in zip(dhs[::-1], mask[::-1], caches[::-1], strict=True):
        real = m[:, np.newaxis] > 0
        total = dh_out + dh
        dx, through, grads = gru_step_backward(np.where(real, total, 0), cache, p)
        dh = np.where(real, through, total)
        dxs.append(dx)
        dW = dW + grads["W_hz"]
    return np.array(dxs[::-1]), dh, dW


def one_sequence_at_a_time(dhs, mask, caches, p):
    T, N, _ = dhs.shape
    dxs, dh0, dW = np.zeros((T, N, caches[0].x.shape[1])), [], []
    for n in range(N):
        dh = 0
        for t in range(T - 1, -1, -1):
            dh = dh + dhs[t, n]
            if mask[t, n] == 0:
                continue
            cache = [value[n : n + 1] for value in caches[t]]
            dx, dh, grads = gru_step_backward(dh.reshape(1, -1), cache, p)
            dxs[t, n], dh = dx[0], dh[0]
            dW.append(grads["W_hz"])
        dh0.append(dh)
    return dxs.tolist(), dh0, sum(dW)


def recursive(dhs, mask, caches, p):
    if len(caches) == 0:
        H = len(p["W_hz"])
        return [], np.zeros((dhs.shape[1], H)), np.zeros((H, H))
    m = mask[-1].reshape(-1, 1)
    dx, dh, grads = gru_step_backward(dhs[-1] * m, caches[-1], p)
    earlier = np.array(dhs[:-1])
    dh = dh + dhs[-1] * (1 - m)
    if len(earlier) == 0:
        return dx[None], dh, grads["W_hz"]
    earlier[-1] += dh
    dxs, dh0, dW = recursive(earlier, mask[:-1], caches[:-1], p)
    return np.concatenate([dxs, dx[None]]), dh0, dW + grads["W_hz"]


def all_parameters(dhs, mask, caches, p):
    grads = {name: np.zeros_like(value) for name, value in p.items()}
    dh, dxs = np.zeros_like(dhs[0]), [None] * len(caches)
    for t in reversed(range(len(caches))):
        dh += dhs[t]
        gap = np.repeat(1 - mask[t][:, None], dh.shape[1], axis=1)
        dxs[t], d, step = gru_step_backward(dh - gap * dh, caches[t], p)
        dh = gap * dh + d
        for name in grads:
            grads[name] += step[name]
    return np.stack(dxs), dh, grads["W_hz"]


def in_single_precision(dhs, mask, caches, p):
    p = {name: value.astype(np.float32) for name, value in p.items()}
    caches = [cache._make(v.astype(np.float32) for v in cache) for cache in caches]
    return with_where(dhs.astype(np.float32), mask.astype(np.float32), caches, p)


def in_place(dhs, mask, caches, p):
    dxs, dW = [], np.zeros((len(p["W_hz"]),) * 2)
    caches.reverse()
    dh = np.zeros(dhs.shape[1:])
    for t, cache in enumerate(caches, 1):
        dhs[-t] += dh
        through = dhs[-t] * mask[-t][:, None]
        dx, dh, grads = gru_step_backward(through, cache, p)
        dhs[-t] -= through
        dh += dhs[-t]
        dxs.insert(0, dx)
        dW += grads.pop("W_hz")
        print(t, dh)
    return dxs, dh, dW


RIGHT = [
    with_where,
    one_sequence_at_a_time,
    recursive,
    all_parameters,
    in_single_precision,
    in_place,
]


def wrong(dhs, mask, caches, p, **what):
    """Walk back like `with_where`, with places for a mistake."""
    steps = list(zip(dhs, mask.astype(bool), caches, strict=True))
    if "forward" not in what:
        steps = steps[::-1]
    dxs, dh, dWs = [], np.zeros(dhs.shape[1:]), []
    for dh_out, real, cache in steps:
        if "swapped" in what:
            real = ~real
        total = dh_out.copy()
        if "dropped" in what:
            total[~real] = 0
        if "careless" not in what:
            total += dh
        into = total.copy()
        if "everywhere" not in what:
            into[~real] = 0
        dx, dh, grads = gru_step_backward(into, cache, p)
        if "always" in what:
            dh += total
        elif "blocked" not in what:
            dh[~real] += total[~real]
        dxs.append(dx)
        dWs.append(grads["W_hz"])
    dxs = dxs if "forward" in what else dxs[::-1]
    return np.array(dxs), dh, dWs[-1] if "last" in what else np.sum(dWs, axis=0)


def masked_afterward(inputs_too):
    """Return a walk that forgets the gaps until the backward step is done."""

    def walk(dhs, mask, caches, p):
        dxs, dh, dW = np.zeros((*mask.shape, len(p["W_xz"]))), 0 * dhs[0], 0
        for t in range(len(mask) - 1, -1, -1):
            total = dh + dhs[t]
            dx, dh, grads = gru_step_backward(total, caches[t], p)
            for n in range(len(total)):
                if mask[t, n] == 0:
                    dh[n] = total[n]
                if mask[t, n] == 1 or not inputs_too:
                    dxs[t, n] = dx[n]
            dW = dW + grads["W_hz"]
        return dxs, dh, dW

    return walk


def a_mask_too_early(dhs, mask, caches, p):
    return with_where(dhs, np.roll(mask, 1, axis=0), caches, p)


def a_loss_too_late(dhs, mask, caches, p):
    moved = np.concatenate([dhs[1:], np.zeros_like(dhs[:1])])
    dxs, dh, dW = with_where(moved, mask, caches, p)
    return dxs, dh + dhs[0], dW


# the name of the mistake that the check is to find
WRONG = {
    "dW_hz is overwritten at each step, not summed": (lambda *a: wrong(*a, last=True)),
    "what comes back from the next step is left out": (
        lambda *a: wrong(*a, careless=True)
    ),
    "no gradient goes past a gap": lambda *a: wrong(*a, blocked=True),
    "the backward step gets gradient in the gaps too": (
        lambda *a: wrong(*a, everywhere=True)
    ),
    "dh_prev is masked, but dxs and dW_hz have gradient from the gaps in them": (
        masked_afterward(inputs_too=False)
    ),
    "dx and dh_prev are masked, but dW_hz has gradient from the gaps in it": (
        masked_afterward(inputs_too=True)
    ),
    "gradient goes past every step, gap or not": lambda *a: wrong(*a, always=True),
    "what comes from outside is dropped in the gaps": (
        lambda *a: wrong(*a, dropped=True)
    ),
    "the mask is read with 1 as the gap": lambda *a: wrong(*a, swapped=True),
    "the mask is read one step too early": a_mask_too_early,
    "dhs[t] comes one step late: it is added after the step back": (a_loss_too_late),
    "the steps are walked from the first to the last": (
        lambda *a: wrong(*a, forward=True)
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda dhs, mask, caches, p: with_where(dhs / 2, mask, caches, p),
    lambda dhs, mask, caches, p: with_where(dhs[::-1], mask, caches, p),
    lambda dhs, mask, caches, p: (*with_where(dhs, mask, caches, p)[:2], p),
    lambda dhs, mask, caches, p: with_where(dhs, mask.T, caches, p),
]
