"""7.3: find the wrong term in a backward step that was converted to z writes."""

from gru_lesson.grading.pictures import maps
from gru_lesson.grading.question import Mistake, Question


def reference(dh, h_prev, z, r, h_tilde, W_hz, W_hr, W_hh):
    """Return dh_prev (N, H), dW_hz, dW_hr and dW_hh (H, H); z writes."""
    dz = dh * (h_tilde - h_prev)
    da_z = dz * z * (1 - z)
    dh_tilde = dh * z
    da_h = dh_tilde * (1 - h_tilde**2)
    dg = da_h @ W_hh.T
    da_r = dg * h_prev * r * (1 - r)
    dh_prev = dh * (1 - z) + da_z @ W_hz.T + dg * r + da_r @ W_hr.T
    return dh_prev, h_prev.T @ da_z, h_prev.T @ da_r, (r * h_prev).T @ da_h


def z_keeps(dh, h_prev, z, r, h_tilde, W_hz, W_hr, W_hh):
    """Return the same four where z keeps."""
    da_z = dh * (h_prev - h_tilde) * z * (1 - z)
    da_h = dh * (1 - z) * (1 - h_tilde**2)
    dg = da_h @ W_hh.T
    da_r = dg * h_prev * r * (1 - r)
    dh_prev = dh * z + da_z @ W_hz.T + dg * r + da_r @ W_hr.T
    return dh_prev, h_prev.T @ da_z, h_prev.T @ da_r, (r * h_prev).T @ da_h


def inputs(rng):
    """Draw N = 3, H = 4."""
    N, H = 3, 4
    dh, h_prev = rng.normal(size=(N, H)), rng.uniform(-1, 1, (N, H))
    z, r = rng.uniform(0.1, 0.9, (2, N, H))
    h_tilde = rng.uniform(-0.9, 0.9, (N, H))
    W_hz, W_hr, W_hh = rng.normal(size=(3, H, H))
    return dh, h_prev, z, r, h_tilde, W_hz, W_hr, W_hh


def picture(figure, arguments, target, yours):
    """Draw dh_prev."""
    draw = maps("dh_prev", (-2.0, 2.0), "sequence", "unit")
    draw(figure, arguments, target[0], yours[0])


QUESTION = Question(
    title="One term is wrong",
    points=2,
    where="section 7.3, equations 7.7 and 7.10; section 5.7, equation 5.8",
    reference=reference,
    inputs=inputs,
    returns=("dh_prev", "dW_hz", "dW_hr", "dW_hh"),
    decimals=3,
    picture=picture,
    hints=(
        "The code was converted from a z that keeps. Ask of every line that has z in "
        "it whether it is still true.",
        "The three dW are right, and they use da_z, da_r and da_h. So these, and dg, "
        "are right too. What is left?",
        "Section 5.7, equation 5.8: what does h_prev stand with there? Equation "
        "7.10 has the four terms for a z that keeps.",
    ),
    mistakes=(
        Mistake(
            "the wrong term is still there, as it was given",
            "dh * (1 - z)", "dh * z",
            "ask line by line whether it holds for a gate that writes. As given, the "
            "three dW were right, which speaks for most of the lines.",
            "section 5.7, equation 5.8",
        ),
        Mistake(
            "the direct path is left out",
            "dh * (1 - z) + ", "",
            "keep four terms in dh_prev: the first one is the direct path.",
            "section 7.3, equation 7.10",
        ),
        Mistake(
            "dz has the sign of a gate that keeps",
            "(h_tilde - h_prev)", "(h_prev - h_tilde)",
            "subtract h_prev from h_tilde: a gate that writes multiplies the "
            "candidate.",
            "section 5.7, equation 5.8",
        ),
        Mistake(
            "the candidate gets the share that is kept",
            "dh_tilde = dh * z", "dh_tilde = dh * (1 - z)",
            "leave dh_tilde with z, which is the candidate's share here.",
            "section 5.7, equation 5.8",
        ),
        Mistake(
            "r is left out of path 3",
            "dg * r +", "dg +",
            "multiply dg by r on the way to the old state.",
            "section 7.3, equation 7.10",
        ),
        Mistake(
            "dW_hh is taken with h_prev in the place of g",
            "(r * h_prev).T @ da_h", "h_prev.T @ da_h",
            "keep r in dW_hh: W_hh has multiplied r * h_prev.",
            "section 7.3, equation 7.12",
        ),
        Mistake(
            "W_hh is not transposed on the way back",
            "da_h @ W_hh.T", "da_h @ W_hh",
            "turn W_hh on the way back: dy meets the transpose of W.",
            "section 7.2, equation 7.5",
        ),
        Mistake(
            "z keeps, where this code's z writes",
            instead=z_keeps,
            advice="put 1 - z in the place of z in each line, and turn the sign of "
            "dz.",
            where="section 5.7, equation 5.8",
            convention=True,
        ),
    ),
)  # fmt: skip
