"""6.4: run a step over sequences with gaps, where a masked step copies the state."""

import numpy as np

from gru_lesson.cell import gru_step, init_params
from gru_lesson.grading.pictures import TARGET, YOURS
from gru_lesson.grading.question import Mistake, Question


def reference(step, xs, h0, mask):
    """Return hs (T, N, H) for xs (T, N, D), h0 (N, H), mask (T, N), True = real."""
    h, hs = h0, []
    for x, real in zip(xs, mask, strict=True):
        new = step(x, h)
        h = np.where(real[:, None], new, h)
        hs.append(h)
    return np.stack(hs)


def inputs(rng):
    """Draw T = 6, N = 3, D = 4, H = 2; at step 5 no sequence is real, at 3, 4 all."""
    T, N, D, H = 6, 3, 4, 2
    p = {name: 2 * array for name, array in init_params(D, H, rng).items()}

    def step(x, h):
        return gru_step(x, h, p)[0]

    rows = np.array([[1, 1, 1, 1, 0, 0], [0, 0, 1, 1, 0, 1], [1, 0, 1, 1, 0, 1]]) > 0
    mask = rows[rng.permutation(N)].T
    return step, rng.normal(size=(T, N, D)), rng.uniform(-1, 1, (N, H)), mask


def picture(figure, arguments, target, yours):
    """Draw the first unit of each sequence, with the masked steps shaded."""
    mask, target, yours = arguments[-1], np.asarray(target), np.asarray(yours)
    axes = figure.subplots(1, mask.shape[1], sharey=True)
    steps = np.arange(1, len(mask) + 1)
    for n, ax in enumerate(axes):
        for t in steps[~mask[:, n]]:
            ax.axvspan(t - 0.5, t + 0.5, color="#76808a", alpha=0.2, lw=0)
        ax.plot(steps, target[:, n, 0], **TARGET)
        ax.plot(steps, yours[:, n, 0], **YOURS)
        ax.set(title=f"sequence {n + 1}", xlabel="step", xticks=steps)
    axes[0].set_ylabel("unit 1")
    handles = zip(axes[0].lines, ("target", "yours"), strict=True)
    for line, name in handles:
        line.set_label(name)
    figure.legend(
        handles=axes[0].lines[:2], loc="outside upper right", ncols=2, frameon=False
    )


QUESTION = Question(
    title="Sequences with gaps",
    points=2,
    where="section 6.3, and the corners of section 5.5 that keep",
    reference=reference,
    inputs=inputs,
    returns=("hs",),
    picture=picture,
    hints=(
        "Take the step for all sequences, then decide for each sequence whether the "
        "new state counts.",
        "The decision stands between the step and the storing, and the next step "
        "starts from what was decided. mask[t] has shape (N,), the state (N, H).",
        "Section 6.3, equation 6.2: see from which state each step starts. For a "
        "masked step the state after it is the state before it.",
    ),
    mistakes=(
        Mistake(
            "the mask is ignored",
            "np.where(real[:, None], new, h)", "new",
            "keep the state of a sequence whose step is masked.",
        ),
        Mistake(
            "the whole batch moves where any of its sequences is real",
            "h = np.where(real[:, None], new, h)", "h = new if real.any() else h",
            "decide for each sequence by itself: mask[t] has an entry for each.",
        ),
        Mistake(
            "the whole batch waits where any of its sequences is masked",
            "h = np.where(real[:, None], new, h)", "h = new if real.all() else h",
            "decide for each sequence by itself: mask[t] has an entry for each.",
        ),
        Mistake(
            "the mask is read the other way round",
            "new, h)", "h, new)",
            "take the new state where mask is True.",
        ),
        Mistake(
            "the masked input is set to 0, and the state moves all the same",
            "new = step(x, h)\n        h = np.where(real[:, None], new, h)",
            "h = step(x * real[:, None], h)",
            "copy the state: a step with the input 0 still changes it.",
            "section 6.4",
        ),
        Mistake(
            "the state becomes 0 at a masked step",
            "new, h)", "new, 0)",
            "copy the state before the step in the place of zeros.",
        ),
        Mistake(
            "hs holds 0 at the masked steps",
            "hs.append(h)", "hs.append(h * real[:, None])",
            "store the copied state also at masked steps.",
        ),
        Mistake(
            "the old state is stored, and the next step starts from the new state",
            "h = np.where(real[:, None], new, h)\n        hs.append(h)",
            "hs.append(np.where(real[:, None], new, h))\n        h = new",
            "start the next step from the state that was stored.",
        ),
        Mistake(
            "hs repeats its last state, and the next step starts from the new state",
            "h = np.where(real[:, None], new, h)\n        hs.append(h)",
            "hs.append(np.where(real[:, None], new, hs[-1] if hs else h0))\n"
            "        h = new",
            "start the next step from the state that was stored.",
        ),
        Mistake(
            "all masked steps are taken to stand at the end",
            "zip(xs, mask,",
            "zip(xs, np.arange(len(mask))[:, None] < mask.sum(axis=0),",
            "look up each step in mask: the number of real steps does not say which.",
        ),
        Mistake(
            "one array is stored at every step, and changed later",
            "np.stack(hs)", "np.stack([h] * len(hs))",
            "store a copy at each step, or make a new array for each state.",
        ),
    ),
)  # fmt: skip
