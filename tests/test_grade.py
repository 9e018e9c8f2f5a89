"""The grade from a clean kernel, whatever was handed in: row by row."""

import contextlib
import json
import os
import re

import handed_in as made
import nbformat
import psutil
import pytest

from gru_lesson.grading import clean_kernel
from gru_lesson.grading.grade import grade
from gru_lesson.grading.pristine import exercises
from gru_lesson.grading.report import gradescope, table

FULL = 13
OTHERS = FULL - 2  # without the two points of 2.1
SECRET = "nobody knows"


def graded(notebook, **options):
    """Grade a notebook or a file; whatever comes, there is a table and JSON."""
    data = notebook if isinstance(notebook, bytes) else made.saved(notebook)
    result = grade(data, made.NAME, **{"cell_seconds": 7, **options})
    assert table(result)
    read = json.loads(gradescope(result))
    assert read["score"] == result.points == sum(t["score"] for t in read["tests"])
    return result


def of(result, number="2.1"):
    return next(r for r in result.results if r.question == number)


# --- the two ends ---------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["lesson-3.4", SECRET])
@pytest.mark.parametrize("name", exercises())
def test_master_scores_all_points(name, seed):
    result = graded(made.master(f"{name}.ipynb"), seed=seed)
    assert result.full, table(result)
    assert result.exercise == name


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["lesson-3.4", SECRET])
@pytest.mark.parametrize("name", exercises())
def test_untouched_student_edition_scores_nothing_and_is_told_kindly(name, seed):
    result = graded(made.student(f"{name}.ipynb"), seed=seed)
    assert result.points == 0
    for question in result.results:
        kind = "changed" if "Leave the arguments" in question.text else question.kind
        assert kind in ("unwritten", "known", "changed"), question
        assert not re.search(r"Error:|Traceback", question.text), question.text
        assert "Read: section" in question.text


def test_a_master_scores_all_points_within_seconds():
    result = graded(made.master())
    assert (result.points, result.of) == (FULL, FULL)


# --- hostile and unlucky submissions --------------------------------------------------

