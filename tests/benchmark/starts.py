"""Repeat the experiments of chapter 09 from ten starts, and write down how they went.

Run it with `python tests/benchmark/starts.py`, with one thread: it sets that itself.
It takes about three minutes and writes gru_lesson/results/starts.json, which chapter 09
reads. The functions that train and measure are those of the chapter, taken from there.
`--quick` tries one start and writes nothing.
"""

import argparse
import ast
import json
import os
from pathlib import Path

if __name__ == "__main__":  # before NumPy is loaded
    for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[_name] = "1"
    os.environ["TQDM_DISABLE"] = "1"

import numpy as np

from gru_lesson.results import machine

ROOT = Path(__file__).parents[2]
FILE = ROOT / "gru_lesson" / "results" / "starts.json"
CHAPTER = ROOT / "chapters" / "09_training.ipynb"
SETTINGS = {"starts": 10, "sea": [1, 3, 6], "adding": 100, "trouble": 50}
UNSTEADY = {"rate": 0.3, "momentum": 0.9, "larger": 3}
TROUBLE = {
    "as it was": {"updates": 400},
    "as it was, no clipping": {"updates": 400, "clip_norm": None},
    "rate 0.001": {"rate": 0.001},
    "rate 0.001, longer": {"rate": 0.001, "updates": 2500},
    "rate 0.3": {"rate": 0.3},
    "weights × 20": {"larger": 20},
    "weights × 20, no clipping": {"larger": 20, "clip_norm": None},
    "momentum, weights × 3": UNSTEADY,
    "the same, no clipping": UNSTEADY | {"clip_norm": None},
}


def chapter():
    """Return the imports and functions of the chapter, and its tasks."""
    cells = json.loads(CHAPTER.read_text("utf-8"))["cells"]
    sources = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    nodes = [node for source in sources for node in ast.parse(source).body]
    kept = ast.Import | ast.ImportFrom | ast.FunctionDef
    given = "baseline =", "task_2 =", "test_2 ="
    wanted = [
        node
        for node in nodes
        if isinstance(node, kept) or ast.unparse(node).startswith(given)
    ]
    names = {}
    exec(compile(ast.Module(wanted, []), CHAPTER, "exec"), names)
    return names


def set_task(names, T):
    """Make the adding problem with T steps what the functions of the chapter see."""
    task = names["task"] = names["tasks"].adding(T)
    names["test"] = task.draw(400, np.random.default_rng(1050))
    names["few"] = task.draw(100, np.random.default_rng(0))


def sea(names, horizon, seed):
    """Forecast the temperature; return the error on the test part, in °C."""
    series = names["sea_temperature"]()
    w, model, _ = names["forecaster"](horizon, series, seed)
    return {"error": w.rmse(w.degrees(model.forward(w.test.xs)), w.test)}


def solve(names, seed):
    """Learn to add over 100 steps; return what sections 9.6 and 9.7 measure."""
    set_task(names, SETTINGS["adding"])
    watch = names["train_and_look"], names["task"], names["look"]
    model, history, reaches = watch[0](*watch[1:], seed=seed)
    still = max(i for i, loss in enumerate(history.test_losses) if loss > 0.15)
    updates = len(history.losses)
    _, _, elman = watch[0](*watch[1:], names["engine"].RNN, updates, seed)
    found = {
        "updates": updates,
        "reach before": reaches[0],
        "reach on the plateau": reaches[still + 1],
        "Elman, largest": max(elman),
    }

    def constant(N, rng):
        batch = names["shuffled"](N, rng)
        batch.xs[:, :, 0] = 0.5
        return batch

    makers = {"nothing to learn": names["shuffled"], "numbers held at 0.5": constant}
    for key, make in makers.items():
        hopeless = names["replace"](names["task"], make=make)
        look = names["look_inside"]
        *_, seen = watch[0](hopeless, look, updates=125, seed=seed)
        found[f"reach, {key}"], found[f"z, {key}"] = seen[-1]
    xs = np.random.default_rng(3).random((100, 1000, 2)).astype(np.float32)
    for key, mark in (("z without marks", 0), ("z after a mark", 1)):
        xs[:, :, 1] = 0
        xs[20, :, 1] = mark
        model.forward(xs)
        found[key] = model.layer.gates()["z"][30:60].mean()
    return found | names["ablate"](model, names["test"])


def changes(names, seed):
    """Learn the task of section 9.7 with and without a reset gate."""
    model, test = names["learn_changes"](seed), names["test_2"]
    found = names["ablate"](model, test)
    gates, marks = model.layer.gates(), test.xs[:, :, 1] == 1
    for name in "zr":
        there, elsewhere = gates[name][marks].mean(), gates[name][~marks].mean()
        found[f"fall of {name}"] = 1 - there / elsewhere
    without = names["learn_changes"](seed, reset=False)
    task = names["task_2"]
    return found | {"without r": names["train"].evaluate(without, task, test)}


def trouble(names, case, seed):
    """Spoil a run as section 9.10 does."""
    set_task(names, SETTINGS["trouble"])
    settings = dict(TROUBLE[case])
    if "momentum" in settings:
        settings["kind"] = names["optim"].SGD
    try:
        _, history = names["spoiled"](seed, **settings)
    except names["train"].Diverged as error:
        history = error.history
        return {"ended": "diverged", "updates": len(history.losses), "loss": None}
    return {
        "ended": history.stopped,
        "updates": len(history.losses),
        "loss": history.test_losses[-1],
    }


def plan():
    """Yield the name of each experiment, its function, and what to hand to it."""
    for horizon in SETTINGS["sea"]:
        yield f"sea, {horizon} ahead", sea, (horizon,)
    yield "adding", solve, ()
    yield "changes", changes, ()
    for case in TROUBLE:
        yield case, trouble, (case,)


def short(value):
    """Keep four digits of a number."""
    if isinstance(value, float | np.floating):
        return float(f"{value:.4g}")
    return value


def main():
    """Run the plan, print a line for each run, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="try it, write nothing")
    quick = parser.parse_args().quick
    names, runs = chapter(), []
    for experiment, measure, given in plan():
        for seed in range(1 if quick else SETTINGS["starts"]):
            done = measure(names, *given, seed)
            done = {key: short(value) for key, value in done.items()}
            runs.append({"experiment": experiment, "seed": seed} | done)
            print(*runs[-1].values(), flush=True)
    found = {
        "command": "python tests/benchmark/starts.py",
        "settings": SETTINGS | {"spoiled": TROUBLE},
        "machine": machine(),
        "runs": runs,
    }
    if not quick:
        text = json.dumps(found, separators=(",", ":"), ensure_ascii=False)
        FILE.write_text(text.replace('{"exp', '\n{"exp') + "\n", "utf-8")


if __name__ == "__main__":
    main()
