"""Run nbval on one notebook: a program of its own, so that it can be ended.

It reads what to do from its standard input, writes one JSON line for each finished cell
to a file that the kernel does not know, and stops at the first cell that takes too long
or ends the kernel. It imports nothing of the lesson.
"""

import json
import os
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

LONGEST = 20_000  # characters kept of what a cell printed


class Recorder:
    """A pytest plugin that notes what nbval finds."""

    def __init__(self, notebook, results):
        """Remember where the notebook is and where the results go."""
        self.notebook, self.results = notebook, results
        self.kernel = None
        self.running = None  # the cell that runs
        self.begun = 0.0

    def write(self, **line):
        """Append one line to the results."""
        with open(self.results, "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    def pytest_collection_finish(self, session):
        """Take the expected outputs off the disk before any cell runs."""
        self.notebook.unlink()

    def pytest_runtest_call(self, item):
        """Note when a cell begins; watch the kernel from the first on."""
        self.running, self.begun = item, time.perf_counter()
        if self.kernel is None:
            self.kernel = psutil.Process().children()[-1]
            threading.Thread(target=self.watch, daemon=True).start()

    def watch(self):
        """End this program soon after the kernel has ended within a cell."""
        while (cell := self.running) is None or self.alive():
            time.sleep(0.1)
        # nbval itself ends a kernel that ignores an interrupt
        outcome = "slow" if cell.parent.timed_out else "dead"
        self.write(cell=cell.cell_num, outcome=outcome, text="", error="")
        os._exit(3)

    def alive(self):
        """Tell whether the kernel runs."""
        try:
            return self.kernel.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item, call):
        """Note what came of a cell; stop if it took too long."""
        report = (yield).get_result()
        if report.when != "call" and not report.failed:
            return
        self.running = None
        late, dead = item.parent.timed_out, not self.alive()
        outputs = item.test_outputs or []
        errors = [o for o in outputs if o["output_type"] == "error"]
        streams = [o for o in outputs if o["output_type"] == "stream"]
        self.write(
            cell=item.cell_num,
            outcome="slow" if late else "dead" if dead else report.outcome,
            text="".join(o["text"] for o in streams if o["name"] == "stdout")[:LONGEST],
            error="".join(f"{o['ename']}: {o['evalue']}"[:500] for o in errors[:1]),
            seconds=round(time.perf_counter() - self.begun, 3),
        )
        if late or dead:
            item.session.shouldstop = "the rest would fail for no fault of theirs"


def limit(megabytes, seconds):
    """Limit memory, size of files and time of processor, where the system can.

    Parameters
    ----------
    megabytes : int
        Of memory, for this program and for the kernel.
    seconds : int
        Of processor time.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, value in (
        (resource.RLIMIT_AS, megabytes * 2**20),
        (resource.RLIMIT_FSIZE, 50 * 2**20),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(what, (value, hard))


def main():
    """Do what standard input says."""
    spec = json.load(sys.stdin)
    folder = Path(spec["folder"])
    os.chdir(folder)
    notebook = folder / "graded.ipynb"
    notebook.write_text(spec["notebook"], "utf-8")
    limit(spec["megabytes"], spec["seconds"])

    status = pytest.main(
        [
            str(notebook), "--nbval", "--nbval-current-env", "-q", "--tb=no",
            "-p", "nbval.plugin", "-p", "no:cacheprovider", "--color=no",
            f"--nbval-cell-timeout={spec['cell_seconds']}",
            "--rootdir", str(folder), "-c", os.devnull,
        ],
        plugins=[Recorder(notebook, spec["results"])],
    )  # fmt: skip
    sys.exit(0 if status in (0, 1, 2) else 4)


if __name__ == "__main__":
    main()
