"""Right and wrong answers to 8.2, written as learners write them."""

import numpy as np

NAMES = "keep", "blend", "candidate", "inside"


def diagonals(h_prev, f, h_tilde, W_hf, W_hh):
    K = np.eye(len(f)) - np.diag(f)
    slope = np.diag(f - f**2)
    V = np.diag(f) @ np.diag(1 - h_tilde * h_tilde)
    B = W_hf @ slope @ np.diag(h_tilde - h_prev)
    C = np.diag(f) @ W_hh @ V
    D = W_hf @ np.diag(h_prev) @ slope @ W_hh @ V
    return dict(zip(NAMES, (K, B, C, D), strict=True))


def loops(h_prev, f, h_tilde, W_hf, W_hh):
    H = len(f)
    out = {name: [[0.0] * H for _ in range(H)] for name in NAMES}
    for i in range(H):
        for j in range(H):
            v = f[j] * (1 - h_tilde[j] ** 2)
            out["keep"][i][j] = (i == j) * (1 - f[j])
            move = h_tilde[j] - h_prev[j]
            out["blend"][i][j] = W_hf[i, j] * move * f[j] * (1 - f[j])
            out["candidate"][i][j] = f[i] * W_hh[i, j] * v
            for k in range(H):
                s = h_prev[k] * f[k] * (1 - f[k])
                out["inside"][i][j] += W_hf[i, k] * s * W_hh[k, j] * v
    return out


def chain(h_prev, f, h_tilde, W_hf, W_hh, **o):
    """Use einsum, with places for a mistake."""
    slope = f * (1 - f)
    written, tanh = o.get("written", f), o.get("tanh", 1 - h_tilde**2)
    v = written * tanh
    u = o.get("sign", 1) * (h_tilde - h_prev) * o.get("slope_u", slope)
    s = o.get("state", h_prev) * o.get("slope_s", slope)
    g = o.get("rows", f)
    return {
        "keep": np.diag(o.get("kept", 1 - f)),
        "blend": np.einsum("ij,j->ij", W_hf, u),
        "candidate": np.einsum("i,ij,j->ij", g, W_hh, o.get("columns", 1) * v),
        "inside": np.einsum(o.get("how", "ik,k,kj,j->ij"), W_hf, s, W_hh, v),
    }


def in_single_precision(*arguments):
    return chain(*(a.astype(np.float32) for a in arguments))


def in_place(h_prev, f, h_tilde, W_hf, W_hh):
    keep = np.diag(1 - f)
    h_tilde -= h_prev
    tanh = 1 - (h_tilde + h_prev) ** 2
    h_tilde *= f * (1 - f)
    print("of_f", h_tilde)
    W_hh *= f * tanh
    h_prev *= f * (1 - f)
    return {
        "inside": (W_hf * h_prev) @ W_hh,
        "candidate": (W_hh.T * f).T,
        "blend": W_hf * h_tilde,
        "keep": keep,
    }


def by_differences(h_prev, f, h_tilde, W_hf, W_hh):
    """Move one use of the old state at a time; what x adds is worked out backward."""
    x_f = np.log(f / (1 - f)) - h_prev @ W_hf
    x_h = np.arctanh(h_tilde) - (f * h_prev) @ W_hh

    def step(kept, in_blend, seen, inside):
        gate = 1 / (1 + np.exp(-x_f - in_blend @ W_hf))
        other = 1 / (1 + np.exp(-x_f - inside @ W_hf))
        new = np.tanh(x_h + (other * seen) @ W_hh)
        return (1 - gate) * kept + gate * new

    paths, e = {}, 1e-5
    for k, name in enumerate(NAMES):
        rows = []
        for nudge in e * np.eye(len(f)):
            ends = []
            for sign in (1, -1):
                uses = [h_prev] * 4
                uses[k] = h_prev + sign * nudge
                ends.append(step(*uses))
            rows.append((ends[0] - ends[1]) / (2 * e))
        paths[name] = np.array(rows)
    return paths


RIGHT = [diagonals, loops, chain, in_single_precision, in_place, by_differences]


def turned(*arguments):
    return {name: np.transpose(path) for name, path in loops(*arguments).items()}


def keeping(h_prev, f, h_tilde, W_hf, W_hh):
    """Take the book's four paths with f for both of its gates."""
    z = f
    v = (1 - z) * (1 - h_tilde**2)
    C = np.diag(f) @ W_hh @ np.diag(v)
    R = W_hf @ np.diag(h_prev * f * (1 - f)) @ W_hh @ np.diag(v)
    U = W_hf @ np.diag((h_prev - h_tilde) * z * (1 - z))
    return {"keep": np.diag(z), "blend": U, "candidate": C, "inside": R}


def straight(h_prev, f, h_tilde, W_hf, W_hh):
    paths = chain(h_prev, f, h_tilde, W_hf, W_hh)
    factors = np.diag(h_prev * f * (1 - f)) @ np.diag(f * (1 - h_tilde**2))
    return paths | {"inside": W_hf @ factors}


# the name of the mistake that the check is to find
WRONG = {
    "the direct path has the share that is written, f": lambda *a: chain(*a, kept=a[1]),
    "the blend's path has the sign of a gate that keeps": lambda *a: chain(*a, sign=-1),
    "the slope of σ is left out of the blend's path": lambda *a: chain(*a, slope_u=1),
    "the slope of σ is left out of the path inside the candidate": (
        lambda *a: chain(*a, slope_s=1)
    ),
    "the slope of tanh is left out": lambda *a: chain(*a, tanh=1),
    "the candidate's share has 1 - f, as for a gate that keeps": (
        lambda *a: chain(*a, written=1 - a[1])
    ),
    "the candidate's share in the blend is left out": lambda *a: chain(*a, written=1),
    "the candidate sees all of the old state: f is left out of g": (
        lambda *a: chain(*a, rows=np.ones(len(a[1])))
    ),
    "the gate of g scales the columns of W_hh, not its rows": (
        lambda *a: chain(*a, rows=np.ones(len(a[1])), columns=a[1])
    ),
    "the old state is left out of the path inside the candidate": (
        lambda *a: chain(*a, state=1)
    ),
    "the path inside the candidate does not go through W_hh": straight,
    "the two weights of the inside path are multiplied entry by entry": (
        lambda *a: chain(*a, how="ij,j,ij,j->ij")
    ),
    "row and column are exchanged, as in texts that write columns": turned,
    "the gate keeps, where here it writes": keeping,
}

# wrong in a way that the bank does not know
STRANGE = [
    lambda *a: sum(chain(*a).values()),
    lambda *a: {"keep": chain(*a)["keep"]},
    lambda *a: chain(*a) | {"keep": 1 - a[1]},
    lambda *a: chain(*a, state=a[2]),
    lambda *a: {name: 2 * path for name, path in chain(*a).items()},
]
