"""The tests notice mistakes: each deliberate one makes at least one of them fail."""

import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from mutants import MUTANTS

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "gru_lesson"
# a mistake is mostly caught by its own module's tests, so these come first
SUITE = ["cell", "bptt", "rnn", "lstm", "gradcheck", "validate", "nn", "losses"]
SUITE += ["optim", "train", "intervals", "ledger", "trials", "study", "findings"]
SUITE += ["commands"]
TESTED_WITH = {"checkpoint": "train", "setups": "trials", "cost": "study"}


def mutated(source, old, new, count=1):
    """Return the source with the mistake in it; the old text must be there."""
    assert source.count(old) == count, f"{old!r} occurs {source.count(old)} times"
    return source.replace(old, new)


def run_suite(folder, first):
    """Run the suite's own checks on the copy of the package in `folder`."""
    module = first.removesuffix(".py")
    order = sorted(SUITE, key=lambda name: name != TESTED_WITH.get(module, module))
    environment = os.environ | {
        "PYTHONPATH": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # nearly half of the time
        "GRU_LESSON_EXPECTED": str(folder / "gru_lesson"),
        "GRU_LESSON_PROFILE": "mutant",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
        + ["--tb=no", "-c", TESTS.parent / "pyproject.toml"]
        + [TESTS / f"test_{name}.py" for name in order],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def verdict(folder, mutant):
    """Return the test that caught the mutant, or None and what pytest printed."""
    what, file, *edit = mutant
    copy = folder / "gru_lesson"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    source = (PACKAGE / file).read_text("utf-8")
    (copy / file).write_text(mutated(source, *edit), "utf-8")
    done = run_suite(folder, first=file)
    caught = re.search(r"^FAILED \S*?(test_\w+\.py::.+?)( - |$)", done.stdout, re.M)
    if done.returncode == 1 and caught:
        return caught[1], ""
    return None, f"{what} ({file})\n{done.stdout[-2000:]}{done.stderr[-2000:]}"


@pytest.mark.slow
def test_every_mutant_is_caught(tmp_path, measured):
    folders = [tmp_path / str(i) for i in range(len(MUTANTS))]
    start = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        verdicts = list(pool.map(verdict, folders, MUTANTS))
    seconds = time.perf_counter() - start
    survivors = [output for caught, output in verdicts if caught is None]
    assert not survivors, "\n\n".join(survivors)
    measured("mutants", f"{len(MUTANTS)} made, all caught, in {seconds:.0f} s")
    for (what, file, *_), (caught, _) in zip(MUTANTS, verdicts, strict=True):
        measured(f"  {file}, {what}", caught)


@pytest.mark.slow
def test_the_package_itself_passes(tmp_path):
    shutil.copytree(PACKAGE, tmp_path / "gru_lesson")
    done = run_suite(tmp_path, first="cell.py")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_another_copy_than_the_mutant_would_be_noticed(tmp_path):
    done = run_suite(tmp_path, first="cell.py")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "gru_lesson comes from" in done.stderr or "No module" in done.stderr


def test_the_table_fits_the_package():
    assert len({mutant[:2] for mutant in MUTANTS}) == len(MUTANTS) >= 25
    for what, file, *edit in MUTANTS:
        source = (PACKAGE / file).read_text("utf-8")
        mutant = mutated(source, *edit)
        assert mutant != source, what
        compile(mutant, file, "exec")  # a mistake, but not of syntax
