"""nbval behind one function: run a notebook in a clean kernel, within limits.

nbval's last release is of 2024, so that nothing else of the lesson touches it. What a
process of the same user does cannot be contained in Python: grade classes that you do
not trust in a container, without network, under another user.
"""

import contextlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

CELL_SECONDS = 12
WALL_SECONDS = 120
MEGABYTES = 4096
NEEDED = "pip install nbval ipykernel psutil"


class CellResult(NamedTuple):
    """What came of a code cell.

    ``cell`` is its number among the code cells, ``seconds`` how long it took;
    ``outcome`` is "passed" (all outputs as expected), "failed", "slow" or "dead" (it
    ended the kernel); ``text`` what it printed, ``error`` the exception it ended with.
    """

    cell: int
    outcome: str
    text: str
    error: str
    seconds: float = 0.0


class CannotGrade(RuntimeError):
    """Something that grading needs is missing; the message says what to install."""


def ready():
    """Make sure that nbval and what it needs are installed.

    Raises
    ------
    CannotGrade
        If not; the message says what to install.
    """
    missing = [
        name
        for name in ("nbval", "ipykernel", "psutil")
        if importlib.util.find_spec(name) is None
    ]
    if missing:
        raise CannotGrade(
            f"Grading needs {', '.join(missing)}. Install with: {NEEDED}\n"
            "(in a notebook with a % before pip)."
        )


def run(notebook, seed, *, cell_seconds=CELL_SECONDS, wall_seconds=WALL_SECONDS):
    """Run a notebook with nbval and compare every output.

    Parameters
    ----------
    notebook : NotebookNode
        Its outputs are the expected ones.
    seed : str
        Of the inputs.
    cell_seconds, wall_seconds : float
        Limits for a cell and for all of it.

    Returns
    -------
    list of CellResult
        One for each code cell, in order, up to the first that was "slow" or "dead".

    Raises
    ------
    CannotGrade
        If nbval is not installed or does not work.
    """
    ready()
    import nbformat  # comes with nbval

    for cell in notebook.cells:
        if cell.outputs and not cell.execution_count:
            raise ValueError("nbval passes a cell without execution_count unseen")
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as hidden,
    ):
        results = Path(hidden, "results")
        spec = {
            "notebook": nbformat.writes(notebook),
            "folder": folder,
            "results": str(results),
            "cell_seconds": cell_seconds,
            "seconds": int(wall_seconds),
            "megabytes": MEGABYTES,
        }
        log = Path(hidden, "log")
        timed_out = _run(spec, _environment(folder, seed), log, wall_seconds)
        output = log.read_text("utf-8", errors="replace")
        found = []
        if results.exists():
            lines = results.read_text("utf-8").splitlines()
            found = [CellResult(**json.loads(line)) for line in lines]
    if timed_out:
        found.append(CellResult(len(found), "slow", "", ""))
    if not found:
        raise CannotGrade(f"nbval did not run:\n{output[-2000:]}")
    return found


def _environment(folder, seed):
    """Return the environment of the kernel: one thread, no settings of the user."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST_", "JPY_", "COLAB_"))
    }
    return kept | {
        "GRU_LESSON_GRADING": "1",
        "GRU_LESSON_SEED": seed,
        "IPYTHONDIR": str(Path(folder, ".ipython")),
        "JUPYTER_RUNTIME_DIR": str(Path(folder, ".runtime")),
        "MPLBACKEND": "Agg",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONUTF8": "1",
    }


def _run(spec, environment, log, seconds):
    """Start the runner, wait, leave no process behind; return whether time was up."""
    # -P: the folder of the runner is not a place to import from
    command = [sys.executable, "-P", str(Path(__file__).with_name("runner.py"))]
    # a file and not a pipe, which a kernel that goes on would hold open
    with open(log, "wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
        try:
            process.communicate(json.dumps(spec).encode(), timeout=seconds)
        except subprocess.TimeoutExpired:
            return True
        finally:
            _end(process, environment["IPYTHONDIR"])
    return False


def _end(process, mark):
    """End the runner, its kernel, and what these started.

    A kernel whose runner has ended is nobody's child: it is known by the folder in its
    environment.
    """
    import psutil

    doomed = []
    with contextlib.suppress(psutil.Error):
        doomed = psutil.Process(process.pid).children(recursive=True)
    if process.poll() is None or process.returncode != 0:
        for other in psutil.process_iter():
            with contextlib.suppress(psutil.Error, OSError):
                if other.environ().get("IPYTHONDIR") == mark:
                    doomed.append(other)
    if process.poll() is None:
        process.kill()
    for other in doomed:
        with contextlib.suppress(psutil.Error):
            other.kill()
    process.wait()
