"""7.6: a test that tells right backward passes of an unknown cell from broken ones."""

import numpy as np

from gru_lesson.cell import gru_step_backward, init_params, sigmoid
from gru_lesson.gradcheck import numerical_gradient, relative_error
from gru_lesson.grading.question import Mistake, Question

INPUT = 0.1  # this cell scales its input: gradients of W_xz, W_xr, W_xh are small


def reference(forward, backwards):
    """Return a bool for each of backwards: whether it is the gradient of forward."""
    rng = np.random.default_rng(0)
    N, D, H = 3, 1, 2
    p = {k: rng.normal(size=a.shape) for k, a in init_params(D, H, rng).items()}
    x = rng.normal(size=(N, D))
    h_prev = rng.normal(size=(N, H))
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


def accept_company(forward, backwards, rtol=1e-5):
    """Return True for each of backwards with which another one agrees."""
    rng = np.random.default_rng(0)
    p = {k: rng.normal(size=a.shape) for k, a in init_params(2, 3, rng).items()}
    x, h_prev, dh = (rng.normal(size=(4, size)) for size in (2, 3, 3))
    rows = []
    for backward in backwards:
        dx, dh_prev, grads = backward(dh, x, h_prev, p)
        parts = [dx, dh_prev, *(grads[k] for k in p)]
        rows.append(np.concatenate([part.ravel() for part in parts]))
    company = [sum(np.allclose(a, b, rtol, 1e-3 * rtol) for b in rows) for a in rows]
    return [many > 1 for many in company]


def accept_close_company(forward, backwards):
    """Return True for each of backwards with which another one agrees to rounding."""
    return accept_company(forward, backwards, 1e-10)


def inputs(rng):
    """Draw one or two right passes, three that share a bug, and others, in any order.

    Each of the others has a bug that one weak test lets through: see `_pass`.
    """
    right = [_pass(), _converted(), _one_at_a_time(_pass())]
    passes = [right[i] for i in rng.permutation(3)[: rng.integers(1, 3)]]
    passes += [_pass("sign"), _one_at_a_time(_pass("sign")), _converted(turned=False)]
    passes += [_pass(bug) for bug in BUGS]
    return _step, [passes[i] for i in rng.permutation(len(passes))]


def _step(x, h_prev, p):
    """Return h of a step whose update gate writes and whose input is scaled."""
    z, _, h_tilde = _parts(INPUT * x, h_prev, p)
    return (1 - z) * h_prev + z * h_tilde


def _parts(x, h_prev, p):
    z = sigmoid(x @ p["W_xz"] + h_prev @ p["W_hz"] + p["b_z"])
    r = sigmoid(x @ p["W_xr"] + h_prev @ p["W_hr"] + p["b_r"])
    return z, r, np.tanh(x @ p["W_xh"] + (r * h_prev) @ p["W_hh"] + p["b_h"])


BUGS = {
    "mean": "passes with N = 1",
    "mean times H": "passes with N = H",
    "not turned": "passes with H = 1",
    "state": "passes with h_prev = 0",
    "no input": "passes with x = 0",
    "no dh": "passes with dh = 1",
    "path 4": "passes if dh_prev is not compared",
    "dx": "passes if dx is not compared",
    "bias": "passes if the biases are not compared",
    "from the input": "passes if the weights from the input are not compared",
    "half": "passes with a tolerance of 1e-2",
    "millionth": "passes with a tolerance of 1e-6",
    "small": "passes with an absolute tolerance of 1e-7",
}


def _pass(bug=""):
    """Return a backward pass for `_step`, right if `bug` is empty."""

    def backward(dh, x, h_prev, p):
        x = INPUT * x
        z, r, h_tilde = _parts(0 * x if bug == "no input" else x, h_prev, p)
        if bug == "half":  # as if the cache were kept in half precision
            z = z.astype(np.float16).astype(float)
        dz = (1 if bug == "no dh" else dh) * (h_tilde - h_prev)
        da_z = (-dz if bug == "sign" else dz) * z * (1 - z)
        da_h = dh * z * (1 - h_tilde**2)
        dg = da_h @ (p["W_hh"] if bug == "not turned" else p["W_hh"].T)
        da_r = dg * h_prev * r * (1 - r)
        dh_prev = dh * (1 - z) + da_z @ p["W_hz"].T + dg * r
        if bug != "path 4":
            dh_prev += da_r @ p["W_hr"].T
        dx, grads = 0, {}
        for gate, da in ("z", da_z), ("r", da_r), ("h", da_h):
            if (gate, bug) != ("r", "dx"):
                dx = dx + INPUT * da @ p[f"W_x{gate}"].T
            seen = r * h_prev if gate == "h" and bug != "state" else h_prev
            input_side = da_z if (gate, bug) == ("r", "from the input") else da
            bias_side = da_z if (gate, bug) == ("r", "bias") else da
            grads[f"W_x{gate}"] = x.T @ input_side
            grads[f"W_h{gate}"] = seen.T @ da
            grads[f"b_{gate}"] = bias_side.sum(axis=0)
        N, H = dh.shape
        factor = {"mean": 1 / N, "mean times H": H / N, "millionth": 1 + 9e-7}
        for name in grads:
            grads[name] = grads[name] * factor.get(bug, 1.0)
            if bug == "small" and name[:3] == "W_x":
                grads[name] = grads[name] * (1 + 2e-7)
        return dx, dh_prev, grads

    return backward


