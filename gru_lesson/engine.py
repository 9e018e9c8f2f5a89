"""The fast path: GRU, LSTM and Elman layers with the numbers of the taught cells.

A layer is made from D, H, rng (a numpy.random.Generator), dtype (float32 or float64)
and, where a gate keeps, gate_bias: its initial bias, a number or ("chrono", longest).
Then ``hs = layer.forward(xs)`` and ``dxs, dh0 = layer.backward(dhs)``, see ``layer``.

Here are the loops over time. They hold only what needs the step before: local
derivatives of all steps stand ready before the way back begins. σ(a) is computed as
1/2 + tanh(a/2)/2; the inner half is in the weights already. That gives up digits at a
gate that is nearly 0 (from σ = 1e-4 down in float32): σ and h - h~ cancel there, and
the gradients concerned, small themselves, have larger relative errors.
"""

import numpy as np

from gru_lesson.layer import Layer, flat, initial_bias


class GRU(Layer):
    """The GRU of `gru_lesson.cell`; gate_bias is the initial b_z."""

    letters, stacked, sigmoids = "zrh", "rzh", 2

    def __init__(self, D, H, rng, dtype=np.float32, gate_bias=0.0):
        super().__init__(D, H, rng, dtype)
        self.params["b_z"] = initial_bias(gate_bias, H, rng)

    def _allocate(self, T, N):
        super()._allocate(T, N)
        self._seen = np.empty((T, N, self.H), self.dtype)  # r * h_prev

    def _run(self, W):
        for t, h_prev in enumerate(self._h[:-1]):
            rz, h_tilde, h = self._a[:2, t], self._a[2, t], self._h[t + 1]
            rz += np.matmul(h_prev, W[:2], out=self._step[:2])
            _end_sigmoid(rz)
            seen = np.multiply(rz[0], h_prev, out=self._seen[t])
            h_tilde += np.matmul(seen, W[2], out=self._step[2])
            np.tanh(h_tilde, out=h_tilde)
            np.subtract(h_prev, h_tilde, out=h)
            h *= rz[1]
            h += h_tilde  # z * h_prev + (1 - z) * h_tilde
            if self._skip is not None:
                np.copyto(h, h_prev, where=self._skip[t])
                np.copyto(rz[1], 1, where=self._skip[t])

    def _run_back(self, dhs, WT):
        (r, z, h_tilde), da = self._a, self._da
        # by which da = dh * local: (h_prev - h~) z (1-z) = (h - h~) (1-z) for z,
        # (1-z) (1 - h~²) for the candidate; da_r = dg * h_prev r (1-r)
        np.subtract(1, z, out=da[2])
        np.subtract(self._h[1:], h_tilde, out=da[1])
        da[1] *= da[2]
        np.multiply(h_tilde, h_tilde, out=da[0])
        np.subtract(1, da[0], out=da[0])
        da[2] *= da[0]
        np.subtract(1, r, out=da[0])
        da[0] *= self._seen
        dh = np.zeros_like(self._h[0])
        for t in reversed(range(len(dhs))):
            dh += dhs[t]
            da[1:, t] *= dh
            dg = np.matmul(da[2, t], WT[2], out=self._step[2])
            da[0, t] *= dg
            dh *= z[t]
            dg *= r[t]
            dh += dg
            for part in np.matmul(da[:2, t], WT[:2], out=self._step[:2]):
                dh += part
            self._flush(dh)
        return dh

    def _recurrent_gradients(self, da, dW):
        super()._recurrent_gradients(da[:2], dW[:2])
        np.matmul(flat(self._seen).T, da[2], out=dW[2])

    def _named_gates(self):
        r, z, h_tilde = self._a
        return {"z": z, "r": r, "h_tilde": h_tilde}


