"""3.6: how much of a nudge of the old state arrives by each of its two roads."""

import numpy as np

from gru_lesson.grading.question import Mistake, Question


def reference(step, h_prev, z, r):
    """Return kept, shown (H, H) for a function, h_prev (1, H), z (H,), r (H,)."""
    nudges = 1e-5 * np.eye(len(z))

    def slopes(z, r):
        above, below = step(h_prev + nudges, z, r), step(h_prev - nudges, z, r)
        return (above - below) / 2e-5

    kept = slopes(z, 0 * r)
    both = slopes(z, r)
    return kept, both - kept


def inputs(rng):
    """Draw H = 4 and a step with weights that the learner does not see."""
    H = 4
    W_hh, from_x = 0.9 * rng.normal(size=(H, H)), 0.5 * rng.normal(size=H)

    def step(h_prev, z, r):
        h_tilde = np.tanh(from_x + (r * h_prev) @ W_hh)
        return z * h_prev + (1 - z) * h_tilde

    h_prev = rng.uniform(-0.8, 0.8, (1, H))
    return step, h_prev, rng.uniform(0.15, 0.6, H), rng.uniform(0.3, 0.9, H)


def picture(figure, arguments, target, yours):
    """Draw both roads on one scale, which reaches to the largest entry of all."""
    figure.set_size_inches(5.0, 4.4)
    grid = figure.subplots(2, 2)
    end = max(np.nanmax(np.abs(part)) for part in (*target, *yours))
    for column, parts, whose in (0, target, "target"), (1, yours, "yours"):
        for ax, part, name in zip(
            grid[:, column], parts, ("kept", "shown"), strict=True
        ):
            image = ax.imshow(part, vmin=-end, vmax=end, cmap="RdBu_r")
            ticks = range(len(target[0]))
            ax.set(title=f"{name}, {whose}", xticks=ticks, yticks=ticks)
            ax.set(xlabel="j", ylabel="i")
    figure.colorbar(image, ax=grid, shrink=0.8)


QUESTION = Question(
    title="Two roads, measured",
    points=3,
    where="section 3.7, equation 3.7",
    reference=reference,
    inputs=inputs,
    returns=("kept", "shown"),
    tolerance=1e-4,
    decimals=3,
    starred=True,
    picture=picture,
    hints=(
        "You can measure the two roads together. Is there a value of a gate that "
        "closes one of them and leaves the other as it is?",
        "Nudge one unit of h_prev up and down, and divide the change of the new state "
        "by 2 × 1e-5: that is row i. Do it with the r given, and with another r.",
        "Section 3.7: equation 3.7 has a term for each road; look for the factor "
        "that only the second one has. The cell below it measures row by row.",
    ),
    mistakes=(
        Mistake(
            "the second road is given as both together",
            "both - kept", "both",
            "subtract what arrives by the first road.",
        ),
        Mistake(
            "the change is divided by one step, and not by two",
            "/ 2e-5", "/ 1e-5",
            "divide by the whole distance between the two nudged states.",
            "section 3.7, the cell below equation 3.7",
        ),
        Mistake(
            "both roads together are divided by one step, and not by two",
            "both = slopes(z, r)", "both = 2 * slopes(z, r)",
            "divide by the whole distance between the two nudged states, from below to "
            "above.",
            "section 3.7, the cell below equation 3.7",
        ),
        Mistake(
            "the lower value is not subtracted from the upper one",
            "(above - below)", "(below - above)",
            "turn the difference: the state nudged up comes first.",
            "section 3.7, the cell below equation 3.7",
        ),
        Mistake(
            "rows and columns are interchanged",
            "both - kept", "(both - kept).T",
            "give the unit that is nudged a row, and the unit that answers a column.",
        ),
        Mistake(
            "the second road is measured at z = 0, without the share 1 - z",
            "both - kept", "slopes(0 * z, r)",
            "leave z as it is given. The candidate counts with 1 - z, unit by unit.",
        ),
        Mistake(
            "the factor 1 - z stands at the rows, and not at the columns",
            "both - kept", "slopes(0 * z, r) * (1 - z)[:, None]",
            "multiply by the share of the unit that answers: column j by 1 - z of unit "
            "j.",
        ),
        Mistake(
            "the first road is measured at z = 1, without the share z",
            "slopes(z, 0 * r)", "slopes(0 * z + 1, r)",
            "leave z as it is given, and close the second road by its own gate.",
        ),
        Mistake(
            "the second road is open, at r = 1, where it has to be closed",
            "slopes(z, 0 * r)", "slopes(z, 0 * r + 1)",
            "hide the past from the candidate: which end of r does that?",
            "section 3.6, the table of the four corners",
        ),
        Mistake(
            "the second road is measured at r = 1, and not at the given r",
            "both = slopes(z, r)", "both = slopes(z, 0 * r + 1)",
            "measure the two roads together with r as it is given.",
        ),
        Mistake(
            "the diagonal of both roads together is taken for the first road",
            "kept = slopes(z, 0 * r)\n    both = slopes(z, r)",
            "both = slopes(z, r)\n    kept = np.diag(np.diag(both))",
            "close the second road before you measure the first: the second has a "
            "diagonal too.",
        ),
        Mistake(
            "the two roads are interchanged",
            "return kept, both - kept", "return both - kept, kept",
            "return first what passes through z, then what passes through the "
            "candidate.",
        ),
        Mistake(
            "all units are nudged at once",
            "np.eye(len(z))", "np.ones((1, len(z)))",
            "nudge one unit at a time. Each nudge gives one row.",
            "section 3.7, the cell below equation 3.7",
        ),
    ),
)  # fmt: skip
