"""How a change of the state, and a gradient, gets through a step and through many.

The Jacobian of a step, for the GRU split into its four paths, and norms of products of
Jacobians. Row vectors: ``J[i, j]`` is ∂h_j/∂h_prev_i, a small change, a row δ, becomes
``δ @ J``, and a gradient goes back as ``dh @ J.T``.

Shapes: T steps, N sequences in a batch, H units. These functions are bare, like those
of ``cell``: the forward pass has checked what they get.
"""

import numpy as np


def paths(cache, p):
    """Split the Jacobian of a GRU step into the four paths from the old state.

    Parameters
    ----------
    cache : GRUCache
        From `gru_lesson.cell.gru_step`.
    p : dict of ndarray
        The parameters that `gru_step` was given; reads W_hz, W_hr and W_hh (H, H).

    Returns
    -------
    dict of ndarray, shape (N, H, H)
        By the names keep, update_gate, candidate and reset_gate: ∂h_j/∂h_prev_i in
        entry [n, i, j], through that use of the old state, the others held fixed.
    """
    _, h_prev, z, r, h_tilde = cache
    u = (h_prev - h_tilde) * z * (1 - z)  # ∂h/∂a_z
    v = (1 - z) * (1 - h_tilde**2)  # ∂h/∂a_h
    q = h_prev * r * (1 - r)  # ∂g/∂a_r
    seen = p["W_hh"] * v[:, None]  # W_hh diag(v), that is ∂h/∂g
    return {
        "keep": np.eye(z.shape[1]) * z[:, None],
        "update_gate": p["W_hz"] * u[:, None],
        "candidate": r[:, :, None] * seen,
        "reset_gate": (p["W_hr"] * q[:, None]) @ seen,
    }


def gru_jacobian(cache, p):
    """Compute the Jacobian of a GRU step, the sum of its four paths.

    Parameters
    ----------
    cache : GRUCache
        From `gru_lesson.cell.gru_step`.
    p : dict of ndarray
        The parameters that `gru_step` was given.

    Returns
    -------
    ndarray, shape (N, H, H)
        ∂h_j/∂h_prev_i in entry [n, i, j].
    """
    return sum(paths(cache, p).values())


def rnn_jacobian(cache, p):
    """Compute the Jacobian of a step of the Elman network.

    Parameters
    ----------
    cache : RNNCache
        From `gru_lesson.rnn.rnn_step`.
    p : dict of ndarray
        The parameters that `rnn_step` was given; reads W_hh (H, H).

    Returns
    -------
    ndarray, shape (N, H, H)
        ∂h_j/∂h_prev_i in entry [n, i, j].
    """
    return p["W_hh"] * (1 - cache.h**2)[:, None]


def lstm_jacobian(cache, p):
    """Compute the Jacobian of an LSTM step, whose state is the row [h, c].

    Parameters
    ----------
    cache : LSTMCache
        From `gru_lesson.lstm.lstm_step`.
    p : dict of ndarray
        The parameters that `lstm_step` was given; reads the four W_h* (H, H).

    Returns
    -------
    ndarray, shape (N, 2H, 2H)
        In entry [n, i, j] how much j of the new row moves with i of the old one. The
        first H of each are h, the others c: ``J[:, H:, H:]`` is from c to c.
    """
    _, _, c_prev, f, i, o, c_tilde, c = cache
    of_f, of_i = c_prev * f * (1 - f), c_tilde * i * (1 - i)  # ∂c/∂a_f, ∂c/∂a_i
    of_c = i * (1 - c_tilde**2)  # ∂c/∂a_c
    of_o = np.tanh(c) * o * (1 - o)  # ∂h/∂a_o
    shown = (o * (1 - np.tanh(c) ** 2))[:, None]  # ∂h/∂c
    of = {"W_hf": of_f, "W_hi": of_i, "W_hc": of_c}
    h_to_c = sum(p[name] * local[:, None] for name, local in of.items())
    h_to_h = h_to_c * shown + p["W_ho"] * of_o[:, None]
    c_to_c = np.eye(f.shape[1]) * f[:, None]
    return np.block([[h_to_h, h_to_c], [c_to_c * shown, c_to_c]])


def norms(jacobians, part=slice(None)):
    """Measure what is left of a change of the initial state after each step.

    Parameters
    ----------
    jacobians : iterable of ndarray, shape (N, H, H)
        J_1 to J_T, one for each step.
    part : slice
        The units whose change is made and looked at; all by default. For the Jacobians
        of an LSTM ``slice(H, None)`` measures from c to c.

    Returns
    -------
    ndarray, shape (T, N)
        ‖J_1 ⋯ J_t‖₂, the largest factor by which any small change has grown.
    """
    product, measured = None, []
    for J in jacobians:
        product = J if product is None else product @ J
        measured.append(np.linalg.norm(product[:, part, part], ord=2, axis=(1, 2)))
    return np.array(measured)


def keep_product(caches):
    """Multiply the update gates over time: what the direct path alone hands on.

    Parameters
    ----------
    caches : list of GRUCache
        From `gru_lesson.bptt.gru_forward`.

    Returns
    -------
    ndarray, shape (T, N, H)
        z_1 ⋯ z_t, unit by unit.
    """
    return np.cumprod([cache.z for cache in caches], axis=0)


def shares(parts):
    """Say which part of a Jacobian each path accounts for.

    Parameters
    ----------
    parts : dict of ndarray, shape (N, H, H)
        From `paths`.

    Returns
    -------
    dict of ndarray, shape (N,)
        ⟨path, J⟩ / ⟨J, J⟩ by name, where J is the sum of the paths and ⟨A, B⟩ the sum
        of all products of entries. They add up to 1; a path that works against the
        others has a negative share.
    """
    J = sum(parts.values())
    whole = (J * J).sum(axis=(1, 2))
    return {name: (path * J).sum(axis=(1, 2)) / whole for name, path in parts.items()}


def norms_to_the_end(jacobians):
    """Measure what is left at the end of a change of each earlier state.

    The products J_{t+1} ⋯ J_T grow at their early end. Transposing changes no norm, so
    they are those of `norms` for the transposed Jacobians from the last to the first.

    Parameters
    ----------
    jacobians : sequence of ndarray, shape (N, H, H)
        J_1 to J_T, one for each step.

    Returns
    -------
    ndarray, shape (T, N)
        ‖∂h_T/∂h_t‖₂ for the states t = 0 to T - 1.
    """
    return norms(J.swapaxes(1, 2) for J in reversed(jacobians))[::-1]


def carry_back(dh, jacobians):
    """Carry the gradient of the last state back to all earlier ones.

    Parameters
    ----------
    dh : ndarray, shape (N, H)
        Gradient with respect to h_T.
    jacobians : sequence of ndarray, shape (N, H, H)
        J_1 to J_T, one for each step, or a part of each.

    Returns
    -------
    ndarray, shape (T, N, H)
        Gradients with respect to the states h_0 to h_{T-1}.
    """
    gradients = []
    for J in reversed(jacobians):
        dh = np.einsum("nj,nij->ni", dh, J)  # dh @ J.T, for each sequence
        gradients.append(dh)
    return np.array(gradients[::-1])
