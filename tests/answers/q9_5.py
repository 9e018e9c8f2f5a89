"""Right and wrong answers to 9.5, written as learners write them."""

import numpy as np


def mended(gradient, test_loss, w, batches, rate, patience):
    m = v = 0
    lowest = test_loss(w)
    losses, best, waited = [lowest], w, 0
    for k in range(1, len(batches) + 1):
        g = gradient(w, batches[k - 1])
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        w = w - rate * (m / (1 - 0.9**k)) / (np.sqrt(v / (1 - 0.999**k)) + 1e-8)
        losses.append(test_loss(w))
        waited += 1
        if losses[-1] < lowest:
            lowest, best, waited = losses[-1], w, 0
        if waited >= patience:
            return best, losses
    return best, losses


def with_history(gradient, test_loss, w, batches, rate, patience):
    ws, losses = [w.copy()], [test_loss(w)]
    m, v = np.zeros(len(w)), np.zeros(len(w))
    while len(ws) <= len(batches) and len(ws) - 1 - np.argmin(losses) < patience:
        k = len(ws)
        g = gradient(ws[-1], batches[k - 1])
        m += 0.1 * (g - m)
        v += 0.001 * (g**2 - v)
        root = np.sqrt(v / (1 - 0.999**k)) + 1e-8
        ws.append(ws[-1] - rate / (1 - 0.9**k) * m / root)
        losses.append(test_loss(ws[-1]))
    return ws[np.argmin(losses)], np.array(losses)


def in_single_precision(gradient, test_loss, w, batches, rate, patience):
    w = w.astype(np.float32)
    batches = [batch.astype(np.float32) for batch in batches]
    best, losses = mended(gradient, test_loss, w, batches, np.float32(rate), patience)
    return best, np.float32(losses)


def in_place(gradient, test_loss, w, batches, rate, patience):
    m, v, best = np.zeros_like(w), np.zeros_like(w), w.copy()
    losses, waited = [test_loss(w)], 0
    for k, batch in enumerate(batches):
        g = gradient(w, batch)
        m *= 0.9
        m += 0.1 * g
        g *= g
        v *= 0.999
        v += 0.001 * g
        change = m / (1 - 0.9 ** (k + 1))
        change /= np.sqrt(v / (1 - 0.999 ** (k + 1))) + 1e-8
        w -= rate * change
        losses += [test_loss(w)]
        print(k, losses[-1])
        if losses[-1] == min(losses):
            best[:] = w
            waited = 0
            continue
        waited += 1
        if waited == patience:
            break
    return [best.tolist(), losses]


def as_a_generator(gradient, test_loss, w, batches, rate, patience):
    def path(w):
        gs = []
        yield w
        for batch in batches:
            gs.append(gradient(w, batch))
            k = len(gs)
            ages = np.arange(k)[::-1, None]
            m = (0.9**ages * gs).sum(axis=0) / (0.9**ages).sum()
            v = (0.999**ages * np.square(gs)).sum(axis=0) / (0.999**ages).sum()
            w = w - rate * m / (np.sqrt(v) + 1e-8)
            yield w

    seen = []
    for at in path(w):
        seen.append((test_loss(at), len(seen), at))
        lowest = min(seen)
        if len(seen) - 1 - lowest[1] == patience:
            break
    return lowest[2], [loss for loss, _, _ in seen]


RIGHT = [mended, with_history, in_single_precision, in_place, as_a_generator]


def loop(arguments, m=0.9, v=0.999, last=False, reset=True, more=0, near=False):
    """Run the loop with one thing or another wrong; β of 0 corrects nothing."""
    gradient, test_loss, w, batches, rate, patience = arguments
    mean, square, losses = 0, 0, [test_loss(w)]
    best, waited = w, 0
    for k, batch in enumerate(batches, 1):
        g = gradient(w, batch)
        mean, square = 0.9 * mean + 0.1 * g, 0.999 * square + 0.001 * g * g
        root = (square / (1 - v**k)) ** 0.5 + 1e-8
        w = w - rate / (1 - m**k) * mean / root
        losses.append(test_loss(w))
        better = losses[-1] < (losses[-2] if near else min(losses[:-1]))
        best = w if better else best
        waited = (0 if reset else waited) if better else waited + 1
        if waited == patience + more:
            break
    return (w if last else best), losses


# the name of the mistake that the check is to find
WRONG = {
    "all three bugs are still there, as they were given": (
        lambda *a: loop(a, v=0.9, last=True, reset=False)
    ),
    "the mean of the squared gradient is corrected with the 0.9 of the other": (
        lambda *a: loop(a, v=0.9)
    ),
    "the mean of the gradient is corrected with the 0.999 of the other": (
        lambda *a: loop(a, m=0.999)
    ),
    "what comes back are the last weights, not the best": lambda *a: loop(a, last=True),
    "waiting is not counted anew after a better test": lambda *a: loop(a, reset=False),
    "the means of Adam are not corrected": lambda *a: loop(a, m=0, v=0),
    "only the mean of the gradient is corrected, not that of its square": (
        lambda *a: loop(a, v=0)
    ),
    "only the mean of the squared gradient is corrected": lambda *a: loop(a, m=0),
    "the loop waits for one test more than patience": lambda *a: loop(a, more=1),
    "a test is compared with the one before, not with the best": (
        lambda *a: loop(a, near=True)
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda *a: loop(a)[::-1],
    lambda *a: (loop(a)[0], loop(a)[1][1:]),
    lambda *a: (loop(a)[0], min(loop(a)[1])),
    lambda g, t, w, b, rate, patience: loop((g, t, w, b, 2 * rate, patience)),
    lambda g, t, w, b, rate, patience: loop((g, t, w, b, rate, patience + 3)),
]
