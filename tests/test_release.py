"""Student editions come from the masters: nothing by hand, nothing that leaks."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from gru_lesson.grading import pristine, release
from gru_lesson.grading.question import find, numbers

ROOT = Path(__file__).parents[1]
MASTERS = sorted((ROOT / "exercises" / "solutions").glob("*.ipynb"))
FUNCTION = """# answer: 2.1
def update_gate_columns(x, h_prev, W, U, b):
    # one line or two
    ### BEGIN SOLUTION
    a = W @ x + U @ h_prev + b[:, None]
    return sigmoid(a)
    ### END SOLUTION
"""
VALUE = """# answer: 2.2
prediction = None  # your number
### BEGIN SOLUTION
prediction = 0.5 ** 0.25
### END SOLUTION
"""
BUG = """# answer: 2.5
def gate(a):
    ### BEGIN SOLUTION
    ### BEGIN STUB
    # e = np.exp(a)
    #
    # return e
    ### END STUB
    return 1 / (1 + np.exp(-a))
    ### END SOLUTION
"""


@pytest.fixture(params=[path.stem for path in MASTERS])
def name(request):
    return request.param


def master(name):
    return nbformat.read(ROOT / "exercises" / "solutions" / f"{name}.ipynb", 4)


def student(name):
    return nbformat.read(ROOT / "exercises" / f"{name}.ipynb", as_version=4)


def without_pictures(notebook):
    return nbformat.writes(release.without_pictures(notebook))


# --- the editions in the repository ---------------------------------------------------


def test_there_is_one_for_each_chapter():
    chapters = sorted(path.stem for path in (ROOT / "chapters").glob("[0-9]*.ipynb"))
    assert [path.stem for path in MASTERS] == chapters[1:]


def test_student_edition_is_what_the_master_makes(name):
    made = nbformat.writes(release.student_edition(master(name))) + "\n"
    stored = (ROOT / "exercises" / f"{name}.ipynb").read_text("utf-8")
    assert made == stored, "run: gru-lesson release"


def test_the_package_carries_the_same(name):
    carried = (pristine.FOLDER / f"{name}.ipynb").read_text("utf-8").rstrip("\n")
    assert carried == without_pictures(student(name)), "run: gru-lesson release"


def test_no_line_of_a_solution_is_in_a_student_edition(name):
    assert release.leaks(master(name), student(name)) == []


def test_every_question_is_asked_once(name):
    chapter = int(name[:2])
    assert pristine.exercises()[name] == numbers(chapter)


def test_points_are_said_and_stored(name):
    text = "\n".join(c.source for c in student(name).cells if c.cell_type == "markdown")
    for cell in student(name).cells:
        role = cell.metadata.get("gru_lesson", {})
        if role.get("role") == "check":
            question = find(role["question"])
            assert role["points"] == question.points
            heading = f"## Exercise {question.id} · {question.title}"
            star = " ★" if question.starred else ""
            end = text[text.index(heading + star + "\n") :]
            plural = "s" * (question.points > 1)
            assert end.split("\n")[2].startswith(f"*{question.points} point{plural}.*")


def test_answers_keep_to_what_the_first_cell_imports(name):
    """The masters themselves would pass the look at imports."""
    from gru_lesson.grading.assemble import assemble
    from gru_lesson.grading.submission import read

    data = nbformat.writes(master(name)).encode()
    assert assemble(read(data))[2] == {}


@pytest.mark.slow
def test_masters_print_what_is_stored(name):
    fresh = master(name)
    release.run(fresh)
    assert without_pictures(fresh) == without_pictures(master(name))


@pytest.mark.slow
def test_every_output_of_the_masters_is_compared_by_nbval(name, tmp_path):
    """As anybody can: pytest --nbval exercises/solutions, with nothing of ours."""
    import shutil
    import subprocess
    import sys

    source = ROOT / "exercises" / "solutions" / f"{name}.ipynb"
    shutil.copy(source, tmp_path)
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-c", "/dev/null"]
    options = ["--nbval-current-env", "-p", "no:cacheprovider", "--rootdir", tmp_path]
    done = subprocess.run(
        [*command, *options, tmp_path / f"{name}.ipynb"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout
    cells = [c for c in master(name).cells if c.cell_type == "code"]
    skipped = [c for c in cells if "nbval-skip" in c.metadata.get("tags", ())]
    assert f"{len(cells) - len(skipped)} passed, {len(skipped)} skipped" in done.stdout


# --- how they are made ----------------------------------------------------------------


def test_a_function_becomes_a_stub():
    assert release.stub(FUNCTION) == (
        "# answer: 2.1\ndef update_gate_columns(x, h_prev, W, U, b):\n"
        "    # one line or two\n    raise NotImplementedError"
    )


def test_a_value_becomes_none():
    assert release.stub(VALUE) == "# answer: 2.2\nprediction = None  # your number"


def test_a_given_stub_is_given():
    assert release.stub(BUG) == (
        "# answer: 2.5\ndef gate(a):\n    e = np.exp(a)\n\n    return e"
    )


def test_a_solution_is_shown_without_markers():
    assert release.solution(BUG) == "def gate(a):\n    return 1 / (1 + np.exp(-a))"
    assert release.solution(VALUE).endswith("prediction = 0.5 ** 0.25")


@pytest.mark.parametrize(
    "source",
    [
        FUNCTION.replace("    ### END SOLUTION\n", ""),
        FUNCTION.replace("    ### BEGIN SOLUTION\n", ""),
        FUNCTION.replace("###", "#"),
        BUG.replace("    ### END STUB\n", "").replace("### BEGIN STUB", "### STUB"),
    ],
)
def test_markers_that_do_not_pair_are_refused(source):
    if "STUB" in source:
        stub = release.stub(source)
        assert "STUB" not in stub
    else:
        with pytest.raises(ValueError, match="BEGIN SOLUTION"):
            release.stub(source)


def notebook(source=FUNCTION, check='check("2.1", update_gate_columns)', **options):
    output = new_output("stream", text="2.1\n")
    options = {"outputs": [output], "execution_count": 1} | options
    return new_notebook(cells=[new_code_cell(source), new_code_cell(check, **options)])


def test_a_check_that_nbval_would_not_compare_is_refused():
    release.student_edition(notebook())
    for options in ({"outputs": []}, {"execution_count": None}):
        with pytest.raises(ValueError, match="no stored output"):
            release.student_edition(notebook(**options))


def test_answers_without_checks_are_refused():
    with pytest.raises(ValueError, match="do not pair"):
        release.student_edition(notebook(check='check("2.2", x)'))


def test_a_leak_is_found():
    leaky = notebook()
    line = "    a = W @ x + U @ h_prev + b[:, None]"
    leaky.cells.insert(0, nbformat.v4.new_markdown_cell(f"Hint:\n\n{line}"))
    assert release.leaks(leaky, release.student_edition(leaky)) == [line.strip()]


def test_release_writes_only_what_changed(tmp_path):
    folder = tmp_path / "exercises"
    (folder / "solutions").mkdir(parents=True)
    package = tmp_path / "package"
    package.mkdir()
    text = nbformat.writes(notebook())
    (folder / "solutions" / "02_a.ipynb").write_text(text, "utf-8")
    written = release.release(folder, execute=False, package=package)
    assert [path.parent.name for path in written] == ["exercises", "package"]
    assert release.release(folder, execute=False, package=package) == []


def test_release_without_masters_says_where_it_looked(tmp_path):
    with pytest.raises(FileNotFoundError, match="solutions"):
        release.release(tmp_path)
