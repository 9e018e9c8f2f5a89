"""Train on the adding problem at 100, 200 and 400 steps, and write down how it went.

Run it with `python tests/benchmark/adding.py`, with one thread: it sets that itself.
It takes about six minutes and writes gru_lesson/results/adding.json, which chapter 09
reads. `--quick` tries everything at a tenth of the length and writes nothing.
"""

import argparse
import json
import os
from pathlib import Path

if __name__ == "__main__":  # before NumPy is loaded
    for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[_name] = "1"

import numpy as np

from gru_lesson import engine, nn, optim, results, tasks, train

FILE = Path(__file__).parents[2] / "gru_lesson" / "results" / "adding.json"
SETTINGS = {
    "H": 32,
    "batch": 32,
    "clip_norm": 1.0,
    "optimizer": "Adam",
    "target": 0.005,
    "most_updates": 1500,
    "test_sequences": 1000,
}
LENGTHS = (100, 200, 400)
LAYERS = {"GRU": engine.GRU, "GRU, r = 1": engine.GRU, "RNN": engine.RNN}


def plan():
    """Yield cell, gate bias, learning rate, steps and seed of each run."""
    for T in LENGTHS:
        for seed in range(10 if T == 100 else 5):
            yield "GRU", ("chrono", T), 0.01, T, seed
            yield "GRU", 0.0, 0.01, T, seed
        for seed in range(3):
            yield "RNN", None, 0.01, T, seed
            yield "RNN", None, 0.001, T, seed
    for seed in range(5):
        yield "GRU, r = 1", 0.0, 0.01, 100, seed


def run(cell, bias, rate, T, seed):
    """Train once; return what there is to know about it."""
    rng = np.random.default_rng(seed)
    H = SETTINGS["H"]
    given = {} if bias is None else {"gate_bias": bias}
    model = nn.Model(LAYERS[cell](2, H, rng, **given), nn.Dense(H, 1, rng))
    if cell == "GRU, r = 1":  # exactly, in float32; and so the gradient of r is 0
        for name, value in {"W_xr": 0, "W_hr": 0, "b_r": 100}.items():
            model.params[name][...] = value
    task = tasks.adding(T)
    history = train.fit(
        model,
        task,
        optim.Adam(model.params, rate=rate),
        rng,
        SETTINGS["most_updates"],
        batch=SETTINGS["batch"],
        clip_norm=SETTINGS["clip_norm"],
        test=task.draw(SETTINGS["test_sequences"], np.random.default_rng(1045)),
        every=100 if cell == "RNN" else 25,
        target=SETTINGS["target"],
        progress=False,
    )
    return {
        "cell": cell,
        "bias": "chrono" if isinstance(bias, tuple) else bias,
        "rate": rate,
        "T": T,
        "seed": seed,
        "solved": history.stopped == "target",
        "updates": len(history.losses),
        "seconds": round(history.seconds, 2),
        "largest_norm": round(max(history.norms), 2),
        "test_steps": history.test_steps,
        "test_losses": [round(loss, 5) for loss in history.test_losses],
    }


def main():
    """Run the plan, print a line for each run, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="try it, write nothing")
    quick = parser.parse_args().quick
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    runs = []
    for cell, bias, rate, T, seed in plan():
        if quick and seed:
            continue
        done = run(cell, bias, rate, T // 10 if quick else T, seed)
        runs.append(done)
        print(*list(done.values())[:9], done["test_losses"][-1], flush=True)
    after = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    found = {
        "command": "python tests/benchmark/adding.py",
        "settings": SETTINGS,
        "machine": results.machine() | {"load_before_and_after": [load, after]},
        "runs": runs,
    }
    if not quick:
        text = json.dumps(found, separators=(",", ":"))
        FILE.write_text(text.replace('{"cell"', '\n{"cell"') + "\n", "utf-8")


if __name__ == "__main__":
    main()
