"""7.5: back-propagation through time where some steps copy the state."""

import numpy as np

from gru_lesson.cell import gru_step, gru_step_backward
from gru_lesson.grading.pictures import maps
from gru_lesson.grading.question import Mistake, Question


def reference(dhs, mask, caches, p):
    """Return dxs (T, N, D), dh0 (N, H) and dW_hz (H, H); mask (T, N), 0 copies."""
    dh = np.zeros_like(dhs[0])
    dxs = np.zeros((len(caches), *caches[0].x.shape))
    dW_hz = np.zeros_like(p["W_hz"])
    for t in reversed(range(len(caches))):
        m = mask[t][:, None]
        dh = dhs[t] + dh
        dxs[t], dh_prev, grads = gru_step_backward(m * dh, caches[t], p)
        dh = dh_prev + (1 - m) * dh
        dW_hz += grads["W_hz"]
    return dxs, dh, dW_hz


def outside_comes_late(dhs, mask, caches, p):
    """Return the same where dhs[t] is added after the step back, not before it."""
    dh = np.zeros_like(dhs[0])
    dxs = np.zeros((len(caches), *caches[0].x.shape))
    dW_hz = np.zeros_like(p["W_hz"])
    for t in reversed(range(len(caches))):
        m = mask[t][:, None]
        dxs[t], dh_prev, grads = gru_step_backward(m * dh, caches[t], p)
        dh = dh_prev + (1 - m) * dh + dhs[t]
        dW_hz += grads["W_hz"]
    return dxs, dh, dW_hz


def inputs(rng):
    """Draw T = 5, N = 2, D = 3, H = 4, with two gaps in each sequence."""
    T, N, D, H = 5, 2, 3, 4
    p = {f"W_x{gate}": rng.normal(size=(D, H)) for gate in "zrh"}
    p |= {f"W_h{gate}": rng.normal(size=(H, H)) for gate in "zrh"}
    p |= {f"b_{gate}": rng.normal(size=H) for gate in "zrh"}
    first = rng.integers(1, 4)  # the two sequences have their gaps at other steps
    mask = np.ones((T, N))
    mask[[first, first + 1], 0] = 0
    mask[[0, first % 3 + 1], 1] = 0
    h, caches = rng.uniform(-1, 1, (N, H)), []
    for x, m in zip(rng.normal(size=(T, N, D)), mask, strict=True):
        new, cache = gru_step(x, h, p)
        h = np.where(m[:, None] == 1, new, h)
        caches.append(cache)
    return rng.normal(size=(T, N, H)), mask, caches, p


def picture(figure, arguments, target, yours):
    """Draw how much gradient each input gets; a gap that gets none is gray."""
    gap = arguments[1].T == 0
    sizes = [np.abs(np.asarray(answer[0])).sum(axis=2).T for answer in (target, yours)]
    limits = 0.0, float(sizes[0].max())
    shown = [np.where(gap & (size == 0), np.nan, size) for size in sizes]
    draw = maps("|dxs|", limits, "sequence", "step; gray: a gap, 0")
    draw(figure, arguments, *shown)
    for ax in figure.axes[:2]:
        image = ax.images[0]
        image.set_cmap(image.get_cmap().with_extremes(bad="#c4c8cc"))


QUESTION = Question(
    title="Through time, with gaps",
    points=3,
    where="section 7.6, equations 7.16 and 7.17",
    reference=reference,
    inputs=inputs,
    returns=("dxs", "dh0", "dW_hz"),
    starred=True,
    picture=picture,
    hints=(
        "The old state is used twice, by the step and by the copy. So its gradient is "
        "a sum of two terms, and in each row of the batch one of them is 0.",
        "The sum of equation 7.16 takes one of two ways to the old state, row by "
        "row. What its step made in a gap has had no effect on the loss: nothing of it "
        "may get a gradient, the parameters included.",
        "Section 7.6: equation 7.16 for the sum, equation 7.17 for the parameter. "
        "Section 7.2: rules 7.3 and 7.6 for the gap.",
    ),
    mistakes=(
        Mistake(
            "dW_hz is overwritten at each step, not summed",
            "dW_hz += grads", "dW_hz = grads",
            "add the gradients of all steps: the parameters serve at every one.",
            "section 7.6, equation 7.17",
        ),
        Mistake(
            "what comes back from the next step is left out",
            "dh = dhs[t] + dh", "dh = dhs[t]",
            "add what the step after has returned: a state acts through the next one "
            "too.",
            "section 7.6, equation 7.16",
        ),
        Mistake(
            "no gradient goes past a gap",
            "dh_prev + (1 - m) * dh", "dh_prev",
            "add a second term for the old state: in a gap it is copied.",
            "section 7.2, equation 7.6",
        ),
        Mistake(
            "the backward step gets gradient in the gaps too",
            "(m * dh, caches", "(dh, caches",
            "multiply what goes into the backward step by the mask.",
            "section 7.2, equation 7.3",
        ),
        Mistake(
            "dh_prev is masked, but dxs and dW_hz have gradient from the gaps in them",
            "(m * dh, caches[t], p)",
            "(dh, caches[t], p)\n        dh_prev = m * dh_prev",
            "mask before the backward step: what its step made in a gap was not "
            "used, so nothing of it gets a gradient.",
            "section 7.2, equation 7.3",
        ),
        Mistake(
            "dx and dh_prev are masked, but dW_hz has gradient from the gaps in it",
            "(m * dh, caches[t], p)",
            "(dh, caches[t], p)\n        dxs[t], dh_prev = m * dxs[t], m * dh_prev",
            "mask before the backward step: its dW is a sum over the batch, where the "
            "rows cannot be told apart.",
            "section 7.2, equations 7.3 and 7.6",
        ),
        Mistake(
            "gradient goes past every step, gap or not",
            "dh_prev + (1 - m) * dh", "dh_prev + dh",
            "let only the gaps copy: the second term has the factor 1 - m.",
            "section 7.2, equation 7.3",
        ),
        Mistake(
            "what comes from outside is dropped in the gaps",
            "dh = dhs[t] + dh", "dh = m * dhs[t] + dh",
            "add dhs[t] in a gap too: the loss sees the copied state.",
            "section 7.6, equation 7.16",
        ),
        Mistake(
            "the mask is read with 1 as the gap",
            "mask[t][:, None]", "1 - mask[t][:, None]",
            "let 1 be a step and 0 a gap.",
        ),
        Mistake(
            "the mask is read one step too early",
            "mask[t][:, None]", "mask[t - 1][:, None]",
            "take caches[t], dhs[t] and mask[t] together: they belong to one step.",
        ),
        Mistake(
            "dhs[t] comes one step late: it is added after the step back",
            instead=outside_comes_late,
            advice="add dhs[t] before you go back through step t: that step has made "
            "this state.",
            where="section 7.6, equation 7.16",
        ),
        Mistake(
            "the steps are walked from the first to the last",
            "reversed(range(len(caches)))", "range(len(caches))",
            "begin with the last step: a gradient needs all later uses first.",
            "section 7.2, equation 7.6",
        ),
    ),
)  # fmt: skip
