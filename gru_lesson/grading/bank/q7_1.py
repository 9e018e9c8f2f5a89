"""7.1: the four paths of a step with numbers, on paper."""

from gru_lesson.grading.question import Mistake, Question


def reference():
    """Return the four terms of dh_prev and dW_hh, numbers without unit."""
    z, W_hz = 0.75, 0.8
    r, W_hr, W_hh = 0.8, -2.5, 1.5
    h_prev, h_tilde, dh = 0.5, -0.6, 2.0
    slope_z, slope_r = z * (1 - z), r * (1 - r)
    da_z = dh * (h_prev - h_tilde) * slope_z
    da_h = dh * (1 - z) * (1 - h_tilde**2)
    dg = da_h * W_hh
    to_r, to_h_prev = dg * h_prev, dg * r
    da_r = to_r * slope_r
    return {
        "kept": dh * z,
        "update_gate": da_z * W_hz,
        "candidate": to_h_prev,
        "reset_gate": da_r * W_hr,
        "dW_hh": r * h_prev * da_h,
    }


QUESTION = Question(
    title="Four paths on paper",
    points=1,
    where="sections 7.3 and 7.4, equations (7.7) to (7.10)",
    reference=reference,
    returns=("paths",),
    tolerance=1e-3,
    hints=(
        "Each path is a chain of factors, and each of them carries dh = 2.",
        "Go in this order: dz and da_z; then dh_tilde, da_h, dg; then dr and da_r. "
        "Every later line needs one of these.",
        "Section 7.4: its table has the same lines with other numbers. Equation (7.10) "
        "lists the four terms, equation (7.12) has dW_hh.",
    ),
    mistakes=(
        Mistake(
            "the slope of σ is left out of both gates",
            "z * (1 - z), r * (1 - r)", "1, 1",
            "multiply dz by z (1 - z) and dr by r (1 - r).",
            "section 7.3, equations (7.8) and (7.9)",
        ),
        Mistake(
            "the slope of tanh is taken as 1 - h_tilde",
            "h_tilde**2", "h_tilde",
            "square h_tilde: the slope of tanh is 1 - tanh².",
            "section 7.3, equation (7.8)",
        ),
        Mistake(
            "dz has the two states the other way round",
            "(h_prev - h_tilde)", "(h_tilde - h_prev)",
            "subtract the candidate from the old state: z multiplies the old state.",
            "section 7.3, equation (7.7)",
        ),
        Mistake(
            "the two factors of g are exchanged",
            "dg * h_prev, dg * r", "dg * r, dg * h_prev",
            "give each factor of g the other one: dr has h_prev in it, path 3 has r.",
            "section 7.2, equation (7.3)",
        ),
        Mistake(
            "dW_hh is taken with h_prev in the place of g",
            "r * h_prev * da_h", "h_prev * da_h",
            "multiply da_h by what W_hh has multiplied in the forward step.",
            "section 7.3, equation (7.12)",
        ),
        Mistake(
            "z writes, where this book's z keeps",
            "z, W_hz = 0.75, 0.8", "z, W_hz = 0.25, -0.8",
            "put 1 - z in the place of z, and turn the sign of W_hz.",
            "section 5.7, equation (5.8)",
            convention=True,
        ),
    ),
)  # fmt: skip
