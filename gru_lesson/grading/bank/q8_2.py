"""8.2: the four paths of a cell with one gate, the minimal gated unit."""

import numpy as np

from gru_lesson.grading.question import Mistake, Question


def reference(h_prev, f, h_tilde, W_hf, W_hh):
    """Return a dict of four (H, H) arrays: keep, blend, candidate, inside."""
    of_f = (h_tilde - h_prev) * f * (1 - f)
    of_h = f * (1 - h_tilde**2)
    of_g = h_prev * (1 - f) * f
    keep = np.diag(1 - f)
    blend = W_hf * of_f
    seen = f[:, None] * W_hh * of_h
    inside = (W_hf * of_g) @ (W_hh * of_h)
    return {"keep": keep, "blend": blend, "candidate": seen, "inside": inside}


def columns(h_prev, f, h_tilde, W_hf, W_hh):
    """Return the same four with a row for each new unit."""
    paths = reference(h_prev, f, h_tilde, W_hf, W_hh)
    return {name: path.T for name, path in paths.items()}


def keeps(h_prev, f, h_tilde, W_hf, W_hh):
    """Return the same four for h = f * h_prev + (1 - f) * h_tilde."""
    of_f = (h_prev - h_tilde) * f * (1 - f)
    seen = W_hh * ((1 - f) * (1 - h_tilde**2))
    return {
        "keep": np.diag(f),
        "blend": W_hf * of_f,
        "candidate": f[:, None] * seen,
        "inside": (W_hf * (h_prev * f * (1 - f))) @ seen,
    }


def inputs(rng):
    """Draw H = 4."""
    H = 4
    h_prev, h_tilde = rng.uniform(-0.9, 0.9, (2, H))
    f = rng.uniform(0.1, 0.9, H)
    W_hf, W_hh = rng.normal(size=(2, H, H))
    return h_prev, f, h_tilde, W_hf, W_hh


def picture(figure, arguments, target, yours):
    """Draw the four paths, the target above yours."""
    axes = figure.subplots(2, 4)
    for row, values, whose in zip(axes, (target, yours), ("target", "yours"), strict=1):
        for ax, name in zip(row, target, strict=True):
            image = ax.imshow(
                np.asarray(values[name], float), vmin=-1, vmax=1, cmap="RdBu_r"
            )
            ax.set(xticks=[], yticks=[])
            ax.set_title(name if whose == "target" else "", fontsize="medium")
        row[0].set_ylabel(whose)
    figure.colorbar(image, ax=axes, shrink=0.8)


QUESTION = Question(
    title="Four paths, one gate",
    points=2,
    where="section 8.2, equation 8.2; section 7.3, equation 7.10",
    reference=reference,
    inputs=inputs,
    returns=("paths",),
    decimals=3,
    picture=picture,
    hints=(
        "The old state is used at four places: in the blend, in g, and in the gate, "
        "which acts at two places itself. Each use is one path.",
        "Write each path as a chain, from the old state to the new one: a diagonal "
        "matrix for each element-wise factor, a weight for each product.",
        "Section 8.2, equation 8.2, has the chains of the GRU. Ask of each z and each "
        "r in it what stands there in this cell.",
    ),
    mistakes=(
        Mistake(
            "the direct path has the share that is written, f",
            "np.diag(1 - f)", "np.diag(f)",
            "keep 1 - f: this gate writes.",
            "section 5.7, equation 5.8",
        ),
        Mistake(
            "the blend's path has the sign of a gate that keeps",
            "(h_tilde - h_prev)", "(h_prev - h_tilde)",
            "subtract the old state from the candidate: f multiplies the candidate.",
            "section 8.2, equation 8.2; section 5.7, equation 5.8",
        ),
        Mistake(
            "the slope of σ is left out of the blend's path",
            "(h_tilde - h_prev) * f * (1 - f)", "(h_tilde - h_prev)",
            "multiply by the slope of σ, f (1 - f), on the way through the gate.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "the slope of σ is left out of the path inside the candidate",
            "h_prev * (1 - f) * f", "h_prev",
            "multiply by the slope of σ, f (1 - f), on the way through the gate.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "the slope of tanh is left out",
            "f * (1 - h_tilde**2)", "f",
            "multiply by 1 - tanh² on the way through the candidate.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "the candidate's share has 1 - f, as for a gate that keeps",
            "of_h = f *", "of_h = (1 - f) *",
            "let the candidate have the share f: this gate writes.",
            "section 5.7, equation 5.8",
        ),
        Mistake(
            "the candidate's share in the blend is left out",
            "of_h = f * (1", "of_h = (1",
            "multiply by f once more: the candidate enters the new state with it.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "the candidate sees all of the old state: f is left out of g",
            "f[:, None] * W_hh", "W_hh",
            "scale the rows of W_hh by f: the candidate sees f * h_prev.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "the gate of g scales the columns of W_hh, not its rows",
            "f[:, None] * W_hh", "f * W_hh",
            "scale row i of W_hh by f of unit i: it acts before the product.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "the old state is left out of the path inside the candidate",
            "h_prev * (1 - f) * f", "(1 - f) * f",
            "multiply by h_prev: that is how much g moves with the gate.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "the path inside the candidate does not go through W_hh",
            "(W_hf * of_g) @ (W_hh * of_h)", "W_hf * (of_g * of_h)",
            "go from the gate to g, and from g through W_hh to the candidate.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "the two weights of the inside path are multiplied entry by entry",
            "@ (W_hh", "* (W_hh",
            "take the matrix product: a change of g in one unit reaches every unit.",
            "section 8.2, equation 8.2",
        ),
        Mistake(
            "row and column are exchanged, as in texts that write columns",
            instead=columns,
            advice="transpose each path: row i is the old unit, column j the new one.",
            where="section 1.2, equation 1.3",
            convention=True,
        ),
        Mistake(
            "the gate keeps, where here it writes",
            instead=keeps,
            advice="exchange f and 1 - f where the new state is blended, and turn the "
            "sign of the blend's path.",
            where="section 5.7, equation 5.8",
            convention=True,
        ),
    ),
)  # fmt: skip
