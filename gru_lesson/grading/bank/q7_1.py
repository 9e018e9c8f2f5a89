"""7.1: the four paths of a step with numbers, on paper."""

from gru_lesson.grading.question import Mistake, Question


def reference():
    """Return the four terms of dh_prev and dW_hh, numbers without unit."""
    z, W_hz = 0.75, 1.2
    r, W_hr, W_hh = 0.8, -2.5, 1.5
    h_prev, h_tilde, dh = 0.5, -0.6, 2.0
    kept = dh * z
    dz = dh * (h_prev - h_tilde)
    da_z = dz * z * (1 - z)
    dh_tilde = dh * (1 - z)
    da_h = dh_tilde * (1 - h_tilde**2)
    dg = da_h * W_hh
    dr, through_g = dg * h_prev, dg * r
    da_r = dr * r * (1 - r)
    return {
        "kept": kept,
        "update_gate": da_z * W_hz,
        "candidate": through_g,
        "reset_gate": da_r * W_hr,
        "dW_hh": r * h_prev * da_h,
    }


def z_writes():
    """Return the same five where h is (1 - z) * h_prev + z * h_tilde."""
    z, r, h_prev, h_tilde, dh = 0.75, 0.8, 0.5, -0.6, 2.0
    da_z = dh * (h_tilde - h_prev) * z * (1 - z)
    da_h = dh * z * (1 - h_tilde**2)
    dg = da_h * 1.5
    return {
        "kept": dh * (1 - z),
        "update_gate": da_z * 1.2,
        "candidate": dg * r,
        "reset_gate": dg * h_prev * r * (1 - r) * -2.5,
        "dW_hh": r * h_prev * da_h,
    }


QUESTION = Question(
    title="Four paths on paper",
    points=2,
    where="sections 7.3 and 7.4, equations 7.7 to 7.10",
    reference=reference,
    returns=("paths",),
    tolerance=2e-3,
    hints=(
        "Each path is a chain of factors, and each of them carries dh = 2.",
        "Go in this order: dz and da_z; then dh_tilde, da_h, dg; then dr and da_r. "
        "Every later line needs one of these.",
        "Section 7.4: its table has the same lines with other numbers. Equation 7.10 "
        "lists the four terms, equation 7.12 has dW_hh.",
    ),
    mistakes=(
        Mistake(
            "the slope of σ is left out of the update gate",
            "dz * z * (1 - z)", "dz",
            "multiply dz by z (1 - z).",
            "section 7.3, equation 7.8",
        ),
        Mistake(
            "the slope of σ is left out of the reset gate",
            "dr * r * (1 - r)", "dr",
            "multiply dr by r (1 - r).",
            "section 7.3, equation 7.9",
        ),
        Mistake(
            "the slope of tanh is left out",
            "dh_tilde * (1 - h_tilde**2)", "dh_tilde",
            "multiply dh_tilde by 1 - tanh², on the way to da_h.",
            "section 7.3, equation 7.8",
        ),
        Mistake(
            "the slope of tanh is taken as 1 - h_tilde",
            "h_tilde**2", "h_tilde",
            "square h_tilde: the slope of tanh is 1 - tanh².",
            "section 7.3, equation 7.8",
        ),
        Mistake(
            "dz has the two states the other way round",
            "(h_prev - h_tilde)", "(h_tilde - h_prev)",
            "subtract the candidate from the old state: z multiplies the old state.",
            "section 7.3, equation 7.7",
        ),
        Mistake(
            "the kept path has the candidate's share, 1 - z",
            "kept = dh * z", "kept = dh * (1 - z)",
            "multiply dh by z on the kept path: this z keeps.",
            "section 7.3, equation 7.10",
        ),
        Mistake(
            "dh_tilde has the old state's share, z",
            "dh_tilde = dh * (1 - z)", "dh_tilde = dh * z",
            "multiply dh by 1 - z on the way to the candidate: this z keeps.",
            "section 7.3, equation 7.7",
        ),
        Mistake(
            "dh = 2 is left out",
            "-0.6, 2.0", "-0.6, 1.0",
            "let dh in at three places: the kept path, dz and dh_tilde.",
            "section 7.3, equations 7.7 and 7.10",
        ),
        Mistake(
            "W_hz is left out of the path through the update gate",
            "da_z * W_hz", "da_z",
            "go on from da_z to the old state, by the weight between them.",
            "section 7.3, equation 7.10",
        ),
        Mistake(
            "W_hr is left out of the path through the reset gate",
            "da_r * W_hr", "da_r",
            "go on from da_r to the old state, by the weight between them.",
            "section 7.3, equation 7.10",
        ),
        Mistake(
            "W_hh is left out of dg",
            "da_h * W_hh", "da_h",
            "go on from da_h to g, by the weight between them.",
            "section 7.3, equation 7.9",
        ),
        Mistake(
            "the two factors of g are exchanged",
            "dg * h_prev, dg * r", "dg * r, dg * h_prev",
            "give each factor of g the other one: dr has h_prev in it, path 3 has r.",
            "section 7.2, equation 7.3",
        ),
        Mistake(
            "dW_hh is taken with h_prev in the place of g",
            "r * h_prev * da_h", "h_prev * da_h",
            "multiply da_h by what W_hh has multiplied in the forward step.",
            "section 7.3, equation 7.12",
        ),
        Mistake(
            "z writes, where this book's z keeps",
            instead=z_writes,
            advice="exchange z and 1 - z in the kept path and in dh_tilde, and turn "
            "the sign of dz.",
            where="section 5.7, equation 5.8",
            convention=True,
        ),
    ),
)  # fmt: skip
