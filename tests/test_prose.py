"""What the pages say in numbers, and the example of the README, as it stands there."""

import re
from pathlib import Path

import nbformat
import numpy as np

from gru_lesson.cell import init_params
from gru_lesson.gradcheck import numerical_gradient
from gru_lesson.rnn import init_rnn_params, rnn_step

ROOT = Path(__file__).parents[1]


def test_the_example_of_the_readme_prints_what_it_says(capsys):
    readme = (ROOT / "README.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", readme, re.S)
    exec(example, {})
    name, *shape, error, verdict = capsys.readouterr().out.split()
    assert (name, *shape, verdict) == ("W_hz", "(4,", "4)", "ok")
    assert 1e-11 < float(error) < 1e-9  # "about 1e-10"


def test_answer_2_of_before_you_start():
    p = {"W_xh": np.array([[1.0]]), "W_hh": np.array([[-2.0]]), "b_h": np.zeros(1)}
    h_prev = np.array([[0.5]])

    def new_state():
        return rnn_step(np.array([[1.0]]), h_prev, p)[0].item()

    assert new_state() == 0
    assert abs(numerical_gradient(new_state, h_prev).item() - -2) < 1e-9


def test_answer_4_of_before_you_start():
    rng = np.random.default_rng(0)
    elman = sum(a.size for a in init_rnn_params(10, 20, rng).values())
    assert (elman, 4 * elman) == (620, 2480)
    assert sum(a.size for a in init_params(10, 20, rng).values()) == 1860


def head(path):
    """Return the text of a notebook, and the minutes that its head promises."""
    cells = nbformat.read(path, as_version=4).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return text, int(re.search(r"[Aa]bout (\d+) minutes", cells[0].source)[1])


def test_all_pages_agree_about_minutes_and_points():
    index = (ROOT / "index.md").read_text("utf-8")
    guide = (ROOT / "teachers_guide.md").read_text("utf-8")
    told = [int(n) for n in re.findall(r"\*(\d+) minutes\*", index)]
    rows = re.findall(r"(?m)^\| (\d+) .*?\| (\d+) \| (\w+) \| (\d*) *\|$", guide)
    sums = np.zeros(3, int)
    chapters = sorted(ROOT.glob("chapters/[0-9]*.ipynb"))
    assert len(rows) == len(chapters) == len(told) - 1
    for path, row, minutes in zip(chapters, rows, told, strict=False):
        text, reading = head(path)
        exercises, points = "none", ""
        if (ROOT / "exercises" / path.name).exists():
            tasks, exercises = head(ROOT / "exercises" / path.name)
            points = sum(map(int, re.findall(r"(?m)^\*(\d+) points?\.\*", tasks)))
            line = re.search(r"\(\.\./exercises/.*?about (\d+) minutes", text, re.S)
            assert int(line[1]) == exercises, path.name
        number = str(int(path.name[:2]))
        assert row == (number, str(reading), str(exercises), str(points)), path.name
        assert minutes == reading, path.name
        sums += [reading, *((exercises, points) if points else (0, 0))]
    assert "| together | {} | {} | {} |".format(*sums) in guide
    (appendix,) = ROOT.glob("chapters/appendix*.ipynb")
    assert head(appendix)[1] == told[-1]
    assert f"({told[-1]} minutes) has no exercises" in guide
