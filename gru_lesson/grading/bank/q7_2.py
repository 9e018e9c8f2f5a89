"""7.2: backward through a candidate whose reset gate acts after the product."""

from gru_lesson.grading.pictures import maps
from gru_lesson.grading.question import Mistake, Question


def reference(da_h, h_prev, r, W_hh, b_hn):
    """Return dr, dh_prev (N, H), dW_hh (H, H) and db_hn (H,)."""
    s = h_prev @ W_hh + b_hn
    dr = da_h * s
    ds = da_h * r
    dh_prev = ds @ W_hh.T
    dW_hh = h_prev.T @ ds
    db_hn = ds.sum(axis=0)
    return dr, dh_prev, dW_hh, db_hn


def reset_before(da_h, h_prev, r, W_hh, b_hn):
    """Return the same four for a_h = ... + (r * h_prev) @ W_hh + b_hn."""
    dg = da_h @ W_hh.T
    return dg * h_prev, dg * r, (r * h_prev).T @ da_h, da_h.sum(axis=0)


def before_but_for_the_bias(da_h, h_prev, r, W_hh, b_hn):
    """Return the gradients of a reset before the product, with the right db_hn."""
    *rest, _ = reset_before(da_h, h_prev, r, W_hh, b_hn)
    return *rest, (r * da_h).sum(axis=0)


def inputs(rng):
    """Draw N = 3, H = 4."""
    N, H = 3, 4
    da_h, h_prev = rng.normal(size=(N, H)), rng.uniform(-1, 1, (N, H))
    r, W_hh = rng.uniform(0.1, 0.9, (N, H)), rng.normal(size=(H, H))
    return da_h, h_prev, r, W_hh, rng.normal(size=H)


def picture(figure, arguments, target, yours):
    """Draw dW_hh."""
    draw = maps("dW_hh", (-1.5, 1.5), "from unit of h_prev", "to unit of the candidate")
    draw(figure, arguments, target[2], yours[2])


QUESTION = Question(
    title="Back through a reset after the product",
    points=2,
    where="section 7.2, equations 7.2 to 7.5; section 4.6, equation 4.9",
    reference=reference,
    inputs=inputs,
    returns=("dr", "dh_prev", "dW_hh", "db_hn"),
    decimals=3,
    picture=picture,
    hints=(
        "With s for the parentheses, a_h is a sum with one term r * s. Two rules then "
        "act one after the other: a product of two arrays, and a matrix product.",
        "Going back you meet the product r * s first. It yields dr and ds, and the "
        "other three gradients are made from ds.",
        "Section 7.2: rule 7.3 for r * s, then rules 7.2 and 7.5 for s. Section "
        "7.3 has the same walk for a reset before the product.",
    ),
    mistakes=(
        Mistake(
            "b_hn is left out of dr",
            " + b_hn", "",
            "multiply da_h by all that r multiplies, the bias included.",
            "section 4.6, equation 4.9",
        ),
        Mistake(
            "the factor r is left out on the way to h_prev, W_hh and b_hn",
            "ds = da_h * r", "ds = da_h",
            "multiply da_h by r before it goes into the parentheses.",
            "section 7.2, equation 7.3",
        ),
        Mistake(
            "the factor r is left out of dh_prev",
            "ds @ W_hh.T", "da_h @ W_hh.T",
            "go back through W_hh from the gradient of s, not from that of a_h.",
            "section 7.2, equation 7.3",
        ),
        Mistake(
            "the factor r is left out of dW_hh",
            "h_prev.T @ ds", "h_prev.T @ da_h",
            "pair h_prev with the gradient of s, not with that of a_h.",
            "section 7.2, equation 7.3",
        ),
        Mistake(
            "W_hh is not transposed on the way back",
            "ds @ W_hh.T", "ds @ W_hh",
            "turn the matrix on the way back: dy meets the transpose of W.",
            "section 7.2, equation 7.5",
        ),
        Mistake(
            "r multiplies dh_prev after the product with W_hh",
            "ds @ W_hh.T", "da_h @ W_hh.T * r",
            "apply r before the matrix product: backward turns the order around.",
            "section 7.2, equations 7.3 and 7.5",
        ),
        Mistake(
            "in dW_hh the gate stands with the state, as for a reset before",
            "h_prev.T @ ds", "(r * h_prev).T @ da_h",
            "pair what W_hh has multiplied, h_prev, with the gradient of s.",
            "section 7.2, equation 7.5",
        ),
        Mistake(
            "dW_hh is transposed",
            "h_prev.T @ ds", "ds.T @ h_prev",
            "let the rows of dW_hh belong to h_prev and its columns to s.",
            "section 7.2, equation 7.5",
        ),
        Mistake(
            "db_hn is not summed over the batch",
            "ds.sum(axis=0)", "ds",
            "sum over the rows: every row of the batch has used the bias once.",
            "section 7.2, equation 7.6",
        ),
        Mistake(
            "db_hn is taken as the gradient of b_h, outside the parentheses",
            "ds.sum(axis=0)", "da_h.sum(axis=0)",
            "sum the gradient of what b_hn is added to.",
            "section 4.6, equation 4.9",
        ),
        Mistake(
            "the reset gate acts before the product, where here it acts after",
            instead=reset_before,
            advice="multiply da_h by r first, and go through W_hh afterward; dr then "
            "has all of the parentheses as its factor.",
            where="section 4.6, equation 4.9",
            convention=True,
        ),
        Mistake(
            "the reset gate acts before the product in all but db_hn, here after it",
            instead=before_but_for_the_bias,
            advice="make dr, dh_prev and dW_hh as you made db_hn: r multiplies the "
            "parentheses, so its factor in a_h is s, not h_prev.",
            where="section 4.6, equation 4.9",
            convention=True,
        ),
    ),
)  # fmt: skip
