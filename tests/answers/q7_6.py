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
            if np.abs(hand - n).max() > 1e-7 * np.abs(n).max():
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
        ends = np.cumsum(sizes)[:-1]
        pairs = zip(np.split(hand, ends), np.split(numeric, ends), strict=True)
        found.append(max(np.linalg.norm(a - n) / np.linalg.norm(n) for a, n in pairs))
    return np.less(found, 1e-7)


def one_random_direction(forward, backwards):
    """Compare the slopes along one random direction in each array."""
    rng = np.random.default_rng(4)
    N, D, H = 4, 3, 2
    at = {k: rng.normal(size=a.shape) for k, a in init_params(D, H, rng).items()}
    at |= {"x": rng.normal(size=(N, D)), "h_prev": rng.normal(size=(N, H))}
    dh, right = rng.normal(size=(N, H)), np.ones(len(backwards), dtype=bool)

    def loss(arrays):
        p = {k: a for k, a in arrays.items() if "_" in k and k != "h_prev"}
        return (dh * forward(arrays["x"], arrays["h_prev"], p)).sum()

    hands = []
    for backward in backwards:
        dx, dh_prev, grads = backward(dh, at["x"], at["h_prev"], at)
        hands.append({"x": dx, "h_prev": dh_prev} | grads)
    for name, array in at.items():
        v = rng.normal(size=array.shape)
        ends = [loss(at | {name: array + s * v}) for s in (2e-5, -2e-5)]
        slope = (ends[0] - ends[1]) / 4e-5
        found = np.array([(hand[name] * v).sum() for hand in hands])
        right &= np.abs(found - slope) <= 1e-7 * abs(slope)
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


def weak(N=4, D=2, H=3, state=1.0, input_=1.0, weights=None, **other):
    """Return a test with places for a weakness, by differences of its own."""
    keep, accept = other.get("keep", lambda name: True), other.get("accept", all)
    limit, relative = other.get("limit", 1e-7), other.get("relative", True)

    def test(forward, backwards):
        rng = np.random.default_rng(5)
        p = {k: rng.normal(size=a.shape) for k, a in init_params(D, H, rng).items()}
        x, h = input_ * rng.normal(size=(N, D)), state * rng.normal(size=(N, H))
        dh = rng.normal(size=(N, H)) if weights is None else weights
        arrays = {"x": x, "h_prev": h, **p}
        numeric = {}
        for k in filter(keep, arrays):
            numeric[k] = np.zeros(arrays[k].shape)
            for i in np.ndindex(arrays[k].shape):
                for s in (1e-5, -1e-5):
                    arrays[k][i] += s
                    numeric[k][i] += (dh * forward(x, h, p)).sum() / (2 * s)
                    arrays[k][i] -= s

        def passes(backward):
            hand = backward(dh * np.ones(h.shape), x, h, p)
            hand = {"x": hand[0], "h_prev": hand[1], **hand[2]}
            return accept(
                abs(hand[k] - n).max() <= limit * (abs(n).max() if relative else 1)
                for k, n in numeric.items()
            )

        return [passes(backward) for backward in backwards]

    return test


def by_shape(forward, backwards):
    x, h, p = np.ones((2, 3)), np.ones((2, 4)), init_params(3, 4, np.random)
    return [b(h, x, h, p)[1].shape == h.shape for b in backwards]


def in_company(digits):
    """Return a test that asks whether another pass returns the same numbers."""

    def test(forward, backwards):
        rng = np.random.default_rng(8)
        p, found = init_params(3, 5, rng), []
        x, h, dh = (rng.uniform(-1, 1, (2, k)) for k in (3, 5, 5))
        for backward in backwards:
            dx, dh_prev, grads = backward(dh, x, h, p)
            found.append([dx, dh_prev, *grads.values()])

        def alike(one, other):
            pairs = zip(one, other, strict=True)
            return all(
                (abs(a - b) < 10.0**-digits * abs(b).max()).all() for a, b in pairs
            )

        return [any(alike(a, b) for b in found if b is not a) for a in found]

    return test


# the name of the mistake that the check is to find
WRONG = {
    "the test has one sequence, which hides a mean in the place of a sum": weak(N=1),
    "N and H are equal, which hides a factor H / N": weak(N=3, D=3, H=3),
    "the test has one unit, which hides a matrix that is not transposed": weak(H=1),
    "the old state of the test is 0, which hides what is multiplied by it": (
        weak(state=0.0)
    ),
    "the input of the test is 0, which hides what is multiplied by it": (
        weak(input_=0.0)
    ),
    "dh is 1 everywhere, so that a pass which forgets it is accepted": (
        weak(weights=1.0)
    ),
    "only the parameters are compared": weak(keep=lambda k: k not in ("x", "h_prev")),
    "only dx and dh_prev are compared": weak(keep=lambda k: k in ("x", "h_prev")),
    "dx is not compared": weak(keep=lambda k: k != "x"),
    "dh_prev is not compared": weak(keep=lambda k: k != "h_prev"),
    "the three biases are not compared": weak(keep=lambda k: not k.startswith("b_")),
    "the weights from the input are not compared": weak(keep=lambda k: "W_x" not in k),
    "the weights from the state are not compared": weak(keep=lambda k: "W_h" not in k),
    "the tolerance lets a relative error of about a thousandth pass": weak(limit=2e-2),
    "the tolerance lets a relative error of a millionth pass": weak(limit=1e-5),
    "an error of less than a millionth passes where the gradient is small": (
        weak(relative=False)
    ),
    "a pass is accepted as soon as one array agrees": weak(accept=any),
    "a pass is accepted if another one agrees with it, to about five digits": (
        in_company(5)
    ),
    "a pass is accepted if another one agrees with it, up to rounding": in_company(11),
    "every pass is accepted": by_shape,
    "no pass is accepted, not even a right one": weak(limit=1e-13),
    "True stands for the broken passes": (
        lambda f, b: [not good for good in like_the_chapter(f, b)]
    ),
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda forward, backwards: like_the_chapter(forward, backwards)[::-1],
    lambda forward, backwards: [i < 3 for i in range(len(backwards))],
    lambda forward, backwards: like_the_chapter(forward, backwards[:5]),
    lambda forward, backwards: like_the_chapter(forward, backwards[0]),
    lambda forward, backwards: [
        2.5 * good for good in like_the_chapter(forward, backwards)
    ],
]
