"""5.4: two planted bugs, one of which lets the state out of its bounds."""

import numpy as np

from gru_lesson.cell import candidate, init_params, reset_gate, update_gate
from gru_lesson.grading.question import Mistake, Question


def reference(xs, h0, p):
    """Return hs (T, N, H) for xs (T, N, D), h0 (N, H) and the nine arrays p."""
    h, hs = h0, []
    for x in xs:
        z = update_gate(x, h, p)
        r = reset_gate(x, h, p)
        h_tilde = candidate(x, h, r, p)
        h = z * h + (1 - z) * h_tilde
        hs.append(h)
    return np.stack(hs)


def given(xs, h0, p):
    """Return what the code of the stub does."""
    h, hs = h0, []
    for x in xs:
        z = update_gate(x, h, p)
        h = z * h
        r = reset_gate(x, h, p)
        h = h + candidate(x, h, r, p)
        hs.append(h)
    return np.stack(hs)


def forced(squash, step):
    """Return a run of `step` that squashes each state into its bounds."""

    def run(xs, h0, p):
        h, hs = h0, []
        for x in xs:
            h = squash(step(x[None], h, p)[0])
            hs.append(h)
        return np.stack(hs)

    return run


def clip(h):
    """Return h, cut off at -1 and 1."""
    return np.clip(h, -1, 1)


def clipped_last(xs, h0, p):
    """Return what the code of the stub does, cut off when it is returned."""
    return clip(given(xs, h0, p))


def in_order(xs, h0, p):
    """Return the run that adds the candidate whole, the order repaired."""
    h, hs = h0, []
    for x in xs:
        z = update_gate(x, h, p)
        h = z * h + candidate(x, h, reset_gate(x, h, p), p)
        hs.append(h)
    return np.stack(hs)


def inputs(rng):
    """Draw T = 5, N = 2, D = 3, H = 4, with biases that push the state outward."""
    T, N, D, H = 5, 2, 3, 4
    p = init_params(D, H, rng)
    p["b_z"] = rng.uniform(0.5, 1.5, H)
    p["b_r"] = rng.normal(0, 0.5, H)
    p["b_h"] = rng.choice([-1, 1], H) * rng.uniform(0.8, 1.2, H)
    return rng.normal(size=(T, N, D)), rng.uniform(-0.9, 0.9, (N, H)), p


QUESTION = Question(
    title="A state out of bounds",
    points=2,
    where="section 5.4, lines 1 to 10",
    reference=reference,
    inputs=inputs,
    returns=("hs",),
    hints=(
        "One bug breaks what makes the sum a convex combination. The other is a "
        "matter of order: a name changes its meaning halfway through the step.",
        "Write down for each line which state h holds when the line reads it. Both "
        "gates and the candidate need h_{t-1}, untouched.",
        "Section 5.2, equation 5.1, for the two shares; section 5.4, lines 1 to 10, "
        "for which numbers each line takes.",
    ),
    mistakes=(
        Mistake(
            "the code is still as it was given",
            instead=given,
            advice="print abs(h).max() after each step, and note which state each "
            "line reads.",
        ),
        Mistake(
            "np.clip forces the bound at each step, and both bugs are still there",
            instead=forced(clip, given),
            advice="take the clip out and repair the shares: with them the bound is "
            "earned, not forced. Then look at the order.",
            where="section 5.3, equation 5.4",
        ),
        Mistake(
            "tanh forces the bound at each step, and both bugs are still there",
            instead=forced(np.tanh, given),
            advice="take the outer tanh out and repair the shares: with them the bound "
            "is earned, not forced. Then look at the order.",
            where="section 5.3, equation 5.4",
        ),
        Mistake(
            "np.clip forces the bound on the result, and both bugs are still there",
            instead=clipped_last,
            advice="take the clip out and repair the shares: with them the bound is "
            "earned, not forced. Then look at the order.",
            where="section 5.3, equation 5.4",
        ),
        Mistake(
            "np.clip forces the bound, and the candidate is still added whole",
            instead=forced(clip, in_order),
            advice="take the clip out, and give the candidate the share that the old "
            "state does not have: then the bound is earned.",
            where="section 5.3, equation 5.4",
        ),
        Mistake(
            "tanh forces the bound, and the candidate is still added whole",
            instead=forced(np.tanh, in_order),
            advice="take the outer tanh out, and give the candidate the share that the "
            "old state does not have: then the bound is earned.",
            where="section 5.3, equation 5.4",
        ),
        Mistake(
            "the candidate is added whole",
            "(1 - z) * h_tilde", "h_tilde",
            "give the candidate the share that the old state does not have.",
            "section 5.2, equation 5.1",
        ),
        Mistake(
            "the old state is kept whole, beside a share of the candidate",
            "z * h +", "h +",
            "keep the share z of the old state.",
            "section 5.2, equation 5.1",
        ),
        Mistake(
            "the reset gate and the candidate read the state after z has shrunk it",
            "reset_gate(x, h, p)\n        h_tilde = candidate(x, h, r, p)",
            "reset_gate(x, z * h, p)\n        h_tilde = candidate(x, z * h, r, p)",
            "multiply by z only after the reset gate and the candidate are made.",
            "section 5.4, lines 3 to 8",
        ),
        Mistake(
            "the candidate reads the state after z has shrunk it",
            "candidate(x, h, r, p)", "candidate(x, z * h, r, p)",
            "make the candidate from the old state as it came in.",
            "section 5.4, lines 5 and 6",
        ),
        Mistake(
            "the reset gate reads the state after z has shrunk it",
            "reset_gate(x, h, p)", "reset_gate(x, z * h, p)",
            "make the reset gate from the old state as it came in.",
            "section 5.4, line 3",
        ),
        Mistake(
            "z writes, where this book's z keeps",
            "z * h + (1 - z) * h_tilde", "(1 - z) * h + z * h_tilde",
            "exchange the two shares: z goes to the old state.",
            "section 5.7, equation 5.8",
            convention=True,
        ),
    ),
)  # fmt: skip
