"""Measure the ideas of the appendix, one after the other, at the sizes of engine.py.

It takes about a minute and writes gru_lesson/results/ideas.json, which the appendix
reads. The versions are the classes of chapters/appendix_fast.ipynb, taken from there.
"""

import argparse
import ast
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import engine

from gru_lesson.results import machine

ROOT = Path(__file__).parents[2]
FILE = ROOT / "gru_lesson" / "results" / "ideas.json"
CHAPTER = ROOT / "chapters" / "appendix_fast.ipynb"
SETTINGS = {"dtype": "float32", "rounds": 15, "seconds_a_round": 0.02}


def versions():
    """Return the classes with a step by name, in the order of the chapter's race."""
    cells = json.loads(CHAPTER.read_text("utf-8"))["cells"]
    sources = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    nodes = [node for source in sources for node in ast.parse(source).body]
    kept = ast.Import | ast.ImportFrom | ast.ClassDef | ast.FunctionDef
    definitions = ast.Module([node for node in nodes if isinstance(node, kept)], [])
    names = {}
    exec(compile(definitions, CHAPTER, "exec"), names)
    lists = [
        node.value.elts
        for node in nodes
        if ast.unparse(node).startswith(("versions = [", "versions += ["))
    ]
    return {name.id: names[name.id] for part in lists for name in part}


def measure(sizes, rounds, block):
    """Return the milliseconds of each version, medians of rounds that take turns."""
    xs, dhs, layer, _ = engine.problem(*sizes)
    p = {name: np.array(array) for name, array in layer.params.items()}
    steps = {}
    for name, version in versions().items():
        made = version(p, *sizes[:2])
        steps[name] = lambda made=made: made.step(xs, dhs)
    for step in steps.values():
        step()
    times = {n: max(1, round(block / engine.seconds(s, 2))) for n, s in steps.items()}
    taken = {name: [] for name in steps}
    for _ in range(rounds):
        for name, step in steps.items():
            taken[name].append(engine.seconds(step, times[name]))
    return {n: round(1000 * statistics.median(s), 4) for n, s in taken.items()}


def main():
    """Measure all sizes, print them and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", type=Path, default=FILE)
    options = parser.parse_args()
    if not engine.ONE_THREAD.items() <= os.environ.items():  # NumPy has read it by now
        again = [sys.executable, *sys.argv]
        environment = os.environ | engine.ONE_THREAD
        sys.exit(subprocess.run(again, env=environment).returncode)
    engine.pin()
    runs = []
    for sizes in engine.SIZES:
        taken = measure(sizes, SETTINGS["rounds"], SETTINGS["seconds_a_round"])
        print(sizes, taken, flush=True)
        runs.append({"sizes": sizes, "milliseconds": taken})
    command = "python tests/benchmark/ideas.py"
    found = {"command": command, "settings": SETTINGS, "machine": machine()}
    options.write.write_text(json.dumps(found | {"runs": runs}, indent=1) + "\n")


if __name__ == "__main__":
    main()
