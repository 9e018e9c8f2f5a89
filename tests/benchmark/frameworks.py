"""Measure time and memory of a GRU against an LSTM, in each implementation.

Run it with `python tests/benchmark/frameworks.py`; it needs the extra `parity`, takes
about seven minutes and writes gru_lesson/results/frameworks.json, which chapter 10
reads. Float32, one thread, one core, the step of engine.py: forward and backward.

Time: a round runs all, so that a ratio is one of neighbors in time; every other round
runs them in reverse. A pass is a process of its own. Two passes are as Python comes:
the largest arrays are fetched from the system anew in every step, which costs page
faults. In the other two malloc (glibc) keeps what it once had.

Operators and bytes: see footprint.py.
"""

import argparse
import json
import os
import statistics
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from unittest import mock

import numpy as np

try:
    import resource
except ImportError:  # Windows: page faults are not counted
    resource = None

sys.path.insert(0, str(Path(__file__).parent))

import engine
from footprint import CELLS, COUNTED, OFF, ON, counts, problem, setting

from gru_lesson.results import machine

FILE = Path(__file__).parents[2] / "gru_lesson" / "results" / "frameworks.json"
SETTINGS = {
    "dtype": "float32",
    "passes": ["given back", "kept"] * 2,  # what malloc does with memory
    "kept": {  # mallopt(3): one arena, nothing mapped, nothing trimmed
        "MALLOC_ARENA_MAX": "1",
        "MALLOC_MMAP_MAX_": "0",
        "MALLOC_TRIM_THRESHOLD_": str(2**33),
    },
    "rounds": 25,
    "seconds_a_round": 0.02,
    "counted": COUNTED,
}
PROGRAMS = {
    "ours": dict.fromkeys(CELLS, engine.ours),
    ON: dict.fromkeys(CELLS, engine.torch_layer),
    OFF: dict.fromkeys(CELLS, engine.torch_layer),
    "JAX": {"GRU": engine.jax_gru, "LSTM": engine.jax_lstm},
}


def page_faults():
    """Return how many pages this process has been given so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt if resource else 0


def rounds_of(sizes, rounds, programs):
    """Return seconds and page faults of a step in each round; all take turns."""
    xs, dhs, layers = problem(sizes)
    steps, times = {}, {}
    for program in programs:
        for cell, make in PROGRAMS[program].items():
            steps[program, cell] = step = make(layers[cell], xs, dhs)
            with setting(program):
                step()  # compiles, fills caches
                once = engine.seconds(step, 2)
            times[program, cell] = max(1, round(SETTINGS["seconds_a_round"] / once))
    taken, faults = ({key: [] for key in steps} for _ in range(2))
    for k in range(rounds):
        for key in list(steps)[:: -1 if k % 2 else 1]:
            with setting(key[0]):
                before = page_faults()
                taken[key].append(engine.seconds(steps[key], times[key]))
                faults[key].append((page_faults() - before) / times[key])
    return taken, faults


def timed(sizes, rounds, programs=tuple(PROGRAMS)):
    """Return medians, and the quartiles of the ratios GRU / LSTM of the rounds."""
    taken, faults = rounds_of(sizes, rounds, programs)
    milliseconds, pages = ({program: {} for program in programs} for _ in range(2))
    for program, cell in taken:
        median = 1000 * statistics.median(taken[program, cell])
        milliseconds[program][cell] = float(f"{median:.4g}")
        pages[program][cell] = round(statistics.median(faults[program, cell]))
    ratios = {}
    for program in programs:
        each = np.divide(taken[program, "GRU"], taken[program, "LSTM"])
        ratios[program] = np.percentile(each, [25, 50, 75]).round(3).tolist()
    return {
        "sizes": list(sizes),
        "milliseconds": milliseconds,
        "ratio_quartiles": ratios,
        "page_faults": {name: by for name, by in pages.items() if any(by.values())},
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def one_pass(number, memory):
    """Measure all sizes once."""
    rows = []
    for sizes in engine.SIZES:
        row = {"pass": number, "memory": memory} | timed(sizes, SETTINGS["rounds"])
        rows.append(row)
        print(row, flush=True)
    return rows


def apart(function, *given, **environment):
    """Call a function in a new process, on one core and with one thread."""
    fresh = {"mp_context": get_context("spawn"), "initializer": engine.pin}
    environment |= engine.ONE_THREAD
    with mock.patch.dict(os.environ, environment), ProcessPoolExecutor(1, **fresh) as p:
        return p.submit(function, *given).result()


def table(runs):
    """Return the ratios GRU / LSTM of all passes as a table in Markdown."""
    lines = [f"| T, N, D, H | memory | {' | '.join(PROGRAMS)} |", "|---" * 6 + "|"]
    for row in runs:
        cells = [", ".join(map(str, row["sizes"])), row["memory"]]
        for low, middle, high in row["ratio_quartiles"].values():
            cells.append(f"{middle:.2f} ({low:.2f} to {high:.2f})")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main():
    """Print what was found and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", type=Path, default=FILE)
    options = parser.parse_args()
    found = {
        "command": "python tests/benchmark/frameworks.py",
        "settings": SETTINGS,
        "machine": apart(machine, "torch", "jax", "jaxlib"),
        "runs": [],
    }
    for number, memory in enumerate(SETTINGS["passes"], 1):
        environment = SETTINGS["kept"] if memory == "kept" else {}
        found["runs"] += apart(one_pass, number, memory, **environment)
    found |= apart(counts)
    print("\nGRU / LSTM, medians and quartiles of rounds:\n")
    print(table(found["runs"]))
    text = json.dumps(found, separators=(",", ":"))
    for start in ('{"pass"', '{"program"', '{"sizes"'):
        text = text.replace(start, "\n" + start)
    options.write.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
