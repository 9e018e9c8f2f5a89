"""What nbval does, which grading relies on; a new release of it has to pass these."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from gru_lesson.grading import clean_kernel
from gru_lesson.grading.question import PUBLIC_SEED

pytestmark = pytest.mark.slow


def cell(source, text=None, count=1):
    outputs = [new_output("stream", text=text)] if text else []
    return new_code_cell(source, outputs=outputs, execution_count=count)


def run(*cells, **limits):
    notebook = new_notebook(cells=list(cells))
    return clean_kernel.run(notebook, PUBLIC_SEED, **limits)


def outcomes(*cells, **limits):
    return [result.outcome for result in run(*cells, **limits)]


def test_outputs_are_compared_as_text():
    found = run(
        cell("print(1.0)", "1.0\n"),
        cell("print(-0.0)", "0.0\n"),
        cell("print(2)"),
        cell("x = 3"),
        cell("x", "3\n"),
    )
    kinds = [result.outcome for result in found]
    assert kinds == ["passed", "failed", "failed", "passed", "failed"]
    assert [result.text for result in found] == ["1.0\n", "-0.0\n", "2\n", "", ""]


def test_a_picture_that_is_missing_is_no_difference():
    picture = new_output("display_data", data={"image/png": "AAAA"})
    both = cell("print(1)", "1\n")
    both.outputs.append(picture)
    assert outcomes(both) == ["passed"]


def test_a_line_on_stderr_is_a_difference():
    line = "import sys\nprint('x', file=sys.stderr)"
    assert outcomes(cell(line), cell("print(1)", "1\n")) == ["failed", "passed"]


def test_an_exception_does_not_end_the_run():
    found = run(cell("1 / 0"), cell("print(1)", "1\n"))
    assert [result.outcome for result in found] == ["failed", "passed"]
    assert found[0].error == "ZeroDivisionError: division by zero"


def test_a_cell_without_count_and_outputs_would_pass_unseen():
    """The trap: so `student_edition` insists on both."""
    assert outcomes(cell("print('anything')", count=None)) == ["passed"]


def test_outputs_without_a_count_are_refused():
    with pytest.raises(ValueError, match="execution_count"):
        run(cell("print(1)", "1\n", count=None))


def test_a_dead_kernel_is_noticed_at_once():
    found = run(cell("x = 1"), cell("import os\nos._exit(0)"), cell("x"))
    assert [result.outcome for result in found] == ["passed", "dead"]


def test_a_kernel_that_dies_between_cells_is_noticed():
    line = "import os, threading\nthreading.Timer(0.3, os._exit, [0]).start()"
    found = outcomes(cell(line), cell("import time\ntime.sleep(2)"), cell("x = 1"))
    assert found == ["passed", "dead"]


def test_the_run_stops_at_a_cell_that_is_slow():
    loop = "while True:\n    pass"
    found = outcomes(cell("x = 1"), cell(loop), cell("x = 2"), cell_seconds=2)
    assert found == ["passed", "slow"]


def test_the_whole_run_has_a_limit():
    found = outcomes(cell("x = 1"), cell("while True:\n    pass"), wall_seconds=5)
    assert found == ["passed", "slow"]


def test_the_expected_outputs_leave_the_disk():
    found = run(cell("import os\nprint(os.listdir())", "[]\n"))
    assert "graded.ipynb" not in found[0].text


def test_memory_and_files_are_limited():
    resource = pytest.importorskip("resource")
    assert resource
    found = run(
        cell("import numpy as np\nx = np.ones(2**30)"),
        cell("open('f', 'wb').write(bytes(10**8))"),
    )
    assert found[0].error.partition(":")[0].endswith("MemoryError")
    assert found[1].error.startswith("OSError") or found[1].outcome == "dead"


def test_settings_of_the_user_do_not_reach_the_kernel(tmp_path, monkeypatch):
    startup = tmp_path / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("print('hello')\nx = 1\n")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("PYTEST_ADDOPTS", "--collect-only")
    assert outcomes(cell("'x' in globals()"), cell("x")) == ["failed", "failed"]
    assert run(cell("x"))[0].error.startswith("NameError")


def test_a_notebook_survives_the_trip():
    assert nbformat.validate(new_notebook(cells=[cell("print(1)", "1\n")])) is None