FINE = {
    "check cells deleted": made.deleted_checks,
    "cells in reverse order": made.reordered,
    "ids and metadata stripped": made.without_ids,
    "markers deleted": made.without_markers,
    "answer cell duplicated, the last one right": made.duplicated,
    "two answers in one cell": made.merged,
    "helper in an extra cell": made.helper_in_an_extra_cell,
    "50 MB of output": made.huge,
    "an old format": made.format_3,
    "debugging print": lambda: made.inside("2.1", "print('a', x)"),
    "print beside the function": lambda: made.add_to("2.1", after="print('done')\n"),
    "warning": lambda: made.inside("2.1", "np.log(-1.0)"),
    "warning beside the function": lambda: made.add_to("2.1", after="np.log(-1.0)\n"),
    "inputs changed in place": lambda: made.inside("2.1", "x += 0; b = b.copy()"),
    "a magic": lambda: made.add_to("2.1", before="%matplotlib inline\n"),
    "a shell line": lambda: made.add_to("2.1", after="!ls\n"),
    "files written": lambda: made.add_to("2.1", after="open('f', 'w').write('x')\n"),
    "print options changed": lambda: made.add_to(
        "2.1", after="np.set_printoptions(precision=1)\n"
    ),
    "random state changed": lambda: made.add_to("2.1", after="np.random.seed(0)\n"),
    "figure drawn": lambda: made.add_to(
        "2.1", after="import matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()\n"
    ),
    "input asked for, and caught": lambda: made.add_to(
        "2.1", after="try:\n    input()\nexcept Exception:\n    pass\n"
    ),
    "own check function": lambda: made.add_to(
        "2.1", after="def check(number, answer):\n    print('fooled')\n"
    ),
    "working directory changed": lambda: made.add_to(
        "2.1", after="import os, tempfile\nos.chdir(tempfile.gettempdir())\n"
    ),
    "standard output closed": lambda: made.inside(
        "2.1", "import sys; sys.stdout.close()"
    ),
    "standard output redirected": lambda: made.add_to(
        "2.1", after="import io, sys\nsys.stdout = io.StringIO()\n"
    ),
    "print replaced": lambda: made.add_to(
        "2.1", after="import builtins\nbuiltins.print = None\n"
    ),
}
LOST = {
    "syntax error": ("# answer: 2.1\ndef update_gate_columns(:\n", "error"),
    "exception in the cell": ("# answer: 2.1\n1 / 0\n", "error"),
    "wrong in a known way": (made.WRONG, "known"),
    "sys.exit": ("# answer: 2.1\nimport sys\nsys.exit()\n", "error"),
    "os._exit": ("# answer: 2.1\nimport os\nos._exit(0)\n", "dead"),
    "killed": ("# answer: 2.1\nimport os\nos.kill(os.getpid(), 9)\n", "dead"),
    "crash": ("# answer: 2.1\nimport ctypes\nctypes.string_at(0)\n", "dead"),
    "exit inside the function": (
        "# answer: 2.1\nimport os\n\n\ndef update_gate_columns(*a):\n    os._exit(0)\n",
        "dead",
    ),
    "endless loop": (made.LOOP, "slow"),
    "endless loop that swallows interrupts": (made.STUBBORN, "slow"),
    "endless loop inside": (made.LOOP_INSIDE, "wrong"),
    "endless loop inside that swallows interrupts": (made.STUBBORN_INSIDE, "slow"),
    "endless recursion": (
        "# answer: 2.1\ndef update_gate_columns(*a):\n"
        "    return update_gate_columns(*a)\n",
        "wrong",
    ),
    "memory": (
        "# answer: 2.1\ndef update_gate_columns(*a):\n    return np.ones(2**34)\n",
        "wrong",
    ),
    "50 MB printed": ("# answer: 2.1\nprint('x' * 50_000_000)\n", "error"),
    "the course's own cell imported": (made.BORROWED, "refused"),
    "the bank read": (
        "# answer: 2.1\nfrom gru_lesson.grading.bank.q2_1 import reference\n"
        "update_gate_columns = reference\n",
        "refused",
    ),
    "the bank read through the helper": (
        "# answer: 2.1\nfind = hint.__globals__['find']\n"
        "update_gate_columns = find('2.1').reference\n",
        "refused",
    ),
    "its own check deleted from the module": (
        "# answer: 2.1\ndel check\nupdate_gate_columns = None\n",
        "unwritten",
    ),
    "nothing in the cell": ("# answer: 2.1\n", "error"),
    "a child process that goes on": (
        "# answer: 2.1\nimport subprocess, sys\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)'])\n"
        "raise SystemExit\n",
        "error",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("row", FINE)
def test_costs_no_points(row, measured):
    result = graded(FINE[row]())
    measured(f"  {row}", f"{result.points} of {result.of}, {result.seconds:.1f} s")
    assert result.full, table(result)


def still_running(seed):
    """Return what runs with this seed in its environment."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.environ().get("GRU_LESSON_SEED") == seed:
                found.append(process.cmdline())
    return found


@pytest.mark.slow
@pytest.mark.parametrize("row", LOST)
def test_costs_the_points_of_its_own_question_only(row, measured):
    source, kind = LOST[row]
    seed = f"{row}, {os.getpid()}"
    result = graded(made.with_answer(source), seed=seed)
    measured(
        f"  {row}",
        f"{result.points} of {result.of}, {of(result).kind}, {result.seconds:.1f} s",
    )
    assert of(result).kind == kind, of(result)
    assert result.points == OTHERS, table(result)
    assert of(result).text
    assert still_running(seed) == []


@pytest.mark.slow
def test_an_answer_cell_that_is_missing_costs_its_points():
    notebook = made.master()
    notebook.cells.remove(made.answer_cells(notebook)["2.1"])
    result = graded(notebook)
    assert result.points == OTHERS
    assert of(result).kind == "missing"


@pytest.mark.slow
def test_duplicates_are_noted():
    assert "more than once" in of(graded(made.duplicated())).note


@pytest.mark.slow
def test_checks_that_were_edited_gain_nothing(measured):
    result = graded(made.edited_checks())
    measured("  check cells edited", f"{result.points} of {result.of}")
    assert result.points == 0


@pytest.mark.slow
@pytest.mark.parametrize("how", ["forged", "patched", "slyly_patched"])
def test_forgery_gains_nothing_under_a_secret_seed(how, measured):
    notebook = getattr(made, how)()
    public, secret = graded(notebook), graded(notebook, seed=SECRET)
    measured(f"  output {how}", f"public {public.points}, secret seed {secret.points}")
    assert secret.points == 0
    if how != "slyly_patched":  # which no reader of syntax trees can see
        assert public.points == 0


NOT_NOTEBOOKS = {
    "empty": b"",
    "text": b"my answers are right",
    "not unicode": b"\xff\xfe\x00",
    "a list": b"[1, 2]",
    "deeply nested": b"[" * 100_000,
    "no cells": b'{"nbformat": 4}',
    "cells of another kind": b'{"cells": [1, null, {"cell_type": 3, "source": {}}]}',
    "cells is a dict": b'{"cells": {"a": 1}}',
    "worksheets of nonsense": b'{"worksheets": [1, {"cells": 2}, {}]}',
    "a notebook without answers": made.saved(nbformat.v4.new_notebook()),
}


@pytest.mark.parametrize("row", NOT_NOTEBOOKS)
def test_what_is_no_notebook_is_a_clean_zero(row):
    result = grade(NOT_NOTEBOOKS[row], "mine.ipynb")
    assert result.points == 0 and not result.full
    assert result.problem, row
    assert result.problem in table(result)
    json.loads(gradescope(result))


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("gru_lesson.grading.submission.LARGEST", 0.001)
    result = grade(made.saved(made.student()))
    assert "Clear the outputs" in result.problem


def test_an_unreadable_file_shows_which_points_are_lost_where_that_is_known():
    result = grade(b"{", exercise="02_update_gate")
    assert (result.points, result.of) == (0, FULL)


def test_an_unknown_exercise_is_an_error():
    with pytest.raises(ValueError, match="There are: 02_update_gate"):
        grade(b"", exercise="99_nothing")


def test_what_is_missing_is_said(monkeypatch):
    find = clean_kernel.importlib.util.find_spec
    monkeypatch.setattr(
        clean_kernel.importlib.util,
        "find_spec",
        lambda name: None if name == "nbval" else find(name),
    )
    with pytest.raises(clean_kernel.CannotGrade, match="pip install nbval"):
        grade(made.saved(made.student()))


@pytest.mark.slow
def test_a_grade_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.chdir(tmp_path)
    graded(FINE["files written"]())
    assert os.listdir(tmp_path) == []


@pytest.mark.slow
def test_all_of_it_has_a_limit():
    result = graded(made.with_answer(made.LOOP), cell_seconds=60, wall_seconds=6)
    assert of(result).kind == "slow"
    assert result.points == OTHERS
