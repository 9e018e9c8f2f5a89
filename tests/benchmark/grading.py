"""Measure grading: one notebook, and a class of 200.

Run it with `make bench-grading`; it prints hardware, versions and medians. The share
that is ours is a grade's time less that of nbval alone on the same notebook.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import handed_in as made

from gru_lesson.grading.assemble import assemble
from gru_lesson.grading.classroom import grade_class
from gru_lesson.grading.grade import grade
from gru_lesson.grading.pristine import exercises
from gru_lesson.grading.report import summary
from gru_lesson.grading.submission import read

HOSTILE = (made.STUBBORN, "# answer: 2.1\nimport os\nos._exit(0)\n", made.LOOP_INSIDE)


def bare(notebook):
    """Return the seconds that nbval takes on the same notebook without our part."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "graded.ipynb")
        file.write_bytes(made.saved(notebook))
        command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env"]
        command += ["-q", "-p", "nbval.plugin", "-p", "no:cacheprovider", str(file)]
        settings = {
            "GRU_LESSON_GRADING": "1",
            "MPLBACKEND": "Agg",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        }
        start = time.perf_counter()
        done = subprocess.run(
            [*command, "-c", os.devnull, "--rootdir", folder],
            env=os.environ | settings,
            capture_output=True,
            cwd=folder,
        )
        assert done.returncode == 0, done.stdout.decode()
        return time.perf_counter() - start


def command(name):
    """Return the seconds of the whole command, with the start of Python."""
    file = made.ROOT / "exercises" / "solutions" / f"{name}.ipynb"
    start = time.perf_counter()
    line = [sys.executable, "-m", "gru_lesson", "grade", str(file)]
    subprocess.run(line, check=True, capture_output=True)
    return time.perf_counter() - start


def one(repeats):
    """Time each master, interleaved with nbval alone."""
    times = {name: ([], [], []) for name in exercises()}
    for _ in range(repeats):
        for name, (whole, ours, alone) in times.items():
            whole.append(command(name))
            data = made.saved(made.master(f"{name}.ipynb"))
            notebook, *_ = assemble(read(data))
            start = time.perf_counter()
            assert grade(data).full
            ours.append(time.perf_counter() - start)
            alone.append(bare(notebook))
    print("notebook            command  grade  nbval alone  ours   (medians, seconds)")
    for name, measured in times.items():
        whole, ours, alone = map(statistics.median, measured)
        share = ours - alone
        print(f"{name:20} {whole:6.2f} {ours:6.2f}  {alone:11.2f}  {share:5.2f}")


def synthetic(folder, count):
    """Write submissions: right, wrong in known ways, untouched, hostile."""
    makers = [made.master, made.student, made.without_ids, made.duplicated]
    makers += [lambda: made.with_answer(made.WRONG)] * 4
    makers += [lambda: made.inside("2.1", "return x[0]"), made.forged]
    for k in range(count):
        place = Path(folder, f"student{k:03}")
        place.mkdir()
        notebook = makers[k % len(makers)]()
        if k % 20 == 19:
            notebook = made.with_answer(HOSTILE[k // 20 % len(HOSTILE)])
        notebook.metadata["student"] = k
        (place / made.NAME).write_bytes(made.saved(notebook))


def many(count, workers):
    """Time a class."""
    with tempfile.TemporaryDirectory() as folder:
        synthetic(folder, count)
        file = Path(folder, "grades.jsonl")
        start = time.perf_counter()
        with ThreadPoolExecutor(workers) as executor:
            options = {"seed": "a secret", "workers": workers}
            records = list(grade_class(folder, file, executor, **options))
        seconds = time.perf_counter() - start
        assert len(records) == count
        rate = 3600 * count / seconds
        print(
            f"{count} notebooks, {workers} workers: {seconds:.0f} s, {rate:.0f} an hour"
        )
        print(summary(records))


def main():
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--class-size", type=int, default=200)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    options = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} processors, {platform.system()}")
    names = ("numpy", "nbval", "pytest", "ipykernel")
    print(f"Python {platform.python_version()},", *(f"{n} {version(n)}" for n in names))
    one(options.repeats)
    many(options.class_size, options.workers)


if __name__ == "__main__":
    main()
