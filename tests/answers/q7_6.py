"""Right and wrong answers to 7.6, written as learners write them."""

import numpy as np

from gru_lesson.cell import init_params
from gru_lesson.gradcheck import numerical_gradient, relative_error


def like_the_chapter(forward, backwards):
    rng = np.random.default_rng(1)
    N, D, H = 2, 3, 4
    p = {k: rng.uniform(-1, 1, a.shape) for k, a in init_params(D, H, rng).items()}
    x, h_prev, dh = (rng.normal(size=(N, size)) for size in (D, H, H))
    right = []
    for backward in backwards:
        dx, dh_prev, grads = backward(dh, x, h_prev, p)
        hand = {"x": dx, "h_prev": dh_prev} | grads
        good = True
        for name, array in ({"x": x, "h_prev": h_prev} | p).items():
            numeric = numerical_gradient(
                lambda: (dh * forward(x, h_prev, p)).sum(), array
            )
            good = good and relative_error(hand[name], numeric) <= 1e-7
        right.append(good)
    return right


def with_fresh_parameters(forward, backwards):
    rng = np.random.default_rng(2)
    p = init_params(2, 5, rng)
    x, h_prev = rng.normal(size=(6, 2)), rng.uniform(-1, 1, (6, 5))
    dh = rng.normal(size=(6, 5))
    print("p =", p)

    def verdict(backward):
        dx, dh_prev, grads = backward(dh, x, h_prev, p)
        pairs = [(x, dx), (h_prev, dh_prev), *((p[name], grads[name]) for name in p)]
        for array, hand in pairs:
            n = numerical_gradient(lambda: np.vdot(dh, forward(x, h_prev, p)), array)
            if not np.allclose(hand, n, rtol=1e-6, atol=1e-8):
                return 0
        return 1

    return np.array([verdict(backward) for backward in backwards])


def flat_differences(forward, backwards):
    rng = np.random.RandomState(3)
    N, D, H = 3, 1, 2
    shapes = {"x": (N, D), "h_prev": (N, H)}
    shapes |= {k: a.shape for k, a in init_params(D, H, rng).items()}
    sizes = [int(np.prod(shape)) for shape in shapes.values()]
    dh, flat = rng.randn(N, H), rng.randn(sum(sizes))

    def split(v):
        cut = np.split(v, np.cumsum(sizes)[:-1])
        arrays = {k: c.reshape(s) for (k, s), c in zip(shapes.items(), cut)}  # noqa: B905
        return arrays.pop("x"), arrays.pop("h_prev"), arrays

    def loss(v):
        return (dh * forward(*split(v))).sum()

    e = 1e-5 * np.eye(len(flat))
    numeric = np.array([(loss(flat + d) - loss(flat - d)) / 2e-5 for d in e])
    found = []
    for backward in backwards:
        dx, dh_prev, grads = backward(dh, *split(flat))
        parts = [dx, dh_prev, *(grads[name] for name in list(shapes)[2:])]
        hand = np.concatenate([part.ravel() for part in parts])
        found.append(np.abs(hand - numeric).max() < 1e-6)
    return found


def one_random_direction(forward, backwards):
    """Compare slopes along random directions: three cover all arrays at once."""
    rng = np.random.default_rng(4)
    N, D, H = 4, 3, 2
    shapes = {k: a.shape for k, a in init_params(D, H, rng).items()}
    right = np.ones(len(backwards), dtype=bool)
    for _ in range(3):
        p = {k: rng.normal(size=s) for k, s in shapes.items()}
        v = {k: rng.normal(size=s) for k, s in shapes.items()}
        x, dx, h, v_h = (rng.normal(size=(N, k)) for k in (D, D, H, H))
        dh = rng.normal(size=(N, H))
        ends = [
            forward(x + s * dx, h + s * v_h, {k: p[k] + s * v[k] for k in p})
            for s in (1e-5, -1e-5)
        ]
        slope = (dh * (ends[0] - ends[1])).sum() / 2e-5
        for i, backward in enumerate(backwards):
            gx, gh, grads = backward(dh, x, h, p)
            hand = (gx * dx).sum() + (gh * v_h).sum()
            hand += sum((grads[k] * v[k]).sum() for k in p)
            right[i] &= abs(hand - slope) < 1e-7 * max(1, abs(slope))
    return right.tolist()


def takes_the_list_apart(forward, backwards):
    found = []
    while backwards:
        found += like_the_chapter(forward, [backwards.pop(0)])
    return tuple(found)


RIGHT = [
    like_the_chapter,
    with_fresh_parameters,
    flat_differences,
    one_random_direction,
    takes_the_list_apart,
]


def weak(batch=3, state=1.0, weights=None, names=None, limit=1e-6, accept=all):
    """Return a test with places for a weakness, by differences of its own."""

    def test(forward, backwards):
        rng = np.random.default_rng(5)
        p = {k: rng.normal(size=a.shape) for k, a in init_params(2, 3, rng).items()}
        x, h = rng.normal(size=(batch, 2)), state * rng.normal(size=(batch, 3))
        dh = rng.normal(size=(batch, 3)) if weights is None else weights
        arrays = {"x": x, "h_prev": h, **p}
        chosen = [k for k in arrays if names is None or (k in p) == (names == "p")]
        numeric = {}
        for k in chosen:
            numeric[k] = np.zeros(arrays[k].shape)
            for i in np.ndindex(arrays[k].shape):
                for s in (1e-5, -1e-5):
                    arrays[k][i] += s
                    numeric[k][i] += (dh * forward(x, h, p)).sum() / (2 * s)
                    arrays[k][i] -= s

        def passes(backward):
            hand = backward(dh * np.ones(h.shape), x, h, p)
            hand = {"x": hand[0], "h_prev": hand[1], **hand[2]}
            return accept(abs(hand[k] - numeric[k]).max() < limit for k in chosen)

        return [passes(backward) for backward in backwards]

    return test


def by_shape(forward, backwards):
    x, h, p = np.ones((2, 3)), np.ones((2, 4)), init_params(3, 4, np.random)
    return [b(h, x, h, p)[1].shape == h.shape for b in backwards]


# the name of the mistake that the check is to find
WRONG = {
    "the test has one sequence, so that sums over the batch are not tested": (
        weak(batch=1)
    ),
    "the old state of the test is 0, which hides what is multiplied by it": (
        weak(state=0.0)
    ),
    "dh is the same everywhere, so that a pass which forgets it is accepted": (
        weak(weights=1.0)
    ),
    "only the parameters are compared": weak(names="p"),
    "only dx and dh_prev are compared": weak(names="x"),
    "the tolerance lets an error of a thousandth pass": weak(limit=1e-2),
    "a pass is accepted as soon as one array agrees": weak(accept=any),
    "every pass is accepted": by_shape,
    "no pass is accepted, not even a right one": weak(limit=1e-15),
    "True stands for the broken passes": (
        lambda f, b: [not good for good in like_the_chapter(f, b)]
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda forward, backwards: [i < 3 for i in range(8)],
    lambda forward, backwards: like_the_chapter(forward, backwards[:5]),
    lambda forward, backwards: like_the_chapter(forward, backwards[0]),
    lambda forward, backwards: like_the_chapter(forward, backwards)[::-1],
]
