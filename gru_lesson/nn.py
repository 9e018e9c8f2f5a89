"""What stands around a recurrent layer: an embedding, a readout, the whole model.

Arrays may have any leading axes, mostly (T, N); the last one is D inputs, H units or K
outputs. Each part computes forward, then backward, and writes its gradients into
``grads``, the same arrays every time. The losses are in ``losses``.
"""

from types import MappingProxyType

import numpy as np

from gru_lesson.losses import check_symbols, cross_entropy, softmax, squared_error
from gru_lesson.validate import check_array

__all__ = ["Dense", "Embedding", "Model", "cross_entropy", "softmax", "squared_error"]


class Dense:
    """A readout, y = h W_hy + b_y, the same at each step.

    Parameters
    ----------
    H, K : int
        Number of units that are read, and of outputs.
    rng : numpy.random.Generator
        Draws W_hy (H, K) uniformly on ±1/√H; b_y (K,) is zero.
    dtype : dtype
        Precision of parameters and answers. The draw does not depend on it.
    """

    def __init__(self, H, K, rng, dtype=np.float32):
        bound = 1 / np.sqrt(H)
        W_hy = rng.uniform(-bound, bound, (H, K))
        self.params = {"W_hy": W_hy.astype(dtype), "b_y": np.zeros(K, dtype)}
        self.grads = {name: np.zeros_like(a) for name, a in self.params.items()}
        self._hs = None

    def forward(self, hs):
        """Read states.

        Parameters
        ----------
        hs : ndarray, shape (..., H)
            States; floats of another precision are converted.

        Returns
        -------
        ndarray, shape (..., K)
            The outputs y. They are not finite where a state is not.

        Raises
        ------
        TypeError, ValueError
            If `hs` does not hold floats, or its last axis is not H.
        """
        W_hy, b_y = self.params.values()
        hint = f"H = {len(W_hy)} comes from W_hy."
        shape = (*np.shape(hs)[:-1], len(W_hy))
        check_array("hs", hs, shape, hint, finite=False)
        self._hs = hs.astype(W_hy.dtype, copy=False)
        return self._hs @ W_hy + b_y

    def backward(self, dys):
        """Carry a gradient back to the states of the last forward pass.

        Parameters
        ----------
        dys : ndarray, shape (..., K)
            ∂L/∂y, for example from a loss.

        Returns
        -------
        ndarray, shape (..., H)
            ∂L/∂h. The gradients of W_hy and b_y are in ``grads``.

        Raises
        ------
        RuntimeError
            If there was no forward pass.
        TypeError, ValueError
            If `dys` does not hold floats, or has another shape than the outputs.
        """
        if self._hs is None:
            raise RuntimeError("backward has no forward pass to go back through.")
        W_hy = self.params["W_hy"]
        H, K = W_hy.shape
        shape = (*self._hs.shape[:-1], K)
        hint = "It needs the shape of the outputs of the last forward pass."
        check_array("dys", dys, shape, hint, finite=False)
        dys = dys.astype(W_hy.dtype, copy=False)
        self.grads["W_hy"][...] = self._hs.reshape(-1, H).T @ dys.reshape(-1, K)
        self.grads["b_y"][...] = dys.reshape(-1, K).sum(axis=0)
        return dys @ W_hy.T