class LSTM(Layer):
    """The LSTM of `gru_lesson.lstm`; gate_bias is the initial b_f, chrono sets b_i."""

    letters, stacked, sigmoids = "fioc", "ofic", 3

    def __init__(self, D, H, rng, dtype=np.float32, gate_bias=0.0):
        super().__init__(D, H, rng, dtype)
        bias = self.params["b_f"] = initial_bias(gate_bias, H, rng)
        if np.ndim(bias):
            self.params["b_i"] = -bias

    def _allocate(self, T, N):
        super()._allocate(T, N)
        self._c, self._tanh_c = np.empty_like(self._h), np.empty_like(self._h[1:])
        self._through = np.empty_like(self._tanh_c)

    def _begin(self, h0):
        self._h[0], self._c[0] = (0, 0) if h0 is None else h0

    def _run(self, W):
        for t, h_prev in enumerate(self._h[:-1]):
            a, c_prev, c = self._a[:, t], self._c[t], self._c[t + 1]
            tanh_c = self._tanh_c[t]
            a += np.matmul(h_prev, W, out=self._step)
            np.tanh(a[3], out=a[3])
            _end_sigmoid(a[:3])
            o, f, i, c_tilde = a
            np.multiply(f, c_prev, out=c)
            c += np.multiply(i, c_tilde, out=tanh_c)
            np.tanh(c, out=tanh_c)
            h = np.multiply(o, tanh_c, out=self._h[t + 1])
            if self._skip is not None:
                pairs = (h, h_prev), (c, c_prev), (f, 1), (i, 0), (o, 0)
                for array, value in pairs:
                    np.copyto(array, value, where=self._skip[t])

    def _run_back(self, dhs, WT):
        (o, f, i, c_tilde), da = self._a, self._da
        # ∂σ/∂a of a gate times what the gate multiplies; then the candidate
        for k, factor in enumerate((self._tanh_c, self._c[:-1], c_tilde)):
            np.subtract(1, self._a[k], out=da[k])
            da[k] *= self._a[k]
            da[k] *= factor
        through = self._through  # ∂h/∂c
        for out, squashed, gate in (da[3], c_tilde, i), (through, self._tanh_c, o):
            np.multiply(squashed, squashed, out=out)
            np.subtract(1, out, out=out)
            out *= gate
        dh, dc = np.zeros_like(self._h[0]), np.zeros_like(self._h[0])
        for t in reversed(range(len(dhs))):
            dh += dhs[t]
            through[t] *= dh
            dc += through[t]
            da[0, t] *= dh
            da[1:, t] *= dc
            dc *= f[t]
            passed = 0 if self._skip is None else dh * self._skip[t]
            np.matmul(da[:, t], WT, out=self._step).sum(axis=0, out=dh)
            dh += passed
            self._flush(dh)
            self._flush(dc)
        return dh, dc

    def _named_gates(self):
        o, f, i, c_tilde = self._a
        return {"f": f, "i": i, "o": o, "c_tilde": c_tilde, "c": self._c[1:]}


class RNN(Layer):
    """The Elman network of `gru_lesson.rnn`."""

    letters = stacked = "h"

    def _run(self, W):
        for t, h_prev in enumerate(self._h[:-1]):
            a = self._a[0, t]
            a += np.matmul(h_prev, W[0], out=self._step[0])
            h = np.tanh(a, out=self._h[t + 1])
            if self._skip is not None:
                np.copyto(h, h_prev, where=self._skip[t])

    def _run_back(self, dhs, WT):
        da = self._da[0]
        np.multiply(self._h[1:], self._h[1:], out=da)
        np.subtract(1, da, out=da)
        if self._skip is not None:
            np.copyto(da, 0, where=self._skip)
        dh = np.zeros_like(self._h[0])
        for t in reversed(range(len(dhs))):
            dh += dhs[t]
            da[t] *= dh
            passed = 0 if self._skip is None else dh * self._skip[t]
            np.matmul(da[t], WT[0], out=dh)
            dh += passed
            self._flush(dh)
        return dh


def _end_sigmoid(a):
    """Turn halved pre-activations into σ in place."""
    np.tanh(a, out=a)
    a *= 0.5
    a += 0.5
