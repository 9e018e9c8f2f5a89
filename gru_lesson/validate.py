"""Check parameters and sequences at the door, so that an error names its cause.

`check_arrays` serves the taught cells: names and shapes of parameters follow from the
letters of the gates ("zrh" for the GRU, "h" for the Elman network, "fioc" for the LSTM,
whose state is the pair of h and c). `check_sequence` serves the layers of ``engine``,
`check_array` whatever takes one array.
"""

import difflib
from collections import Counter

import numpy as np


def check_arrays(gates, p, *, forward=None, backward=None):
    """Raise a readable error unless parameters and sequences fit together.

    Parameters
    ----------
    gates : str
        One letter for each triple W_x*, W_h*, b_* that `p` must hold.
    p : dict of ndarray
        Parameters: W_x* (D, H), W_h* (H, H), b_* (H,).
    forward : tuple, optional
        What a forward pass was given: xs (T, N, D) and h0 (N, H); where a gate is
        called "c", the pair (h0, c0) instead of h0.
    backward : tuple, optional
        What a backward pass was given: dhs (T, N, H) and the list of T caches; and the
        class of the caches.

    Raises
    ------
    TypeError
        If something is not an ndarray of floats, `p` is not a dict, or the caches are
        not those of this cell.
    ValueError
        If a name is missing or unknown, a shape does not fit, an axis is empty, or a
        value is NaN or infinite.
    """
    D, H = _check_params(gates, p)
    if forward is not None:
        xs, start = forward
        state = _named_state(start, pair="c" in gates)
        _check_inputs(D, H, xs, state, f"D = {D} comes from W_x{gates[0]}.")
    if backward is not None:
        dhs, caches, kind = backward
        N = _check_caches(caches, kind, D, H)
        hint = "It needs the shape of hs, with zeros where the loss does not look."
        check_array("dhs", dhs, (len(caches), N, H), hint)


def check_array(name, array, shape, hint="", *, finite=True):
    """Raise a readable error unless one array is of floats and has this shape.

    Parameters
    ----------
    name, hint : str
        What the message calls the array, and the likely cause, a sentence for its end.
    array : ndarray
        What came in.
    shape : tuple
        A size for each axis; a letter stands for any size from 1 up.
    finite : bool
        Refuse NaN and infinity too.
    """
    _check_type(name, array)
    _check_shape(name, array, shape, hint)
    if finite:
        _check_finite(name, array)


def _check_inputs(D, H, xs, state, hint):
    """Check inputs, and the initial states by name; `hint` says where D comes from."""
    if getattr(xs, "ndim", 0) == 2:
        hint = "One sequence still needs its batch axis: xs[:, None, :]. " + hint
    check_array("xs", xs, ("T", "N", D), hint)
    T, N = xs.shape[:2]
    for name, array in state.items():
        check_array(name, array, (N, H), _state_hint(name, array, T, N, H))


def _check_params(gates, p):
    """Check names, types, shapes and values of the parameters; return D and H."""
    if not isinstance(p, dict):
        raise TypeError(
            f"p must be a dict of arrays by name, got {type(p).__name__}. "
            "Make one with init_params."
        )
    names = [f"{kind}{gate}" for gate in gates for kind in ("W_x", "W_h", "b_")]
    unknown = [name for name in p if name not in names]
    for name in names:
        if name not in p:
            near = difflib.get_close_matches(name, map(str, unknown), 1, cutoff=0.5)
            hint = f" Is {near[0]!r} a misspelling of it?" if near else ""
            raise ValueError(
                f"p has no {name!r}. Expected the names {', '.join(names)}.{hint}"
            )
    if unknown:
        raise ValueError(
            f"p has the unknown name {unknown[0]!r}. Expected {', '.join(names)} and "
            "nothing else; keep other parameters in a dict of their own."
        )
    for name in names:
        _check_type(name, p[name])
    # one array of the wrong shape is outvoted by the others, and so it is the one named
    H = _most_common(n for name in names for n in p[name].shape[-1:])
    inputs = [p[f"W_x{gate}"].shape for gate in gates]
    D = _most_common(n for shape in inputs for n in _other_axis(shape, H))
    for name in names:
        shape = {"W_x": (D, H), "W_h": (H, H)}.get(name[:3], (H,))
        got = p[name].shape
        hint = f"D = {D} and H = {H} are the sizes that most arrays of p agree on."
        if len(got) == 2 and got[::-1] == shape:
            hint = "It looks transposed: this lesson multiplies row vectors, x @ W."
        check_array(name, p[name], shape, hint)
    return D, H


def _most_common(sizes):
    """Return the size that occurs most; 1 where there is none at all."""
    return max(Counter(sizes).items(), key=lambda item: item[1], default=(1, 0))[0]


