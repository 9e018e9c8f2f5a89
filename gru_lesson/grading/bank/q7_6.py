"""7.6: a test that tells three right backward passes from five broken ones."""

import numpy as np

from gru_lesson.cell import gru_step_backward, init_params, sigmoid
from gru_lesson.gradcheck import numerical_gradient, relative_error
from gru_lesson.grading.question import Mistake, Question


def reference(forward, backwards):
    """Return a bool for each of backwards: whether it is the gradient of forward."""
    rng = np.random.default_rng(0)
    N, D, H = 3, 1, 2
    p = {k: rng.normal(size=a.shape) for k, a in init_params(D, H, rng).items()}
    x, h_prev = rng.normal(size=(N, D)), rng.normal(size=(N, H))
    dh = rng.normal(size=(N, H))
    arrays = {"x": x, "h_prev": h_prev} | p

    def loss():
        return (dh * forward(x, h_prev, p)).sum()

    numeric = {k: numerical_gradient(loss, a) for k, a in arrays.items()}
    right = []
    for backward in backwards:
        dx, dh_prev, grads = backward(dh, x, h_prev, p)
        analytic = {"x": dx, "h_prev": dh_prev} | grads
        errors = [relative_error(analytic[k], numeric[k]) for k in numeric]
        right.append(max(errors) <= 1e-7)
    return right


def accept_all(forward, backwards):
    """Return True for each of backwards."""
    return [True for _ in backwards]


def accept_none(forward, backwards):
    """Return False for each of backwards."""
    return [False for _ in backwards]


def inputs(rng):
    """Draw the order of three right and five broken passes."""
    broken = [_pass(what) for what in ("mean", "state", "dh", "path", "half")]
    passes = [_pass(""), _converted(), _one_at_a_time(), *broken]
    return _step, [passes[i] for i in rng.permutation(len(passes))]


def _step(x, h_prev, p):
    """Return h of a step whose update gate writes."""
    z, _, h_tilde = _parts(x, h_prev, p)
    return (1 - z) * h_prev + z * h_tilde


def _parts(x, h_prev, p):
    z = sigmoid(x @ p["W_xz"] + h_prev @ p["W_hz"] + p["b_z"])
    r = sigmoid(x @ p["W_xr"] + h_prev @ p["W_hr"] + p["b_r"])
    return z, r, np.tanh(x @ p["W_xh"] + (r * h_prev) @ p["W_hh"] + p["b_h"])


def _pass(what):
    """Return a backward pass for `_step`, right if `what` is empty."""

    def backward(dh, x, h_prev, p):
        z, r, h_tilde = _parts(x, h_prev, p)
        if what == "half":  # as if the cache were kept in half precision
            z = z.astype(np.float16).astype(float)
        dz = (1 if what == "dh" else dh) * (h_tilde - h_prev)
        da_z = dz * z * (1 - z)
        da_h = dh * z * (1 - h_tilde**2)
        dg = da_h @ p["W_hh"].T
        da_r = dg * h_prev * r * (1 - r)
        dh_prev = dh * (1 - z) + da_z @ p["W_hz"].T + dg * r
        if what != "path":
            dh_prev += da_r @ p["W_hr"].T
        dx, grads = 0, {}
        for gate, da in ("z", da_z), ("r", da_r), ("h", da_h):
            seen = r * h_prev if gate == "h" and what != "state" else h_prev
            dx = dx + da @ p[f"W_x{gate}"].T
            grads |= {f"W_x{gate}": x.T @ da, f"W_h{gate}": seen.T @ da}
            grads[f"b_{gate}"] = da.mean(0) if what == "mean" else da.sum(0)
        return dx, dh_prev, grads

    return backward


def _converted():
    """Return a right pass: the book's, with the signs of the update gate turned."""
    gate = ("W_xz", "W_hz", "b_z")

    def backward(dh, x, h_prev, p):
        z, r, h_tilde = _parts(x, h_prev, p)
        q = p | {name: -p[name] for name in gate}
        dx, dh_prev, grads = gru_step_backward(dh, (x, h_prev, 1 - z, r, h_tilde), q)
        return dx, dh_prev, grads | {name: -grads[name] for name in gate}

    return backward


def _one_at_a_time():
    """Return a right pass that takes the sequences of the batch one by one."""
    one = _pass("")

    def backward(dh, x, h_prev, p):
        rows = [slice(n, n + 1) for n in range(len(x))]
        dxs, dh_prevs, grads = zip(
            *(one(dh[n], x[n], h_prev[n], p) for n in rows), strict=True
        )
        total = {name: sum(g[name] for g in grads) for name in p}
        return np.vstack(dxs), np.vstack(dh_prevs), total

    return backward


QUESTION = Question(
    title="A test that five bugs do not pass",
    points=3,
    where="sections 7.3 and 7.5",
    reference=reference,
    inputs=inputs,
    returns=("right",),
    starred=True,
    hints=(
        "A mistake is caught if it changes a number that the test looks at. Ask what "
        "your test inputs, your loss or your list of arrays might hide.",
        "Choose N, D, H with N above 1, draw x, h_prev, p and dh at random, take the "
        "sum of dh * h as the loss, and look at all eleven arrays.",
        "Section 7.3, the cell under `And the check of the whole step`; section 7.5, "
        "the three habits at its end.",
    ),
    mistakes=(
        Mistake(
            "the test has one sequence, so that sums over the batch are not tested",
            "N, D, H = 3, 1, 2", "N, D, H = 1, 1, 2",
            "take a batch of two or more: a mean is not a sum then.",
            "section 7.5",
        ),
        Mistake(
            "the old state of the test is 0, which hides what is multiplied by it",
            "rng.normal(size=(N, D)), rng.normal(size=(N, H))",
            "rng.normal(size=(N, D)), np.zeros((N, H))",
            "draw h_prev at random, as the chapter does.",
            "section 7.5",
        ),
        Mistake(
            "dh is the same everywhere, so that a pass which forgets it is accepted",
            "dh = rng.normal(size=(N, H))", "dh = np.ones((N, H))",
            "draw dh at random, and let the loss be the sum of dh * h.",
            "section 7.3",
        ),
        Mistake(
            "only the parameters are compared",
            "for k in numeric]", "for k in p]",
            "compare dx and dh_prev as well.",
            "section 7.3",
        ),
        Mistake(
            "only dx and dh_prev are compared",
            "for k in numeric]", 'for k in ("x", "h_prev")]',
            "compare the nine gradients of the parameters as well.",
            "section 7.3",
        ),
        Mistake(
            "the tolerance lets an error of a thousandth pass",
            "<= 1e-7", "<= 1e-2",
            "accept a relative error of up to 1e-7, as compare does.",
            "sections 7.3 and 7.5",
        ),
        Mistake(
            "a pass is accepted as soon as one array agrees",
            "max(errors)", "min(errors)",
            "accept a pass only if all eleven arrays agree.",
            "section 7.3",
        ),
        Mistake(
            "every pass is accepted",
            instead=accept_all,
            advice="compare the values of each array with the numerical gradient.",
            where="section 7.3",
        ),
        Mistake(
            "no pass is accepted, not even a right one",
            instead=accept_none,
            advice="check three things: the loss is the sum of dh * h, backward gets "
            "the same dh, and the differences are two-sided in double precision.",
            where="section 7.3; section 7.5, equation (7.14)",
        ),
        Mistake(
            "True stands for the broken passes",
            "max(errors) <= 1e-7", "max(errors) > 1e-7",
            "turn the answers around: True is for a right pass.",
        ),
    ),
)  # fmt: skip