def _converted(turned=True):
    """Return the book's pass, right if the signs of the update gate are turned."""
    gate = ("W_xz", "W_hz", "b_z") if turned else ()

    def backward(dh, x, h_prev, p):
        z, r, h_tilde = _parts(INPUT * x, h_prev, p)
        q = p | {name: -p[name] for name in gate}
        cache = INPUT * x, h_prev, 1 - z, r, h_tilde
        dx, dh_prev, grads = gru_step_backward(dh, cache, q)
        return INPUT * dx, dh_prev, grads | {name: -grads[name] for name in gate}

    return backward


def _one_at_a_time(one):
    """Return a pass that gives another the sequences of the batch one by one."""

    def backward(dh, x, h_prev, p):
        rows = [slice(n, n + 1) for n in range(len(x))]
        dxs, dh_prevs, grads = zip(
            *(one(dh[n], x[n], h_prev[n], p) for n in rows), strict=True
        )
        total = {name: sum(g[name] for g in grads) for name in grads[0]}
        return np.vstack(dxs), np.vstack(dh_prevs), total

    return backward


QUESTION = Question(
    title="A test that no bug passes",
    points=3,
    where="sections 7.3 and 7.5",
    reference=reference,
    inputs=inputs,
    returns=("right",),
    starred=True,
    hints=(
        "A mistake is caught if it changes a number that the test looks at. Ask what "
        "the inputs, the loss, the list of arrays and the tolerance might hide.",
        "Choose N, D and H all different and above 1, draw x, h_prev, p and dh at "
        "random, and look at all eleven arrays.",
        "Section 7.3, the cell under `And the check of the whole step`; section 7.5, "
        "the three habits at its end.",
    ),
    mistakes=(
        Mistake(
            "the test has one sequence, which hides a mean in the place of a sum",
            "N, D, H = 3, 1, 2", "N, D, H = 1, 3, 2",
            "take a batch of two or more: a mean is not a sum then.",
            "section 7.5",
        ),
        Mistake(
            "N and H are equal, which hides a factor H / N",
            "N, D, H = 3, 1, 2", "N, D, H = 2, 1, 2",
            "let N, D and H differ, as section 7.5 says.",
            "section 7.5",
        ),
        Mistake(
            "the test has one unit, which hides a matrix that is not transposed",
            "N, D, H = 3, 1, 2", "N, D, H = 3, 2, 1",
            "take two units or more: a matrix of one entry is its own transpose.",
            "section 7.5",
        ),
        Mistake(
            "the old state of the test is 0, which hides what is multiplied by it",
            "h_prev = rng.normal(size=(N, H))", "h_prev = np.zeros((N, H))",
            "draw h_prev at random, as the chapter does.",
            "section 7.5",
        ),
        Mistake(
            "the input of the test is 0, which hides what is multiplied by it",
            "x = rng.normal(size=(N, D))", "x = np.zeros((N, D))",
            "draw x at random, as the chapter does.",
            "section 7.3",
        ),
        Mistake(
            "dh is 1 everywhere, so that a pass which forgets it is accepted",
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
            "dx is not compared",
            "for k in numeric]", 'for k in numeric if k != "x"]',
            "compare all eleven arrays.",
            "section 7.3",
        ),
        Mistake(
            "dh_prev is not compared",
            "for k in numeric]", 'for k in numeric if k != "h_prev"]',
            "compare all eleven arrays.",
            "section 7.3",
        ),
        Mistake(
            "the three biases are not compared",
            "for k in numeric]", 'for k in numeric if k[0] != "b"]',
            "compare all eleven arrays.",
            "section 7.3",
        ),
        Mistake(
            "the weights from the input are not compared",
            "for k in numeric]", 'for k in numeric if k[:3] != "W_x"]',
            "compare all eleven arrays.",
            "section 7.3",
        ),
        Mistake(
            "the weights from the state are not compared",
            "for k in numeric]", 'for k in numeric if k[:3] != "W_h"]',
            "compare all eleven arrays.",
            "section 7.3",
        ),
        Mistake(
            "the tolerance lets a relative error of about a thousandth pass",
            "<= 1e-7", "<= 1e-2",
            "accept a relative error of up to 1e-7, as compare does.",
            "sections 7.3 and 7.5",
        ),
        Mistake(
            "the tolerance lets a relative error of a millionth pass",
            "<= 1e-7", "<= 1e-6",
            "accept a relative error of up to 1e-7, as compare does.",
            "sections 7.3 and 7.5",
        ),
        Mistake(
            "an error of less than a millionth passes where the gradient is small",
            "relative_error(analytic[k], numeric[k])",
            "np.abs(analytic[k] - numeric[k]).max()",
            "divide the error by the largest entry of its own array, as relative_error "
            "does, and accept up to 1e-7.",
            "section 7.5",
        ),
        Mistake(
            "a pass is accepted as soon as one array agrees",
            "max(errors)", "min(errors)",
            "accept a pass only if all eleven arrays agree.",
            "section 7.3",
        ),
        Mistake(
            "a pass is accepted if another one agrees with it, to about five digits",
            instead=accept_company,
            advice="compare with the numerical gradient of forward: passes that agree "
            "may share a bug.",
            where="section 7.3",
        ),
        Mistake(
            "a pass is accepted if another one agrees with it, up to rounding",
            instead=accept_close_company,
            advice="compare with the numerical gradient of forward: passes that agree "
            "may share a bug.",
            where="section 7.3",
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
            advice="check: tolerance 1e-7, relative to the largest entry; one dh in "
            "loss and backward; two-sided differences in float64; weights of order 1.",
            where="section 7.3; section 7.5, equation (7.14)",
        ),
        Mistake(
            "True stands for the broken passes",
            "max(errors) <= 1e-7", "max(errors) > 1e-7",
            "turn the answers around: True is for a right pass.",
        ),
    ),
)  # fmt: skip
