"""What all tests share: hypothesis profiles and the numbers printed at the end."""

import os
from pathlib import Path

import pytest
from hypothesis import Phase, settings

import gru_lesson

# The same examples every time, so that CI is stable. A mutant needs only a few, and
# nobody wants its failure made small.
settings.register_profile("suite", max_examples=250, derandomize=True, deadline=None)
settings.register_profile(
    "mutant", settings.get_profile("suite"), max_examples=10, phases=[Phase.generate]
)
settings.load_profile(os.environ.get("GRU_LESSON_PROFILE", "suite"))


# As while the book is built: chapters show no progress bar.
os.environ["TQDM_DISABLE"] = "1"
# Processes side by side: one thread each, or they wait for each other.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")


def pytest_configure(config):
    here = Path(gru_lesson.__file__).parent
    expected = os.environ.get("GRU_LESSON_EXPECTED", here)
    if here != Path(expected):
        raise pytest.UsageError(f"gru_lesson comes from {here}, not from {expected}")


@pytest.fixture
def measured(request):
    """Note a number to print at the end: measured("worst gradient error", "3e-9")."""

    def note(label, text):  # properties reach the end from other processes too
        request.node.user_properties.append((label, text))

    return note


def pytest_terminal_summary(terminalreporter):
    reports = [
        r for kind in ("passed", "failed") for r in terminalreporter.stats.get(kind, ())
    ]
    notes = [note for report in reports for note in report.user_properties]
    if not notes:
        return
    terminalreporter.section("measured")
    for label, text in notes:
        terminalreporter.line(f"{label}: {text}")
