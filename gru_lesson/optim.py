"""What changes the parameters: gradient descent with momentum, Adam, and clipping.

Parameters and gradients are dicts of arrays by name. An optimizer writes into the
arrays that it was made for and never puts others in their place: they may be views of a
larger one. Where PyTorch and the papers differ, the formulas are PyTorch's.
"""

import numpy as np


class _Optimizer:
    """What the two optimizers share: parameters, rate, one kind of memory each."""

    memories = ()

    def __init__(self, params, rate):
        self.params, self.rate, self.steps = dict(params), rate, 0
        if not self.params:
            raise ValueError("params is empty: there is nothing to learn.")
        _check_range("rate", rate, 0, np.inf)
        self._memory = {
            f"{kind}/{name}": np.zeros_like(a)
            for kind in self.memories
            for name, a in self.params.items()
        }

    def _check(self, grads):
        """Check that gradients fit the parameters, before anything is changed."""
        lonely = sorted(self.params.keys() ^ grads.keys())
        if lonely:
            raise ValueError(
                f"grads must hold the names of the parameters; only one has {lonely}."
            )
        for name, value in self.params.items():
            if grads[name].shape != value.shape:
                raise ValueError(
                    f"the gradient of {name} must have shape {value.shape}, got "
                    f"{grads[name].shape}."
                )

    def state(self):
        """Return copies of all that the next step depends on, the rate aside.

        Returns
        -------
        dict of ndarray
            For `restore`, or for ``np.savez``.
        """
        copies = {name: a.copy() for name, a in self._memory.items()}
        return {"steps": np.array(self.steps), **copies}

    def restore(self, state):
        """Go on from a state, with the same numbers to the bit.

        Parameters
        ----------
        state : dict of ndarray
            From `state`.

        Raises
        ------
        ValueError
            If it is the state of another optimizer, or of other parameters.
        """
        own = self.state()
        shapes = {name: a.shape for name, a in own.items()}
        if {name: np.shape(a) for name, a in state.items()} != shapes:
            raise ValueError(
                "the state belongs to another optimizer or to other parameters: it "
                f"holds {', '.join(state)}; expected {', '.join(own)}."
            )
        self.steps = int(state["steps"])
        for name, a in self._memory.items():
            a[...] = state[name]


class SGD(_Optimizer):
    """Gradient descent: v = momentum * v + gradient; parameter -= rate * v.

    Parameters
    ----------
    params : dict of ndarray
        What `step` changes, in place.
    rate : float
        Learning rate, above 0; the attribute may be changed between steps.
    momentum : float
        From 0, plain gradient descent, to below 1. The velocity v starts at 0.

    Raises
    ------
    ValueError
        If `params` is empty or a number is out of range.

    Notes
    -----
    As in PyTorch, a change of the rate acts on the whole velocity at once, and with a
    constant gradient a step grows to rate / (1 - momentum) times that gradient.
    """

    memories = ("velocity",)

    def __init__(self, params, rate=0.1, momentum=0.0):
        super().__init__(params, rate)
        _check_range("momentum", momentum, 0, 1, closed=True)
        self.momentum = momentum

    def step(self, grads):
        """Take one step against the gradient.

        Parameters
        ----------
        grads : dict of ndarray
            Gradients by the names of the parameters.

        Raises
        ------
        ValueError
            If names or shapes differ from those of the parameters.
        """
        self._check(grads)
        self.steps += 1
        for name, value in self.params.items():
            v = self._memory[f"velocity/{name}"]
            v *= self.momentum
            v += grads[name]
            value -= float(self.rate) * v


class Adam(_Optimizer):
    """Adam (Kingma & Ba 2015): moves of about the rate or less, whatever g.

    With the gradient g and the number of steps t::

        m = β1 m + (1 - β1) g           m^ = m / (1 - β1^t)
        v = β2 v + (1 - β2) g²          v^ = v / (1 - β2^t)
        parameter -= rate * m^ / (√v^ + ε)

    Parameters
    ----------
    params : dict of ndarray
        What `step` changes, in place.
    rate : float
        Learning rate, above 0; the attribute may be changed between steps.
    betas : tuple of float
        β1 and β2, each from 0 to below 1: how much of the two means is kept.
    epsilon : float
        ε, above 0: bounds the step where gradients are tiny.

    Raises
    ------
    ValueError
        If `params` is empty or a number is out of range.
    """

    memories = ("m", "v")

    def __init__(self, params, rate=1e-3, betas=(0.9, 0.999), epsilon=1e-8):
        super().__init__(params, rate)
        for beta in betas:
            _check_range("betas", beta, 0, 1, closed=True)
        _check_range("epsilon", epsilon, 0, np.inf)
        self.betas, self.epsilon = betas, epsilon

    def step(self, grads):
        """Take one step.

        Parameters
        ----------
        grads : dict of ndarray
            Gradients by the names of the parameters.

        Raises
        ------
        ValueError
            If names or shapes differ from those of the parameters.
        """
        self._check(grads)
        self.steps += 1
        beta_1, beta_2 = self.betas
        rate = float(self.rate) / (1 - beta_1**self.steps)
        correction = 1 - beta_2**self.steps
        for name, value in self.params.items():
            g, m, v = grads[name], self._memory[f"m/{name}"], self._memory[f"v/{name}"]
            m += (1 - beta_1) * (g - m)
            v += (1 - beta_2) * (g * g - v)
            value -= rate * m / (np.sqrt(v / correction) + self.epsilon)


def clip(grads, limit):
    """Scale all gradients together, so that their global norm is at most `limit`.

    Parameters
    ----------
    grads : dict of ndarray
        Changed in place; their direction stays.
    limit : float
        Largest norm, above 0; infinity changes nothing and only measures.

    Returns
    -------
    float
        The norm before, √ of the sum of all squares.

    Raises
    ------
    FloatingPointError
        If a gradient is NaN or infinite; the message names it, and nothing is changed.
    ValueError
        If `limit` is not above 0.

    Notes
    -----
    The idea is that of Pascanu et al. (2013). As in PyTorch the factor is
    limit / (norm + 1e-6), where that is below 1, so the new norm stays a little below
    the limit. The squares are summed in double precision.
    """
    if not limit > 0:
        raise ValueError(f"limit must be above 0, got {limit}.")
    with np.errstate(over="ignore"):  # said below
        squares = [np.square(g, dtype=float).sum() for g in grads.values()]
    norm = float(np.sqrt(sum(squares)))
    if not np.isfinite(norm):
        for name, g in grads.items():
            wrong = g[~np.isfinite(g)]
            if wrong.size:
                raise FloatingPointError(
                    f"the gradient of {name} is not finite: {wrong[0]} in {wrong.size} "
                    f"of its {g.size} entries."
                )
        raise FloatingPointError(f"the norm of the gradient overflows: {norm}.")
    factor = float(limit) / (norm + 1e-6)
    if factor < 1:
        for g in grads.values():
            g *= factor
    return norm


def _check_range(name, value, low, high, closed=False):
    """Check low < value < high; with `closed`, low itself is fine too."""
    if not (low < value < high or (closed and value == low)):
        start = "from" if closed else "above"
        end = f" to below {high}" if np.isfinite(high) else " and finite"
        raise ValueError(f"{name} must be {start} {low}{end}, got {value}.")