def _other_axis(shape, H):
    """Return the size that is not H in a (D, H), even where it stands transposed."""
    return shape[1:2] if shape[:1] == (H,) != shape[1:2] else shape[:1]


def _check_type(name, array):
    # a matrix multiplies where an array goes entry by entry; a mask would get lost
    odd = isinstance(array, np.matrix | np.ma.MaskedArray)
    if odd or not isinstance(array, np.ndarray):
        raise TypeError(
            f"{name} must be a NumPy array of floats, got {type(array).__name__}. "
            f"Convert it: np.asarray({name}, dtype=float)."
        )
    if not np.issubdtype(array.dtype, np.floating):
        raise TypeError(
            f"{name} must hold floats, got dtype {array.dtype}. "
            f"Convert it: {name}.astype(float)."
        )


def _check_shape(name, array, expected, hint):
    """Compare shapes; a letter in `expected` stands for any size from 1 up."""
    text = str(expected).replace("'", "")
    fits = array.ndim == len(expected) and all(
        isinstance(want, str) or want == got
        for want, got in zip(expected, array.shape, strict=True)
    )
    if not fits:
        raise ValueError(f"{name} must have shape {text}, got {array.shape}. {hint}")
    if array.size == 0:
        raise ValueError(
            f"{name} is empty, shape {array.shape}: expected {text} with at least one "
            "step, one sequence, one input and one unit."
        )


def _check_finite(name, array):
    finite = np.isfinite(array)
    if not finite.all():
        bad = np.argwhere(~finite)
        where = tuple(int(i) for i in bad[0])
        raise ValueError(
            f"{name} must be finite, got {array[where]} at {list(where)} and in "
            f"{len(bad)} of {array.size} entries. Look for a missing value in the "
            "data, or for an overflow in the step before."
        )


def _check_caches(caches, kind, D, H):
    """Check that caches are those of this cell and of these sizes; return N."""
    if not isinstance(caches, list):
        raise TypeError(
            "caches must be the list that the forward pass returned, got "
            f"{type(caches).__name__}."
        )
    if not caches:
        raise ValueError("caches is empty: expected the list of the forward pass.")
    for t, cache in enumerate(caches):
        # by its fields, so that a class defined anew in a notebook is good as well
        if getattr(cache, "_fields", None) != kind._fields:
            raise TypeError(
                f"caches[{t}] must be of class {kind.__name__}, got "
                f"{type(cache).__name__}. Pass what the forward pass of this cell "
                "returned."
            )
    N, D_cached = caches[0].x.shape
    H_cached = caches[0].h_prev.shape[1]
    if (D_cached, H_cached) != (D, H):
        raise ValueError(
            f"caches come from a cell with D = {D_cached} and H = {H_cached}, p has "
            f"D = {D} and H = {H}. Pass the parameters that the forward pass was given."
        )
    return N


def _named_state(start, *, pair):
    """Name the one array of an initial state, or the two."""
    if not pair:
        return {"h0": start}
    if not isinstance(start, tuple | list) or len(start) != 2:
        raise TypeError(
            f"the initial state must be the pair (h0, c0), got {type(start).__name__}. "
            "An LSTM carries a cell state as well; np.zeros((N, H)) will do."
        )
    return dict(zip(("h0", "c0"), start, strict=True))


def _state_hint(name, array, T, N, H):
    shape = getattr(array, "shape", ())
    if len(shape) == 1:
        return f"One state for each sequence of the batch: np.tile({name}, (N, 1))."
    if shape == (1, N, H):
        return f"PyTorch's leading layer axis is not used here: {name}[0]."
    if shape == (T, H):
        return "xs looks batch first; time comes first here: np.swapaxes(xs, 0, 1)."
    return "N is the batch size of xs, H the number of units; np.zeros((N, H)) will do."


def check_sequence(D, H, xs, start, mask, *, pair=False):
    """Raise a readable error unless a layer of D inputs and H units can take these.

    Parameters
    ----------
    D, H : int
        Sizes of the layer.
    xs : ndarray, shape (T, N, D)
        Inputs.
    start : ndarray, shape (N, H), or None
        Initial state, None for zeros; two arrays (h0, c0) where it is a `pair`.
    mask : ndarray of bool, shape (T, N), or None
        True where a step is real.
    pair : bool
        Whether the state consists of two arrays.

    Raises
    ------
    TypeError, ValueError
        As `check_arrays`.
    """
    state = {} if start is None else _named_state(start, pair=pair)
    _check_inputs(D, H, xs, state, f"The layer was made for D = {D} inputs.")
    if mask is not None:
        if not isinstance(mask, np.ndarray) or mask.dtype != bool:
            got = getattr(mask, "dtype", type(mask).__name__)
            raise TypeError(f"mask must be a NumPy array of bool, got {got}.")
        _check_shape("mask", mask, xs.shape[:2], "True where a step is real.")
