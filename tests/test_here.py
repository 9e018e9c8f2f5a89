"""grade_here: from Colab's front end, from the disk, or with words on what to do."""

import os
import subprocess
import sys
import types

import handed_in as made
import pytest

from gru_lesson.grading import check, grade_here
from gru_lesson.grading.clean_kernel import CannotGrade
from gru_lesson.grading.here import find_file


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("GRU_LESSON_GRADING", "GRU_LESSON_SEED", "JPY_SESSION_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("gru_lesson.grading.memory._memory", {})
    return tmp_path


@pytest.fixture
def quick(monkeypatch):
    """Note what would be graded and do not run it."""
    seen = []

    def grade(data, name):
        seen.append((data, name))
        raise CannotGrade("stop here")

    monkeypatch.setattr("gru_lesson.grading.grade.grade", grade)
    return seen


def put(folder, name=made.NAME):
    (folder / name).write_bytes(made.saved(made.master()))
    return folder / name


def colab(monkeypatch, answer):
    """Pretend to be in Colab, whose front end answers so."""
    message = types.ModuleType("google.colab._message")
    message.blocking_request = answer
    package = types.ModuleType("google.colab")
    package._message = message
    monkeypatch.setitem(sys.modules, "google", types.ModuleType("google"))
    monkeypatch.setitem(sys.modules, "google.colab", package)
    monkeypatch.setitem(sys.modules, "google.colab._message", message)


def test_the_front_end_names_the_file(folder, monkeypatch):
    file = put(folder, "my_own_name.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", str(file))
    assert find_file() == file


def test_a_file_that_is_gone_is_not_found(folder, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "gone.ipynb"))
    assert find_file() is None


def test_the_questions_that_were_checked_name_the_file(folder):
    put(folder)
    put(folder, "03_reset_gate.ipynb")
    assert find_file() is None
    check("2.1", None)
    assert find_file() == folder / made.NAME


def test_two_notebooks_that_would_do_are_none(folder):
    put(folder)
    put(folder, "02_update_gate_copy.ipynb")
    check("2.1", None)
    assert find_file() is None


def test_without_a_file_it_says_what_to_download_and_run(capsys):
    grade_here()
    text = capsys.readouterr().out
    assert "Download .ipynb" in text
    assert "python -m gru_lesson grade NAME.ipynb" in text
    grade_here("gone.ipynb")
    assert "There is no file gone.ipynb" in capsys.readouterr().out


def test_where_nbval_is_missing_it_says_what_to_install(folder, capsys, monkeypatch):
    monkeypatch.setattr(
        "gru_lesson.grading.clean_kernel.importlib.util.find_spec", lambda name: None
    )
    grade_here(put(folder))
    assert "pip install nbval ipykernel psutil" in capsys.readouterr().out


def test_it_says_when_the_file_was_saved(folder, capsys, quick):
    grade_here(put(folder))
    text = capsys.readouterr().out
    assert "as it was saved at" in text and "stop here" not in text.split("\n")[0]
    assert quick[0][1] == made.NAME


def test_colab_is_asked_for_what_is_on_the_screen(monkeypatch, quick):
    wanted = []

    def answer(name, request, timeout_sec):
        wanted.append(name)
        return {"ipynb": {"cells": [], "nbformat": 4}}

    colab(monkeypatch, answer)
    grade_here()
    assert wanted == ["get_ipynb"]
    assert quick[0][0] == b'{"cells": [], "nbformat": 4}'


def test_where_colab_does_not_answer_it_says_what_to_do(monkeypatch, capsys):
    def answer(*arguments, **options):
        raise TimeoutError

    colab(monkeypatch, answer)
    grade_here()
    assert "Download .ipynb" in capsys.readouterr().out


def test_inside_of_a_grade_it_does_nothing(monkeypatch, capsys):
    monkeypatch.setenv("GRU_LESSON_GRADING", "1")
    grade_here()
    assert capsys.readouterr().out == ""


@pytest.mark.slow
def test_it_prints_the_grade(folder, capsys):
    grade_here(put(folder))
    assert "Total 13 of 13 points" in capsys.readouterr().out
    assert os.listdir(folder) == [made.NAME]


@pytest.mark.slow
def test_it_grades_the_notebook_that_runs_it(folder):
    """In a kernel, as a learner has it: the last cell finds its own file."""
    import nbformat
    from nbclient import NotebookClient

    file = put(folder)
    notebook = nbformat.read(file, as_version=4)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=60, resources=resources).execute()
    said = ["".join(o.text for o in cell.outputs) for cell in notebook.cells[-2:]]
    assert "13 of 13 points" in said[0]
    assert "Total 13 of 13 points" in said[1]


def test_where_nothing_of_jupyter_is_installed_it_says_what_to_install(folder):
    """In a process of its own, which cannot import nbformat, nbval and psutil."""
    code = (
        "import sys; sys.modules |= dict.fromkeys(['nbformat', 'nbval', 'psutil']); "
        "from gru_lesson.grading import grade_here; "
        f"grade_here({str(put(folder))!r})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "Install with: pip install nbval" in done.stdout, done.stderr
