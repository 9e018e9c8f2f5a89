"""Measure one training step, forward and backward in float32, on one core.

Run it with `make bench`: a table on the screen, and all numbers
in gru_lesson/results/engine.json, which the appendix reads.

Every contestant gets the same xs, weights and dhs and returns hs, ∂L/∂xs and the
gradient of every weight; optimizer and readout are left out. `torch.nn.GRU` is another
function: its reset gate acts after the product. The floor is the products and the tanh
that our GRU makes, into arrays that are there already, and nothing else.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from gru_lesson import engine
from gru_lesson.bptt import gru_backward, gru_forward
from gru_lesson.results import machine

SIZES = [  # T, N, D, H
    (20, 8, 8, 16),
    (100, 32, 2, 64),
    (400, 32, 2, 64),
    (100, 32, 32, 128),
    (50, 64, 64, 256),
    (100, 128, 64, 128),
]
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"
)
RESULTS = Path(__file__).parents[2] / "gru_lesson" / "results" / "engine.json"


def problem(T, N, D, H, seed=0):
    """Draw xs, dhs and the layers whose weights everyone gets."""
    rng = np.random.default_rng(seed)
    xs, dhs = (rng.normal(size=(T, N, n)).astype(np.float32) for n in (D, H))
    return xs, dhs, engine.GRU(D, H, rng), engine.LSTM(D, H, rng)


def ours(layer, xs, dhs):
    """Return a step of a layer of the engine."""

    def step():
        hs = layer.forward(xs)
        dxs, _ = layer.backward(dhs)
        return hs, dxs, layer.grads

    return step


def taught(layer, xs, dhs):
    """Return a step of the functions of chapters 6 and 7."""
    p = {name: array.copy() for name, array in layer.params.items()}
    h0 = np.zeros((xs.shape[1], layer.H), xs.dtype)

    def step():
        hs, caches = gru_forward(xs, h0, p)
        dxs, _, grads = gru_backward(dhs, caches, p)
        return hs, dxs, grads

    return step


def torch_layer(layer, xs, dhs):
    """Return a step of torch.nn.GRU, torch.nn.LSTM or torch.nn.RNN."""
    import torch

    torch.set_num_threads(1)
    order = {"GRU": "rzh", "LSTM": "ifco", "RNN": "h"}[type(layer).__name__]
    cell = getattr(torch.nn, type(layer).__name__)(layer.D, layer.H)
    p = layer.params
    stacked = [
        np.concatenate([p[name + gate].T for gate in order]) for name in ("W_x", "W_h")
    ]
    bias = np.concatenate([p[f"b_{gate}"] for gate in order])
    with torch.no_grad():
        for weight, value in zip(
            cell.parameters(), [*stacked, bias, 0 * bias], strict=True
        ):
            weight.copy_(torch.tensor(value))
    xs = torch.tensor(xs, requires_grad=True)
    dhs = torch.tensor(dhs)

    def named(*grads):
        split = {}
        for name, grad in zip(("W_x", "W_h", "b_"), grads, strict=False):
            for gate, rows in zip(order, grad.split(layer.H), strict=True):
                split[name + gate] = rows.numpy().T
        return split

    def step(convert=False):
        hs, _ = cell(xs)
        dxs, *grads = torch.autograd.grad(hs, [xs, *cell.parameters()], dhs)
        return (hs.detach().numpy(), dxs.numpy(), named(*grads)) if convert else None

    return step


def jax_step(states, layer, xs, dhs):
    """Return a step of a compiled function from weights and inputs to all states."""
    import jax
    import jax.numpy as jnp

    def loss(p, xs):
        hs = states(p, xs)
        return (hs * dhs).sum(), hs

    compiled = jax.jit(jax.value_and_grad(loss, argnums=(0, 1), has_aux=True))
    p = {name: jnp.asarray(array) for name, array in layer.params.items()}
    xs, dhs = jnp.asarray(xs), jnp.asarray(dhs)

    def step():
        (_, hs), (grads, dxs) = jax.block_until_ready(compiled(p, xs))
        return hs, dxs, grads

    return step


def jax_gru(layer, xs, dhs):
    """Return a step of the same GRU as a compiled JAX scan."""
    import jax
    import jax.numpy as jnp

    def states(p, xs):
        W_x = jnp.concatenate([p["W_xz"], p["W_xr"], p["W_xh"]], axis=1)
        b = jnp.concatenate([p["b_z"], p["b_r"], p["b_h"]])
        W_zr = jnp.concatenate([p["W_hz"], p["W_hr"]], axis=1)

        def one(h_prev, a_x):
            a_zr = a_x[:, : 2 * layer.H] + h_prev @ W_zr
            z, r = jnp.split(jax.nn.sigmoid(a_zr), 2, axis=1)
            h_tilde = jnp.tanh(a_x[:, 2 * layer.H :] + (r * h_prev) @ p["W_hh"])
            h = z * h_prev + (1 - z) * h_tilde
            return h, h

        h0 = jnp.zeros((xs.shape[1], layer.H), xs.dtype)
        return jax.lax.scan(one, h0, xs @ W_x + b)[1]

    return jax_step(states, layer, xs, dhs)


def jax_lstm(layer, xs, dhs):
    """Return a step of the same LSTM as a compiled JAX scan."""
    import jax
    import jax.numpy as jnp

    def states(p, xs):
        W_x, W_h = (
            jnp.concatenate([p[name + gate] for gate in "fioc"], axis=1)
            for name in ("W_x", "W_h")
        )
        b = jnp.concatenate([p[f"b_{gate}"] for gate in "fioc"])

        def one(state, a_x):
            h, c = state
            a = a_x + h @ W_h
            f, i, o = jnp.split(jax.nn.sigmoid(a[:, : 3 * layer.H]), 3, axis=1)
            c = f * c + i * jnp.tanh(a[:, 3 * layer.H :])
            h = o * jnp.tanh(c)
            return (h, c), h

        start = jnp.zeros((xs.shape[1], layer.H), xs.dtype)
        return jax.lax.scan(one, (start, start), xs @ W_x + b)[1]

    return jax_step(states, layer, xs, dhs)


def floor(layer, xs, dhs):
    """Return the products and the tanh of our GRU, without their meaning."""
    (T, N, D), H = xs.shape, layer.H
    rng = np.random.default_rng(0)

    def some(*shape):
        return rng.uniform(-0.1, 0.1, shape).astype(xs.dtype)

    x1, W_x, WT_x = some(T * N, D + 1), some(3, D + 1, H), some(3, H, D)
    h, W_h, step = some(T * N, H), some(3, H, H), some(3, N, H)
    a, dW_x, dW_h, dx = (
        some(3, T * N, H),
        some(3, D + 1, H),
        some(3, H, H),
        some(T * N, D),
    )

    def step_of_training():
        np.matmul(x1, W_x, out=a)
        for t in range(0, T * N, N):
            np.matmul(h[t : t + N], W_h[:2], out=step[:2])
            np.tanh(step[:2], out=step[:2])
            np.matmul(h[t : t + N], W_h[2], out=step[2])
            np.tanh(step[2], out=step[2])
        for t in range(0, T * N, N):
            np.matmul(h[t : t + N], W_h[2], out=step[2])
            np.matmul(a[:2, t : t + N], W_h[:2], out=step[:2])
        np.matmul(x1.T, a, out=dW_x)
        np.matmul(h.T, a, out=dW_h)
        for k in range(3):
            np.matmul(a[k], WT_x[k], out=dx)

    return step_of_training


CONTESTANTS = {
    "ours, GRU": (ours, "GRU"),
    "ours, LSTM": (ours, "LSTM"),
    "torch.nn.GRU (reset after)": (torch_layer, "GRU"),
    "torch.nn.LSTM": (torch_layer, "LSTM"),
    "JAX scan, GRU": (jax_gru, "GRU"),
    "taught, GRU": (taught, "GRU"),
    "floor, GRU": (floor, "GRU"),
}


def make(name, xs, dhs, gru, lstm):
    """Return a contestant's step, or None where its library is missing."""
    builder, kind = CONTESTANTS[name]
    try:
        return builder({"GRU": gru, "LSTM": lstm}[kind], xs, dhs)
    except ImportError:
        return None


