"""Count the operators and the bytes of one training step: GRU, LSTM, Elman network.

frameworks.py writes them into its results.

Operators: the calls of one step of PyTorch, counted twice. "profiler": all aten calls
that torch.profiler sees, also those that an operator makes of others. "dispatched":
what a TorchDispatchMode sees, each operator once. "summed": "profiler" for
`cell(xs)[0].sum().backward()`, where xs needs no gradient.

Memory: what a step adds to inputs, weights and gradients, which are there before it.
PyTorch: what autograd saves for the way back, each storage once. Ours: from
tracemalloc, what the step needs at its peak and what the layer keeps; its buffers hold
the gradients of all pre-activations too.
"""

import tracemalloc
from collections import Counter
from contextlib import contextmanager

import engine
import numpy as np

from gru_lesson.engine import RNN

CELLS = ("GRU", "LSTM", "RNN")
ON, OFF = "PyTorch", "PyTorch, oneDNN off"
COUNTED = [100, 32, 2, 64]  # T, N, D, H of the operators


def problem(sizes):
    """Draw xs, dhs and a layer of each kind."""
    xs, dhs, gru, lstm = engine.problem(*sizes)
    rnn = RNN(*sizes[2:], np.random.default_rng(0))
    return xs, dhs, {"GRU": gru, "LSTM": lstm, "RNN": rnn}


@contextmanager
def setting(program):
    """Switch oneDNN on or off; `mkldnn.flags` would warn about TF32 every time."""
    if program not in (ON, OFF):
        yield
        return
    from torch.backends import mkldnn

    before, mkldnn.enabled = mkldnn.enabled, program == ON
    try:
        yield
    finally:
        mkldnn.enabled = before


def profiled(step):
    """Return how often each operator was called, as torch.profiler sees it."""
    from torch.profiler import ProfilerActivity, profile

    with profile(activities=[ProfilerActivity.CPU]) as seen:
        step()
    events = {event.key: event.count for event in seen.key_averages()}
    return Counter({k: n for k, n in events.items() if k.startswith("aten::")})


def dispatched(step):
    """Return how often each operator came to be carried out, below autograd."""
    from torch.utils._python_dispatch import TorchDispatchMode

    calls = Counter()

    class Count(TorchDispatchMode):
        def __torch_dispatch__(self, function, types, args=(), kwargs=None):
            calls[function.overloadpacket._qualified_op_name] += 1
            return function(*args, **(kwargs or {}))

    with Count():
        step()
    return calls


def summed(sizes, cell):
    """Return a step that ends in a sum, and asks for no gradient of the inputs."""
    import torch

    T, N, D, H = sizes
    xs, model = torch.randn(T, N, D), getattr(torch.nn, cell)(D, H)
    return lambda: model(xs)[0].sum().backward()


def operators(sizes, program, cell):
    """Count the calls of one step of PyTorch; name them where they are few."""
    xs, dhs, layers = problem(sizes)
    step = engine.torch_layer(layers[cell], xs, dhs)
    with setting(program):
        step()
        all_calls, calls = profiled(step), dispatched(step)
        sum_calls = profiled(summed(sizes, cell))
    row = {
        "program": program,
        "cell": cell,
        "profiler": all_calls.total(),
        "dispatched": calls.total(),
        "summed": sum_calls.total(),
    }
    return row | ({"names": dict(calls)} if calls.total() < 50 else {})


def saved(sizes, program, cell):
    """Return the bytes that autograd saves in a forward pass of PyTorch.

    A storage counts once, however many views of it are saved; not at all if inputs or
    weights live in it. The workspace of a fused kernel is one of them, a tensor of
    bytes.
    """
    import torch

    T, N, D, H = sizes
    xs = torch.randn(T, N, D, requires_grad=True)
    model = getattr(torch.nn, cell)(D, H)
    kept = {}

    def pack(tensor):
        storage = tensor.untyped_storage()
        kept[storage.data_ptr()] = storage  # alive: its address stays its own
        return tensor

    there = {t.untyped_storage().data_ptr() for t in (xs, *model.parameters())}
    with setting(program), torch.autograd.graph.saved_tensors_hooks(pack, lambda t: t):
        model(xs)
    return sum(kept[address].nbytes() for address in kept.keys() - there)


def allocated(sizes, cell):
    """Return the bytes that our layer adds at the peak of a first step, and keeps."""
    xs, dhs, layers = problem(sizes)
    engine.ours(problem(sizes)[2][cell], xs, dhs)()  # what Python allocates once
    layer = layers[cell]
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    answers = layer.forward(xs), layer.backward(dhs)
    _, peak = tracemalloc.get_traced_memory()
    del answers
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak - before, kept - before


def memory(sizes, programs=(ON, OFF)):
    """Return bytes, and of how many arrays (T, N, H) they are, for all cells."""
    T, N, _, H = sizes
    found = {"ours, peak": {}, "ours, kept": {}} | {name: {} for name in programs}
    for cell in CELLS:
        peak, kept = allocated(sizes, cell)
        found["ours, peak"][cell], found["ours, kept"][cell] = peak, kept
        for program in programs:
            found[program][cell] = saved(sizes, program, cell)
    arrays = {
        what: {cell: round(count / (4 * T * N * H), 2) for cell, count in by.items()}
        for what, by in found.items()
    }
    return {"sizes": list(sizes), "bytes": found, "arrays": arrays}


def counts():
    """Return the operators and the memory, which come out the same every time."""
    calls = [operators(COUNTED, p, c) for p in (ON, OFF) for c in CELLS]
    return {"operators": calls, "memory": [memory(sizes) for sizes in engine.SIZES]}
