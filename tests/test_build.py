"""The build is strict: each of these mistakes on a page makes it fail and say where."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
DRAW = (
    "%config InlineBackend.figure_formats = ['svg']\nimport matplotlib.pyplot as plt\n"
)
DRAW += "plt.plot([1, 2])\nplt.show()"
FIGURE = {"figure": {"caption": "**Figure 1.1.** A line."}}
WORDS = {"image": {"alt": "A straight line that rises from 1 to 2."}}


KERNEL = {
    "kernelspec": {"name": "python3", "display_name": "Python 3"},
    "language_info": {"name": "python"},
}
TOC = "format: jb-book\nroot: index\nchapters:\n- file: page\n- file: references\n"


def build(folder, markdown="", code="1 + 1", mystnb=None):
    """Build a book of one page and one notebook; return exit status and output."""
    shutil.copytree(ROOT / "assets", folder / "assets")
    for name in ("_config.yml", "references.bib", "CITATION.cff"):
        shutil.copy(ROOT / name, folder)
    more = "- file: exercises/some\n" if (folder / "exercises").exists() else ""
    (folder / "_toc.yml").write_text(TOC + more)
    (folder / "index.md").write_text(
        f"# A book\n\n$h = 1$\n\n## A part\n\n{markdown}\n"
    )
    shutil.copy(ROOT / "references.md", folder)
    metadata = {"mystnb": mystnb} if mystnb else {}
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# 1 · A page"),
            new_code_cell(code, metadata=metadata),
        ],
        metadata=KERNEL,
    )
    nbformat.write(notebook, folder / "page.ipynb")
    return build_again(folder)


def build_again(folder):
    """Build what is in the folder; return exit status and output."""
    program = Path(sys.executable).with_name("jupyter-book")
    command = [program, "build", ".", "-W", "--keep-going", "-n"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_a_page_without_mistakes_is_built(tmp_path):
    status, output = build(
        tmp_path,
        "[a part](#a-part) [a page](page.ipynb) {cite:t}`cho2014` the gate ($z$).",
        DRAW,
        FIGURE | WORDS,
    )
    assert status == 0, output
    page = (tmp_path / "_build" / "html" / "page.html").read_text("utf-8")
    assert 'role="img" aria-label="A straight line' in page
    index = (tmp_path / "_build" / "html" / "index.html").read_text("utf-8")
    assert '<span class="katex">' in index
    assert r"\text{(}z\text{).}" in index  # no line breaks before a lone mark


@pytest.mark.parametrize(
    ("page", "complaint"),
    [
        ({"code": "raise ValueError('boo')"}, "boo"),
        ({"code": "import sys; print('boo', file=sys.stderr)"}, "stderr"),
        ({"code": DRAW, "mystnb": FIGURE}, "no alternative text"),
        ({"markdown": "[x](gone.md)"}, "gone.md"),
        ({"markdown": "[x](#gone)"}, "gone"),
        ({"markdown": "[x](page.ipynb#gone)"}, "gone"),
        ({"markdown": "{cite:t}`nobody1900`"}, "nobody1900"),
        ({"markdown": "{gone}`x`"}, "gone"),
        ({"markdown": r"$\gone$"}, "Undefined control sequence"),
        ({"markdown": "![x](gone.png)"}, "gone.png"),
    ],
)
def test_a_mistake_fails_the_build(page, complaint, tmp_path):
    status, output = build(tmp_path, **page)
    assert status != 0
    assert complaint in output


# --- exercises and their solutions ----------------------------------------------------

QUESTION = "# answer: {number}\nyours = None"
ANSWER = QUESTION + "\n### BEGIN SOLUTION\nyours = {secret}\n### END SOLUTION"


def write_exercise(path, *answers, page=False):
    """Write a page of exercises or its master: one cell, and one check, a question."""
    cells = [new_markdown_cell("# Exercises")]
    for number, source in answers:
        role = {"gru_lesson": {"role": "check", "question": number}} if page else {}
        out = new_output("stream", text="2 of 2 points")
        cells += [
            new_code_cell(source),
            new_code_cell(f'check("{number}", yours)', metadata=role, outputs=[out]),
        ]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=cells, metadata=KERNEL), path)


def write_exercises(folder, *secrets, asked=2):
    """Write a page that asks 2.1, 2.2, ..., and its master with these answers."""
    numbers = [f"2.{n}" for n in range(1, 1 + max(asked, len(secrets)))]
    page = [(n, QUESTION.format(number=n)) for n in numbers[:asked]]
    master = [
        (n, ANSWER.format(number=n, secret=secret))
        for n, secret in zip(numbers, secrets, strict=False)
    ]
    if not (folder / "exercises" / "some.ipynb").exists():
        write_exercise(folder / "exercises" / "some.ipynb", *page, page=True)
    write_exercise(folder / "exercises" / "solutions" / "some.ipynb", *master)


def folds(folder):
    """Return the solutions on the page of exercises, as they are read."""
    page = (folder / "_build/html/exercises/some.html").read_text("utf-8")
    assert page.count("2 of 2 points") == 2, "the stored outputs are not shown"
    found = re.findall(
        r'(?s)<details class="solution">\n<summary>(.*?)</details>', page
    )
    return [re.sub(r"<[^>]*>", "", fold).split("\n")[:2] for fold in found]


def test_a_solution_is_folded_into_its_page_and_is_nowhere_else(tmp_path):
    write_exercises(tmp_path, "mysterious", "enigmatic")
    status, output = build(tmp_path)
    assert status == 0, output
    assert folds(tmp_path) == [
        ["Show a solution of exercise 2.1", "yours = None"],
        ["Show a solution of exercise 2.2", "yours = None"],
    ]
    page = tmp_path / "_build/html/exercises/some.html"
    text = page.read_text("utf-8")
    assert (
        text.index("Show a solution of exercise 2.1")
        < text.index("mysterious")
        < text.index("Show a solution of exercise 2.2")
        < text.index("enigmatic")
    )
    files = [path for path in (tmp_path / "_build/html").rglob("*") if path.is_file()]
    assert tmp_path / "_build/html/searchindex.js" in files  # it holds stems of words
    assert [path for path in files if b"mysteri" in path.read_bytes()] == [page]


def test_the_page_follows_its_master(tmp_path):
    write_exercises(tmp_path, "mysterious", "enigmatic")
    assert build(tmp_path)[0] == 0
    page = tmp_path / "_build/html/exercises/some.html"

    write_exercises(tmp_path, "lucid", "enigmatic")
    assert build_again(tmp_path)[0] == 0
    assert "lucid" in page.read_text("utf-8")

    masters = tmp_path / "exercises/solutions"
    away = masters.rename(tmp_path / ".away")  # withheld by a teacher
    status, output = build_again(tmp_path)
    assert status == 0, output
    assert folds(tmp_path) == []

    away.rename(masters)
    assert build_again(tmp_path)[0] == 0
    assert len(folds(tmp_path)) == 2


@pytest.mark.parametrize("secrets", [["a"], ["a", "b", "c"], []])
def test_a_master_of_other_questions_fails_the_build(secrets, tmp_path):
    write_exercises(tmp_path, *secrets)
    status, output = build(tmp_path)
    assert status != 0
    assert "the page has checks of 2.1, 2.2" in output
