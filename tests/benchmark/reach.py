"""Train seven cells on the adding problem; measure what reaches the past.

Run it with `python tests/benchmark/reach.py`, one thread. It takes about four minutes
and writes gru_lesson/results/reach.json, which chapter 08 reads: the norms of
∂h_T/∂h_t from 50 and from 100 steps back (LSTM: c to c), before and after training.
"""

import json
import os
from pathlib import Path

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before NumPy is loaded
os.environ["TQDM_DISABLE"] = "1"

import numpy as np

from gru_lesson import engine, flow, nn, optim, tasks, train
from gru_lesson.bptt import gru_forward
from gru_lesson.lstm import lstm_forward
from gru_lesson.results import machine
from gru_lesson.rnn import rnn_forward

FILE = Path(__file__).parents[2] / "gru_lesson" / "results" / "reach.json"
T, H, SEEDS, UPDATES = 100, 32, 5, 1000
CELLS = {
    "Elman": (engine.RNN, {}),
    "Elman, orthogonal": (engine.RNN, {}),
    "GRU, 0": (engine.GRU, {"gate_bias": 0.0}),
    "GRU, chrono": (engine.GRU, {"gate_bias": ("chrono", T)}),
    "LSTM, 0": (engine.LSTM, {"gate_bias": 0.0}),
    "LSTM, 1": (engine.LSTM, {"gate_bias": 1.0}),
    "LSTM, chrono": (engine.LSTM, {"gate_bias": ("chrono", T)}),
}
TAUGHT = {
    engine.RNN: (rnn_forward, flow.rnn_jacobian),
    engine.GRU: (gru_forward, flow.gru_jacobian),
    engine.LSTM: (lstm_forward, flow.lstm_jacobian),
}


def reach(layer, xs):
    """Return the median norms from 50 and from 100 steps back."""
    forward, jacobian = TAUGHT[type(layer)]
    p = {name: a.astype(float) for name, a in layer.params.items()}
    start = np.zeros((xs.shape[1], H))
    lstm = isinstance(layer, engine.LSTM)
    _, caches = forward(xs, (start, start) if lstm else start, p)
    jacobians = [jacobian(cache, p).swapaxes(1, 2) for cache in reversed(caches)]
    norms = flow.norms(jacobians, slice(H, None) if lstm else slice(None))
    return {k: float(f"{np.median(norms[k - 1]):.2e}") for k in (50, 100)}


def run(name, seed):
    """Train one cell from one start; return what was measured."""
    kind, options = CELLS[name]
    rng, task = np.random.default_rng(seed), tasks.adding(T)
    layer = kind(2, H, rng, **options)
    if name == "Elman, orthogonal":
        layer.params["W_hh"], _ = np.linalg.qr(rng.normal(size=(H, H)))
    model = nn.Model(layer, nn.Dense(H, 1, rng))
    test = task.draw(500, np.random.default_rng(1))
    inputs = task.draw(10, np.random.default_rng(2)).xs.astype(float)
    before = reach(layer, inputs)
    adam = optim.Adam(model.params, rate=0.01)
    history = train.fit(model, task, adam, rng, UPDATES, test=test, target=0.005)
    return {
        "cell": name,
        "seed": seed,
        "before": before,
        "after": reach(layer, inputs),
        "updates": len(history.losses),
        "solved": history.stopped == "target",
        "test_loss": round(history.test_losses[-1], 4),
    }


def main():
    """Run all, print a line for each, write the file."""
    runs = []
    for name in CELLS:
        for seed in range(SEEDS):
            runs.append(run(name, seed))
            print(runs[-1], flush=True)
    settings = {"T": T, "H": H, "batch": 32, "rate": 0.01, "most_updates": UPDATES}
    results = {
        "command": "python tests/benchmark/reach.py",
        "settings": settings,
        "machine": machine(),
        "runs": runs,
    }
    FILE.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
