"""7.6: a test that tells right backward passes of an unknown cell from broken ones."""

from functools import cache

import numpy as np

from gru_lesson.cell import init_params
from gru_lesson.gradcheck import numerical_gradient, relative_error
from gru_lesson.grading.bank.passes import BUGS, converted, make, one_at_a_time, step
from gru_lesson.grading.question import Mistake, Question


def reference(forward, backwards):
    """Return a bool for each of backwards: whether it is the gradient of forward."""
    N, D, H = 3, 1, 2
    sizes = {"x": 1, "h_prev": 1, "dh": 1}
    x, h_prev, dh, p, numeric = _experiment(forward, N, D, H, **sizes)
    right = []
    for backward in backwards:
        dx, dh_prev, grads = backward(dh, x, h_prev, p)
        analytic = {"x": dx, "h_prev": dh_prev} | grads
        errors = (relative_error(analytic[k], numeric[k]) for k in numeric)
        right.append(all(error <= 1e-7 for error in errors))
    return right


@cache
def _experiment(forward, N, D, H, x, h_prev, dh):
    """Draw arrays of these sizes (a dh of size 0 is 1 everywhere), and differentiate.

    Kept for each combination, since many mistakes are tried on every wrong answer.
    """
    rng = np.random.default_rng(0)
    p = {k: rng.normal(size=a.shape) for k, a in init_params(D, H, rng).items()}
    x = x * rng.normal(size=(N, D))
    h_prev = h_prev * rng.normal(size=(N, H))
    dh = rng.normal(size=(N, H)) if dh else np.ones((N, H))

    def loss():
        return (dh * forward(x, h_prev, p)).sum()

    arrays = {"x": x, "h_prev": h_prev} | p
    numeric = {k: numerical_gradient(loss, a) for k, a in arrays.items()}
    return x, h_prev, dh, p, numeric


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

    Each of the others has a bug that one weak test lets through: see `passes`.
    """
    right = [make(), converted(), one_at_a_time(make())]
    passes = [right[i] for i in rng.permutation(3)[: rng.integers(1, 3)]]
    passes += [make("sign"), one_at_a_time(make("sign")), converted(turned=False)]
    passes += [make(bug) for bug in BUGS]
    return step, [passes[i] for i in rng.permutation(len(passes))]


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
            '"h_prev": 1', '"h_prev": 0',
            "draw h_prev at random, as the chapter does.",
            "section 7.5",
        ),
        Mistake(
            "the input of the test is 0, which hides what is multiplied by it",
            '"x": 1', '"x": 0',
            "draw x at random, as the chapter does.",
            "section 7.3",
        ),
        Mistake(
            "dh is 1 everywhere, so that a pass which forgets it is accepted",
            '"dh": 1', '"dh": 0',
            "draw dh at random, and let the loss be the sum of dh * h.",
            "section 7.3",
        ),
        Mistake(
            "only the parameters are compared",
            "for k in numeric)", "for k in p)",
            "compare dx and dh_prev as well.",
            "section 7.3",
        ),
        Mistake(
            "only dx and dh_prev are compared",
            "for k in numeric)", 'for k in ("x", "h_prev"))',
            "compare the nine gradients of the parameters as well.",
            "section 7.3",
        ),
        Mistake(
            "dx is not compared",
            "for k in numeric)", 'for k in numeric if k != "x")',
            "compare all eleven arrays.",
            "section 7.3",
        ),
        Mistake(
            "dh_prev is not compared",
            "for k in numeric)", 'for k in numeric if k != "h_prev")',
            "compare all eleven arrays.",
            "section 7.3",
        ),
        Mistake(
            "the three biases are not compared",
            "for k in numeric)", 'for k in numeric if k[0] != "b")',
            "compare all eleven arrays.",
            "section 7.3",
        ),
        Mistake(
            "the weights from the input are not compared",
            "for k in numeric)", 'for k in numeric if k[:3] != "W_x")',
            "compare all eleven arrays.",
            "section 7.3",
        ),
        Mistake(
            "the weights from the state are not compared",
            "for k in numeric)", 'for k in numeric if k[:3] != "W_h")',
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
            "all(", "any(",
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
            where="section 7.3; section 7.5, equation 7.14",
        ),
        Mistake(
            "True stands for the broken passes",
            "append(all", "append(not all",
            "turn the answers around: True is for a right pass.",
        ),
    ),
)  # fmt: skip
