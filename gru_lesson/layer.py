"""What the layers of `engine` share: fused weights with names, buffers, the frame.

What is alike for all steps is done for all of them in one call: the product of inputs
and weights before the loop over time; on the way back dxs and dW after it. The loops
themselves are in ``engine``. Arrays are allocated once for each (T, N) and written in
place; the gate is their first axis, so that what belongs to one gate is contiguous.

Shapes: T steps, N sequences in a batch, D inputs, H units, G gates and candidates.
"""

from numbers import Real

import numpy as np

from gru_lesson.validate import check_array, check_arrays, check_sequence


class _Views(dict):
    """Arrays by name; what is assigned to a name is written into its array."""

    def __setitem__(self, name, value):
        if name not in self:
            raise KeyError(f"no {name!r} here, only {', '.join(self)}")
        self[name][...] = value

    def update(self, *args, **arrays):
        for name, value in dict(*args, **arrays).items():
            self[name] = value

    def __reduce__(self):  # a copy stands alone
        return dict, (dict(self),)


class Layer:
    """The weights with their names, the buffers, and what surrounds the loops."""

    letters = ""  # in the order of the equations, as in the taught parameters
    stacked = ""  # in the order of the arrays: first those with a sigmoid
    sigmoids = 0  # how many these are

    def __init__(self, D, H, rng, dtype=np.float32):
        self.D, self.H, self.dtype = D, H, np.dtype(dtype)
        if not isinstance(rng, np.random.Generator):
            raise TypeError(f"rng must be a numpy Generator, got {type(rng).__name__}")
        if min(D, H) < 1 or self.dtype not in (np.float32, np.float64):
            raise ValueError(
                "a layer needs D and H from 1 up and dtype float32 or float64, got "
                f"{D}, {H} and {self.dtype}"
            )
        # rows of a gate: H that meet h_prev, D that meet x, one for the bias
        self._W = np.zeros((len(self.stacked), H + D + 1, H), self.dtype)
        self._dW = np.zeros_like(self._W)
        self._sizes = None
        self._tiny = np.array(np.finfo(dtype).tiny / np.finfo(dtype).eps ** 2, dtype)
        for name, array in self.params.items():
            if name.startswith("W"):
                array[:] = rng.uniform(-1 / np.sqrt(H), 1 / np.sqrt(H), array.shape)

    @property
    def params(self):
        """The parameters by name; views, which may be written in place."""
        return self._named(self._W)

    @property
    def grads(self):
        """The gradients of the last backward pass under the names of the parameters."""
        return self._named(self._dW)

    def _named(self, W):
        views = {}
        for gate in self.letters:
            rows = W[self.stacked.index(gate)]
            views[f"W_x{gate}"] = rows[self.H : -1]
            views[f"W_h{gate}"] = rows[: self.H]
            views[f"b_{gate}"] = rows[-1]
        return _Views(views)

    def load(self, p):
        """Copy the parameters `p` into the layer; names and shapes must be its own."""
        check_arrays(self.letters, p)
        if p[f"W_x{self.letters[0]}"].shape != (self.D, self.H):
            raise ValueError(
                f"p must be for D = {self.D} inputs and H = {self.H} units"
            )
        for name, array in self.params.items():
            array[:] = p[name]

    def forward(self, xs, h0=None, mask=None):
        """Run the layer over a sequence.

        Parameters
        ----------
        xs : ndarray of float, shape (T, N, D)
            Inputs, time first; converted to the dtype of the layer.
        h0 : ndarray, shape (N, H), optional
            Initial state, zero by default; for the LSTM the pair (h0, c0).
        mask : ndarray of bool, shape (T, N), optional
            True where a step is real. A masked step copies the state: it sends
            nothing to the weights, and the gradient of the state passes unchanged.

        Returns
        -------
        ndarray, shape (T, N, H)
            The state after each step, in an array of its own.

        Raises
        ------
        TypeError, ValueError
            If something has a wrong type or shape, or holds NaN or infinity.
        """
        check_sequence(self.D, self.H, xs, h0, mask, pair="c" in self.letters)
        if self._sizes != xs.shape[:2]:
            self._allocate(*xs.shape[:2])
        self._skip = None if mask is None else ~mask[:, :, None]
        self._x1[:, :, :-1] = xs
        self._begin(h0)
        W = self._W.copy()
        W[: self.sigmoids] *= 0.5
        np.matmul(flat(self._x1), W[:, self.H :], out=flat(self._a))
        self._run(W[:, : self.H])
        return self._h[1:].copy()

    def backward(self, dhs):
        """Back-propagate through time from the last forward pass; write `grads`.

        Parameters
        ----------
        dhs : ndarray of float, shape (T, N, H)
            Gradient that reaches each state from outside.

        Returns
        -------
        dxs : ndarray, shape (T, N, D)
            ∂L/∂xs.
        dh0 : ndarray, shape (N, H)
            ∂L/∂h0; for the LSTM the pair (dh0, dc0).

        Raises
        ------
        RuntimeError, TypeError, ValueError
            If there was no forward pass, or `dhs` does not fit it.
        """
        self._need_forward()
        check_array("dhs", dhs, (*self._sizes, self.H), "It needs the shape of hs.")
        WT = self._W.transpose(0, 2, 1).copy()
        dstart = self._run_back(dhs, WT[:, :, : self.H])
        da = flat(self._da)
        np.matmul(flat(self._x1).T, da, out=self._dW[:, self.H :])
        self._recurrent_gradients(da, self._dW[:, : self.H])
        dxs = np.matmul(da[0], WT[0, :, self.H : -1])
        for k in range(1, len(da)):
            dxs += np.matmul(da[k], WT[k, :, self.H : -1], out=self._dx)
        return dxs.reshape(*self._sizes, self.D), dstart

    def gates(self):
        """Return what the gates did in the last forward pass.

        Returns
        -------
        dict of ndarray, each of shape (T, N, H)
            Copies: z, r, h_tilde of a GRU; f, i, o, c_tilde, c of an LSTM. A masked
            step shows gates that keep: z = 1, or f = 1 and i = o = 0.
        """
        self._need_forward()
        return {name: array.copy() for name, array in self._named_gates().items()}

    def _named_gates(self):
        return {}

    def _need_forward(self):
        if self._sizes is None:
            raise RuntimeError("this needs a forward pass before it")

    def _allocate(self, T, N):
        D, H, G, dtype = self.D, self.H, len(self.stacked), self.dtype
        self._sizes = T, N
        self._x1 = np.ones((T, N, D + 1), dtype)  # the 1 meets the bias
        self._h = np.empty((T + 1, N, H), dtype)  # from the initial state on
        self._a = np.empty((G, T, N, H), dtype)  # pre-activations, then gates
        self._da = np.empty((G, T, N, H), dtype)
        self._step = np.empty((G, N, H), dtype)  # products of one step
        self._dx = np.empty((T * N, D), dtype)

    def _begin(self, h0):
        self._h[0] = 0 if h0 is None else h0

    def _flush(self, dh):
        """Round dh to multiples of 1e-31 (1e-292 in float64), so that less becomes 0.

        A gradient that vanishes ends in subnormal numbers, with which a processor
        calculates many times slower.
        """
        dh += self._tiny
        dh -= self._tiny

    def _recurrent_gradients(self, da, dW):
        np.matmul(flat(self._h[:-1]).T, da, out=dW)


def flat(array):
    """Join the axes of time and batch.

    Parameters
    ----------
    array : ndarray, shape (..., T, N, n)
        Anything of a sequence.

    Returns
    -------
    ndarray, shape (..., T·N, n)
        A view.
    """
    return array.reshape(*array.shape[:-3], -1, array.shape[-1])


def initial_bias(gate_bias, H, rng):
    """Return the initial bias of the gate that keeps.

    Parameters
    ----------
    gate_bias : float or tuple
        A number; or ("chrono", longest), log(U([1, longest - 1])) for memories of up to
        `longest` steps (Tallec and Ollivier 2018, arXiv:1804.11188).
    H : int
        Number of units.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    float or ndarray, shape (H,)
        The bias.

    Raises
    ------
    ValueError
        If `gate_bias` is neither.
    """
    match gate_bias:
        case Real() if np.isfinite(gate_bias):
            return gate_bias
        case ("chrono", Real() as longest) if 2 < longest < np.inf:
            return np.log(rng.uniform(1, longest - 1, H))
    raise ValueError(
        "gate_bias must be a number or ('chrono', longest) with longest above 2, got "
        f"{gate_bias!r}"
    )
