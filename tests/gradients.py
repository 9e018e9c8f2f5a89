"""Hold the gradients of a sequence function against central differences."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gru_lesson.gradcheck import numerical_gradient, relative_error

TOLERANCE = 1e-7
# Differences of step 1e-5 are good to about 1e-11. Where the terms of a whole gradient
# cancel to less than this, they cannot tell 1e-7 of it: such an example is held to
# TOLERANCE * CANCELLED in absolute terms, does not count, and another one is drawn.
CANCELLED = 1e-3
SIZE = st.integers(1, 5)


def away_from_zero(rng, shape):
    """Draw from ±[1/2, 1], so that no gradient is tiny because one weight is."""
    return rng.choice([-1.0, 1.0], shape) * rng.uniform(0.5, 1, shape)


def problem(init_params, T, N, D, H, seed):
    """Draw xs, h0, parameters and dhs, the weights of the loss (dhs * hs).sum().

    Where the parameters are those of an LSTM, h0 is the pair (h0, c0).
    """
    rng = np.random.default_rng(seed)
    xs, h0 = away_from_zero(rng, (T, N, D)), away_from_zero(rng, (N, H))
    shapes = {name: a.shape for name, a in init_params(D, H, rng).items()}
    p = {name: away_from_zero(rng, shape) for name, shape in shapes.items()}
    dhs = away_from_zero(rng, (T, N, H))
    return xs, (h0, away_from_zero(rng, (N, H))) if "b_c" in p else h0, p, dhs


def named_state(start):
    """Name the initial state, or the two of the pair."""
    both = start if isinstance(start, tuple) else (start,)
    return dict(zip(("h0", "c0"), both, strict=False))


def start(arrays):
    """Return h0 of named arrays, or the pair (h0, c0) where there is a c0."""
    return (arrays["h0"], arrays["c0"]) if "c0" in arrays else arrays["h0"]


def named_outputs(hs, caches):
    """Name what a forward pass computed: the states and, of an LSTM, the last c."""
    return {"hs": hs} | ({"c_last": caches[-1].c} if "c" in caches[-1]._fields else {})


def named_gradients(backward, dhs, caches, p):
    dxs, dstart, grads = backward(dhs, caches, p)
    return {"xs": dxs, **named_state(dstart), **grads}


def agreement(forward, backward, init_params):
    """Check every gradient on random sizes and seeds; say how well they agree."""
    worst, set_aside, names = [], [], set()

    @given(T=SIZE, N=SIZE, D=SIZE, H=SIZE, seed=st.integers(0, 2**32 - 1))
    def check(T, N, D, H, seed):
        xs, h0, p, dhs = problem(init_params, T, N, D, H, seed)
        arrays = {"xs": xs, **named_state(h0), **p}
        hs, caches = forward(xs, h0, p)
        analytic = named_gradients(backward, dhs, caches, p)
        assert analytic.keys() == arrays.keys()

        def loss():  # less a constant: the same gradient, but less to round
            return (dhs * (forward(xs, h0, p)[0] - hs)).sum()

        names.update(arrays)
        cancelled, errors = False, []
        for name, array in arrays.items():
            numeric = numerical_gradient(loss, array)
            assert analytic[name].shape == array.shape, name
            difference = np.abs(analytic[name] - numeric).max()
            scale = np.abs(numeric).max()
            assert difference <= TOLERANCE * max(scale, CANCELLED), name
            cancelled |= scale < CANCELLED
            errors.append(relative_error(analytic[name], numeric))
        if cancelled:
            set_aside.append(seed)
        assume(not cancelled)
        worst.append(max(errors))
        assert worst[-1] <= TOLERANCE

    check()
    assert len(worst) >= min(200, settings.default.max_examples)
    return (
        f"{len(worst)} examples of {len(names)} gradients, "
        f"worst error {max(worst):.1e}; {len(set_aside)} more set aside"
    )


def assert_gradients(loss, analytic, arrays):
    """Hold gradients against central differences; return the worst error."""
    assert analytic.keys() == arrays.keys()
    errors = {
        name: relative_error(analytic[name], numerical_gradient(loss, array))
        for name, array in arrays.items()
    }
    assert all(error <= TOLERANCE for error in errors.values()), errors
    return max(errors.values())