class Embedding:
    """A table of V learned rows: symbol number v becomes the input x = W_e[v].

    Parameters
    ----------
    V, D : int
        Number of symbols, and of inputs that each becomes.
    rng : numpy.random.Generator
        Draws W_e (V, D) from the standard normal distribution.
    dtype : dtype
        Precision of parameters and answers. The draw does not depend on it.
    """

    def __init__(self, V, D, rng, dtype=np.float32):
        self.params = {"W_e": rng.normal(size=(V, D)).astype(dtype)}
        self.grads = {"W_e": np.zeros((V, D), dtype)}
        self._ids = None

    def forward(self, ids):
        """Look symbols up.

        Parameters
        ----------
        ids : ndarray of int, shape (...)
            Numbers of symbols, from 0 to V - 1.

        Returns
        -------
        ndarray, shape (..., D)
            Their rows.

        Raises
        ------
        TypeError, ValueError
            If `ids` does not hold integers from 0 to V - 1.
        """
        W_e = self.params["W_e"]
        check_symbols("ids", ids, len(W_e))
        self._ids = ids.copy()
        return W_e[ids]

    def backward(self, dxs):
        """Add up the gradient of each row over all places where its symbol stood.

        Parameters
        ----------
        dxs : ndarray, shape (..., D)
            ∂L/∂x. The gradient of W_e is in ``grads``; symbols themselves have none.

        Raises
        ------
        RuntimeError
            If there was no forward pass.
        TypeError, ValueError
            If `dxs` does not hold floats, or has another shape than the rows had.
        """
        if self._ids is None:
            raise RuntimeError("backward has no forward pass to go back through.")
        dW_e = self.grads["W_e"]
        shape = (*self._ids.shape, dW_e.shape[1])
        hint = "It needs the shape of the answer of the last forward pass."
        check_array("dxs", dxs, shape, hint, finite=False)
        dW_e[...] = 0
        np.add.at(dW_e, self._ids, dxs.astype(dW_e.dtype, copy=False))


class Model:
    """A recurrent layer between an embedding, if there is one, and a readout.

    Parameters
    ----------
    layer : gru_lesson.engine.GRU, LSTM or RNN
        The recurrent layer.
    readout : Dense
        Reads its states.
    embed : Embedding, optional
        Turns symbols into its inputs.

    Raises
    ------
    ValueError
        If two parts have a parameter of the same name, or differ in precision.
    """

    def __init__(self, layer, readout, embed=None):
        self.layer, self.readout, self.embed = layer, readout, embed
        self._parts = [part for part in (embed, layer, readout) if part is not None]
        names = [name for part in self._parts for name in part.params]
        twice = [name for name in self.params if names.count(name) > 1]
        if twice:
            raise ValueError(f"two parts of the model have a parameter {twice[0]}.")
        dtypes = {str(a.dtype) for a in self.params.values()}
        if len(dtypes) > 1:
            raise ValueError(f"the parts must have one dtype, got {sorted(dtypes)}.")
        self.dtype = np.dtype(*dtypes)

    @property
    def params(self):
        """Parameters of all parts by name, to be written in place."""
        return self._merged("params")

    @property
    def grads(self):
        """Gradients of the last backward pass, by the names of the parameters."""
        return self._merged("grads")

    def _merged(self, which):
        # made anew each time, so that a copy of a model has its own arrays in it
        merged = {}
        for part in self._parts:
            merged |= getattr(part, which)
        return MappingProxyType(merged)

    def forward(self, xs, h0=None, mask=None):
        """Answer a batch of sequences.

        Parameters
        ----------
        xs : ndarray, shape (T, N, D), or (T, N) of int with an embedding
            Inputs, time first.
        h0 : optional
            Initial state, as the layer takes it; zero by default.
        mask : ndarray of bool, shape (T, N), optional
            True where a step is real; the layer copies its state where it is not.

        Returns
        -------
        ndarray, shape (T, N, K)
            The outputs of the readout.
        """
        xs = xs if self.embed is None else self.embed.forward(xs)
        return self.readout.forward(self.layer.forward(xs, h0, mask))

    def backward(self, dys):
        """Carry a gradient back through the last forward pass, and fill ``grads``.

        Parameters
        ----------
        dys : ndarray, shape (T, N, K)
            ∂L/∂y, from a loss.

        Returns
        -------
        ndarray, shape (T, N, D), or None
            ∂L/∂xs; symbols have none.
        """
        dxs, _ = self.layer.backward(self.readout.backward(dys))
        return dxs if self.embed is None else self.embed.backward(dxs)
