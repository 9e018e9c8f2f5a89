"""7.4: say which wrong line of code explains the red lines of a gradient check."""

import inspect
from functools import cache

import numpy as np

from gru_lesson import bptt, cell
from gru_lesson.gradcheck import numerical_gradient, relative_error
from gru_lesson.grading.question import Mistake, Question

# the right line in gru_step_backward or gru_backward, and what stands in its place
LINES = {
    1: ("da_z = dz * z * (1 - z)", "da_z = dz * z"),
    2: ('dg = da_h @ p["W_hh"].T', 'dg = da_h @ p["W_hh"]'),
    3: ("(r * h_prev).T @ da_h", "h_prev.T @ da_h"),
    4: ("dz = dh * (h_prev - h_tilde)", "dz = dh * (h_tilde - h_prev)"),
    5: ("da_h = dh_tilde * (1 - h_tilde**2)", "da_h = dh_tilde * (1 - h_tilde)"),
    6: ("grads[name] += step_grads[name]", "grads[name] = step_grads[name]"),
    7: (" + dg * r + ", " + dg + "),
    8: ("(r * h_prev).T @ da_h", "da_h.T @ (r * h_prev)"),
    9: ("gru_step_backward(dhs[t] + dh,", "gru_step_backward(dhs[t],"),
}
# what the checks show: red lines over one step, how many over five, what is said
CHECKS = {
    "A": ("xs h0 W_xz W_hz b_z", 11, "-1 times W_xz W_hz b_z"),
    "B": ("xs h0 W_xr W_hr b_r", 11, ""),
    "C": ("W_hh", 1, ""),
    "D": ("h0", 11, ""),
    "E": ("", 9, ""),
}


def reference():
    """Return the number of the wrong line for each of the checks A to E."""
    explained = {name: _line(*shown) for name, shown in CHECKS.items()}
    return explained


def _line(red, many, said):
    """Return the one number whose checks show this."""
    (found,) = (n for n in LINES if _shown(n) == (red, many, said))
    return found


@cache
def _shown(number):
    """Run the check of a broken backward pass over one step and over five."""
    right, wrong = LINES[number]
    source = inspect.getsource(cell.gru_step_backward)
    source += "\n\n" + inspect.getsource(bptt.gru_backward)
    if source.count(right) != 1:
        raise ValueError(f"the line {right!r} is not in the package once")
    names = dict(vars(bptt))
    exec(source.replace(right, wrong), names)
    red, said = {}, {"-1 times": [], "transposed": []}
    for T in (1, 5):
        dhs, caches, p, numeric = _check(T)
        dxs, dh0, grads = names["gru_backward"](dhs, caches, p)
        analytic = {"xs": dxs, "h0": dh0} | grads
        pairs = {name: (analytic[name], numeric[name]) for name in numeric}
        red[T] = [name for name, two in pairs.items() if relative_error(*two) > 1e-7]
        for name in red[1] if T == 1 else ():
            a, n = pairs[name]
            if relative_error(-a, n) < 1e-4:
                said["-1 times"].append(name)
            if name[:3] == "W_h" and relative_error(a.T, n) < 1e-4:
                said["transposed"].append(name)
    text = "; ".join(f"{k} {' '.join(v)}" for k, v in said.items() if v)
    return " ".join(red[1]), len(red[5]), text


@cache
def _check(T):
    """Return dhs, caches, p and the numerical gradients for a sequence of T steps."""
    rng = np.random.default_rng(1)
    N, D, H = 3, 2, 4
    shapes = {name: a.shape for name, a in cell.init_params(D, H, rng).items()}
    p = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    xs, h0 = rng.normal(size=(T, N, D)), rng.normal(size=(N, H))
    dhs = rng.normal(size=(T, N, H))

    def run():
        h, caches, loss = h0, [], 0.0
        for x, dh in zip(xs, dhs, strict=True):
            h, step = cell.gru_step(x, h, p)
            caches.append(step)
            loss += (dh * h).sum()
        return loss, caches

    arrays = {"xs": xs, "h0": h0} | p
    numeric = {n: numerical_gradient(lambda: run()[0], a) for n, a in arrays.items()}
    return dhs, run()[1], p, numeric


QUESTION = Question(
    title="Which line turns these red?",
    points=2,
    where="section 7.7 with figure 7.3",
    reference=reference,
    returns=("explained",),
    tolerance=0.1,
    hints=(
        "An array that is right speaks for every gradient that it is computed from.",
        "For each numbered line ask which gradients are computed from it, directly or "
        "later. Then look at what compare says beside A and C.",
        "Section 7.7: over one step the red lines name the culprit, and a sequence has "
        "mistakes of its own. Section 7.6 has the two lines that matter for E.",
    ),
    mistakes=(
        Mistake(
            "A is explained by a line that leaves the sign as it is",
            "return explained", 'return explained | {"A": 1}',
            "look for a line that turns every entry into its negative, in the update "
            "gate.",
            "section 7.3, equation 7.7",
        ),
        Mistake(
            "B is explained by a line that would turn b_h red too",
            "return explained", 'return explained | {"B": 5}',
            "look for a line after da_h: in B the three arrays of the candidate are "
            "right.",
            "section 7.3, equation 7.9",
        ),
        Mistake(
            "B is explained by a line that would turn the update gate red",
            "return explained", 'return explained | {"B": 1}',
            "look for a line that da_r is computed from, and da_z is not.",
            "section 7.3, equation 7.9",
        ),
        Mistake(
            "C is explained by a line that would turn the reset gate red too",
            "return explained", 'return explained | {"C": 2}',
            "look for a line that makes one gradient, which nothing else is computed "
            "from.",
            "section 7.3, equation 7.12",
        ),
        Mistake(
            "C is explained by a line whose transpose would fit",
            "return explained", 'return explained | {"C": 8}',
            "compare the two lines that touch W_hh alone: for one of them compare "
            "would say that the transpose fits.",
            "section 7.3, equation 7.12",
        ),
        Mistake(
            "D is explained by a line that would turn the reset gate red too",
            "return explained", 'return explained | {"D": 2}',
            "look for a line that no parameter is computed from.",
            "section 7.7",
        ),
        Mistake(
            "D is explained by a line that one step alone cannot show to be wrong",
            "return explained", 'return explained | {"D": 9}',
            "look for a line that is wrong over one step already: h0 is red there.",
            "section 7.7",
        ),
        Mistake(
            "E is explained by a line that would turn xs and h0 red too",
            "return explained", 'return explained | {"E": 9}',
            "look for a line that the parameters pass through, but xs and h0 do not.",
            "section 7.6, equation 7.17",
        ),
    ),
)  # fmt: skip
