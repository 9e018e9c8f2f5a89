"""4.5: turn one gate at a time to 0, and see whom it reaches in each form."""

import numpy as np

from gru_lesson.grading.question import Mistake, Question


def reference(h_prev, r, W_hh):
    """Return before, after (H, H) for h_prev, r (H,), W_hh (H, H)."""
    H = len(r)
    before, after = np.zeros((H, H)), np.zeros((H, H))
    for i in range(H):
        turned = r.copy()
        turned[i] = 0
        before[i] = (turned * h_prev) @ W_hh - (r * h_prev) @ W_hh
        after[i] = turned * (h_prev @ W_hh) - r * (h_prev @ W_hh)
    return before, after


def inputs(rng):
    """Draw H = 4, with gates and states that are not near 0."""
    H = 4
    h_prev = rng.uniform(0.3, 0.9, H) * rng.choice([-1, 1], H)
    return h_prev, rng.uniform(0.2, 0.9, H), rng.normal(size=(H, H))


def exchanged(h_prev, r, W_hh):
    """Return the two forms in the other order."""
    return reference(h_prev, r, W_hh)[::-1]


def picture(figure, arguments, target, yours):
    """Draw four heat maps, 0 where it is 0: each form, to be and as it came."""
    pairs = zip(target, yours, strict=True)
    maps = [np.asarray(values, float) for pair in pairs for values in pair]
    names = ("before, target", "before, yours", "after, target", "after, yours")
    figure.set_size_inches(5.0, 4.6)
    axes = figure.subplots(2, 2)
    top = max(np.abs(m).max() for m in maps[::2])
    for ax, shown, name in zip(axes.flat, maps, names, strict=True):
        image = ax.imshow(shown, vmin=-top, vmax=top, cmap="RdBu_r")
        for i, j in np.argwhere(np.abs(shown) < 1e-9):
            ax.text(j, i, "0", ha="center", va="center", color="#505860")
        ax.set_title(name)
        ax.set(xticks=range(len(shown)), yticks=range(len(shown)))
    for row, column in zip(axes, axes.T, strict=True):
        row[0].set_ylabel("gate i")
        column[1].set_xlabel("entry j")
    figure.colorbar(image, ax=axes, shrink=0.6)


QUESTION = Question(
    title="One gate at a time",
    points=3,
    where="section 4.4, equation 4.5",
    reference=reference,
    inputs=inputs,
    returns=("before", "after"),
    starred=True,
    picture=picture,
    hints=(
        "Compute each form twice, with the gates as they are and with one gate at 0, "
        "and subtract.",
        "Row i belongs to the gate that is turned, column j to the entry that changes. "
        "All other gates keep the values that they had.",
        "Section 4.4, equation 4.5: look for the terms that hold one given gate, in "
        "the first line and in the second.",
    ),
    mistakes=(
        Mistake(
            "gates that were turned are not turned back",
            "turned = r.copy()",
            "turned = r.copy() if i == 0 else turned",
            "start each row from the gates as they were given, in a copy.",
        ),
        Mistake(
            "rows and columns are exchanged",
            "return before, after", "return before.T, after.T",
            "let row i belong to the gate that is turned.",
        ),
        Mistake(
            "old minus new",
            "return before, after", "return -before, -after",
            "subtract the old value from the new one: a change is new minus old.",
        ),
        Mistake(
            "the gate is opened, and not shut",
            "turned[i] = 0", "turned[i] = 1",
            "turn the gate to 0: a reset gate at 1 shows the past in full.",
            "section 4.2, on the two ends of the gate",
        ),
        Mistake(
            "all other gates are turned",
            "turned[i] = 0", "turned[np.arange(H) != i] = 0",
            "turn gate i alone, and leave the others as they are.",
        ),
        Mistake(
            "the two forms are exchanged",
            advice="call before the form in which r multiplies the state.",
            instead=exchanged,
        ),
        Mistake(
            "the value in the place of the change",
            "return before, after",
            "return before + (r * h_prev) @ W_hh, after + r * (h_prev @ W_hh)",
            "subtract what each form gives with the gates as they were.",
        ),
        Mistake(
            "before is filled on the diagonal alone",
            "before[i] = (turned * h_prev) @ W_hh - (r * h_prev) @ W_hh",
            "before[i, i] = -r[i] * h_prev[i] * W_hh[i, i]",
            "fill the rows of before: a unit sends to all units, not to itself alone.",
        ),
        Mistake(
            "the factor r_i is left out of before",
            "before[i] = (turned * h_prev) @ W_hh - (r * h_prev) @ W_hh",
            "before[i] = -h_prev[i] * W_hh[i]",
            "subtract what unit i sent with its gate as given: the share r_i of its "
            "state.",
        ),
        Mistake(
            "the factor r_i is left out of after",
            "after[i] = turned * (h_prev @ W_hh) - r * (h_prev @ W_hh)",
            "after[i, i] = -(h_prev @ W_hh)[i]",
            "subtract what unit i heard with its gate as given: the share r_i of entry "
            "i of the product.",
        ),
    ),
)  # fmt: skip
