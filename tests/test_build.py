"""The build is strict: each of these mistakes on a page makes it fail and say where."""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
DRAW = (
    "%config InlineBackend.figure_formats = ['svg']\nimport matplotlib.pyplot as plt\n"
)
DRAW += "plt.plot([1, 2])\nplt.show()"
FIGURE = {"figure": {"caption": "**Figure 1.1.** A line."}}
WORDS = {"image": {"alt": "A straight line that rises from 1 to 2."}}


def build(folder, markdown="", code="1 + 1", mystnb=None):
    """Build a book of one page and one notebook; return exit status and output."""
    shutil.copytree(ROOT / "assets", folder / "assets")
    for name in ("_config.yml", "references.bib"):
        shutil.copy(ROOT / name, folder)
    (folder / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters:\n- file: page\n- file: references\n"
    )
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
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, folder / "page.ipynb")
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