def pin():
    """Keep to one processor: JAX has no number of threads to set."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def seconds(step, times):
    """Return the seconds of one step, averaged over a few."""
    start = time.perf_counter()
    for _ in range(times):
        step()
    return (time.perf_counter() - start) / times


def measure(sizes, rounds, block=0.02):
    """Return the seconds of each contestant in each round; they take turns."""
    given = problem(*sizes)
    steps = {name: make(name, *given) for name in CONTESTANTS}
    steps = {name: step for name, step in steps.items() if step}
    for step in steps.values():
        step()  # compiles, fills caches
    times = {n: max(1, round(block / seconds(step, 2))) for n, step in steps.items()}
    taken = {name: [] for name in steps}
    for _ in range(rounds):
        for name, step in steps.items():
            taken[name].append(seconds(step, times[name]))
    return taken


def table(results):
    """Return the results as a table in Markdown."""
    lines = [f"| T, N, D, H | {' | '.join(CONTESTANTS)} | ratio | floor |"]
    lines.append("|---" * (len(CONTESTANTS) + 3) + "|")
    for row in results:
        cells = [row["milliseconds"].get(name) for name in CONTESTANTS]
        cells += [row["ratio"], row["floor_share"]]
        text = " | ".join("not installed" if c is None else f"{c:.2f}" for c in cells)
        lines.append(f"| {', '.join(map(str, row['sizes']))} | {text} |")
    return "\n".join(lines)


def run(sizes, rounds):
    """Measure all sizes; return one entry for each."""
    results = []
    for size in sizes:
        taken = measure(size, rounds)
        medians = {name: 1000 * statistics.median(s) for name, s in taken.items()}
        mine, other = taken["ours, GRU"], taken.get("torch.nn.GRU (reset after)")
        ratios = [a / b for a, b in zip(mine, other or mine, strict=True)]
        results.append(
            {
                "sizes": size,
                "milliseconds": {n: round(ms, 4) for n, ms in medians.items()},
                "ratio": round(statistics.median(ratios), 3) if other else None,
                "floor_share": round(medians["floor, GRU"] / medians["ours, GRU"], 3),
            }
        )
    return results


def main():
    """Print the table and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--write", type=Path, default=RESULTS)
    options = parser.parse_args()
    if not ONE_THREAD.items() <= os.environ.items():  # NumPy has read it by now
        again = [sys.executable, *sys.argv]
        sys.exit(subprocess.run(again, env=os.environ | ONE_THREAD).returncode)
    pin()
    where = machine("torch", "jax", "jaxlib")
    print(json.dumps(where, indent=1))
    results = run(SIZES, options.rounds)
    print("\nMilliseconds a step, medians of rounds that take turns. Ratio: our GRU to")
    print("torch.nn.GRU. Floor: the share of our GRU that is products and tanh.\n")
    print(table(results))
    found = {
        "command": "python tests/benchmark/engine.py",
        "settings": {"rounds": options.rounds, "dtype": "float32"},
        "machine": where,
        "runs": results,
    }
    options.write.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
