"""The chapters: the same code as the package, plain, numbered, and they run alone."""

import importlib
import re
import time
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from notebook_checks import (
    definition_complaints,
    link_complaints,
    number_of,
    numbering_complaints,
    plain_complaints,
    storage_complaints,
)

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted(ROOT.glob("chapters/*.ipynb"))
SECONDS = 20


@pytest.fixture(params=CHAPTERS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    return nbformat.read(path, as_version=4)


def test_there_are_chapters_numbered_without_a_gap():
    numbers = [number_of(path) for path in CHAPTERS]
    assert numbers == [*map(str, range(1, len(numbers))), "A"]


def test_definitions_are_those_of_the_package(notebook):
    complaints = definition_complaints(notebook, ROOT)
    assert not complaints, "\n" + "\n\n".join(complaints)


def test_markdown_is_plain(notebook):
    assert plain_complaints(notebook) == []


def test_stored_without_outputs(notebook):
    assert storage_complaints(notebook) == []


def test_headings_equations_and_figures_are_numbered(notebook, path):
    assert numbering_complaints(notebook, number_of(path)) == []


def test_links_lead_somewhere(notebook, path):
    assert link_complaints(notebook, path.parent) == []


@pytest.fixture(scope="session")
def font_cache():
    """Let matplotlib build its list of fonts, of which it speaks on stderr, once."""
    importlib.import_module("matplotlib.font_manager")


@pytest.mark.usefixtures("font_cache")
@pytest.mark.filterwarnings("default")  # of the client, not of the notebook
def test_runs_from_a_fresh_kernel_in_an_empty_folder(
    notebook, path, tmp_path, monkeypatch, measured
):
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    start = time.perf_counter()
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=60, resources=resources).execute()
    seconds = time.perf_counter() - start
    measured(f"{path.name} from a fresh kernel", f"{seconds:.1f} s")
    assert stderr(notebook) == []
    assert list(tmp_path.iterdir()) == []
    assert seconds < SECONDS


def stderr(notebook):
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    return [out.text for out in outputs if out.get("name") == "stderr"]


# --- each check fails where it should -----------------------------------------------

TITLE = "# 1 · Why gates\n\nA question."
ALT = "Two curves over 100 steps; the one of the Elman network falls to zero."
TWICE = '''"""A small module."""
import math

SCALE: float = 2.0
SIZE = 3


def twice(a):
    """Double a number."""
    return SCALE * a  # of any kind


@property
def odd(self):
    """Say no."""


class Pair(tuple):
    """Two numbers."""

    first: int

    def swap(self):
        """Exchange them."""
        return self[::-1]
'''


def chapter(*cells):
    """Make a notebook; a text that begins with a # and a blank is Markdown."""
    made = [c if isinstance(c, dict) else new_markdown_cell(c) for c in cells]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return new_notebook(cells=made, metadata=kernel)


def figure(source="plots.gates(ax)", caption="**Figure 1.1.** Two.", alt=ALT):
    metadata = {"mystnb": {"figure": {"caption": caption}, "image": {"alt": alt}}}
    return new_code_cell(source, metadata=metadata)


@pytest.fixture
def package(tmp_path):
    (tmp_path / "gru_lesson").mkdir()
    (tmp_path / "gru_lesson" / "small.py").write_text(TWICE)
    return tmp_path


def about_definition(source, package):
    notebook = chapter(new_code_cell(f"# gru_lesson/small.py\n{source}"))
    return definition_complaints(notebook, package)


@pytest.mark.parametrize(
    "source",
    [
        "def twice(a):\n    return SCALE*a",
        'def twice(a):\n    """Say it otherwise."""\n\n    return (SCALE * a)',
        "import math\nSCALE: float = 2.0\nSIZE = 3",
        "@property\ndef odd(self):\n    pass",
        "class Pair(tuple):\n    first: int\n\n    def swap(self):\n"
        "        return self[::-1]",
    ],
)
def test_the_same_code_in_other_clothes_passes(source, package):
    assert about_definition(source, package) == []


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        (
            "def twice(a):\n    return a * SCALE",
            "-    return SCALE * a\n+    return a *",
        ),
        ("def twice(b):\n    return SCALE * b", "-def twice(a):"),
        ("def odd(self):\n    pass", "-@property"),
        ("def thrice(a):\n    return 3 * a", "gru_lesson/small.py has no thrice"),
        ("SIZE = 4", "-SIZE = 3\n+SIZE = 4"),
        ("SCALE: int = 2.0", "+SCALE: int = 2.0"),
        ("class Pair(tuple):\n    first: int", "-    def swap(self):"),
        ("class Pair(list):\n    pass", "-class Pair(tuple):"),
        ("def twice(a:\n", "was never closed"),
        ("print(2)", "the cell defines nothing"),
    ],
)
def test_code_that_drifted_is_shown(source, complaint, package):
    complaints = about_definition(source, package)
    assert len(complaints) == 1
    assert complaint in complaints[0]


def test_a_file_that_the_package_lacks(package):
    for name in ("lstm.py", "small", "../small.py", ""):
        notebook = chapter(new_code_cell(f"# gru_lesson/{name}\nx = 1"))
        assert len(definition_complaints(notebook, package)) == 1


def test_long_cells_are_refused(package):
    def about(lines, first=""):
        source = first + "\n".join(["x = 1"] * lines)
        return definition_complaints(chapter(new_code_cell(source)), package)

    assert about(15) == []
    assert about(16) == ["16 lines, at most 15: x = 1"]
    taught = "# gru_lesson/small.py\nSIZE = 3\n"
    assert about(28, taught) == ["gru_lesson/small.py has no x"]
    assert "31 lines, at most 30" in about(29, taught)[0]


@pytest.mark.parametrize(
    "text",
    [
        "See `update_gate` and `{name}` and ``a `{ref}` b``, $W_{xz}$ and $a < b > c$.",
        "$$\nh_{t} = {z}\\odot h \\tag{1.1}\n$$",
        "```python\nx = {}\nif a<b>c: print('::: <b>')\n```",
        "[a link](https://example.org), <https://example.org>, 1 < 2 and 2 > 1",
        "![A drawing of a gate](https://example.org/gate.png)",
        "> **Note.** A quoted one, with a::b and a : b",
    ],
)
def test_plain_markdown_passes(text):
    assert plain_complaints(chapter(text)) == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("See {ref}`gates`.", "a MyST role"),
        ("See {numref}``gates``.", "a MyST role"),
        ("See {py:func}`update_gate`.", "a MyST role"),
        (":::{note}\nmind\n:::", "a directive of colons"),
        ("text\n\n::::\n", "a directive of colons"),
        ("```{note}\nmind\n```", "a fence with braces"),
        ("> ~~~ {admonition} Mind\n> it\n> ~~~", "a fence with braces"),
        ("A line<br>", "HTML"),
        ("<div class='note'>mind</div>", "HTML"),
        ("<!-- later -->", "HTML"),
        ("![](https://example.org/gate.png)", "an image without alternative text"),
        ("![A gate](gate.png)", "an image that is not on the web"),
        ("![A gate](../images/gate.png)", "an image that is not on the web"),
        ("![A gate](attachment:gate.png)", "an image that is not on the web"),
        ("![A gate][gate]", "an image by reference"),
    ],
)
def test_markdown_that_only_the_book_reads_is_refused(text, complaint):
    complaints = plain_complaints(chapter(text))
    assert len(complaints) == 1
    assert complaints[0].startswith(complaint)


def test_attachments_are_refused():
    cell = new_markdown_cell("A gate", attachments={"gate.png": {"image/png": ""}})
    assert plain_complaints(chapter(cell)) == ["an attachment: gate.png"]


def test_what_running_leaves_behind_is_refused():
    clean = chapter(TITLE, new_code_cell("1 + 1"))
    assert storage_complaints(clean) == []
    output = nbformat.v4.new_output("stream", text="2")
    ran = chapter(new_code_cell("1 + 1", outputs=[output], execution_count=1))
    assert [c.split(":")[0] for c in storage_complaints(ran)] == [
        "stored with its output",
        "stored with a count",
    ]
    older = nbformat.from_dict(clean | {"nbformat_minor": 4})
    assert storage_complaints(older) == ["the format is not 4.5"]
    bare = nbformat.from_dict(clean | {"metadata": {}})
    assert storage_complaints(bare) == ["the kernel is not python3"]
    clean.cells[1].id = clean.cells[0].id
    assert storage_complaints(clean) == ["cell ids are missing or not unique"]
    del clean.cells[1]["id"]
    assert storage_complaints(clean) == ["cell ids are missing or not unique"]


def test_good_numbers_pass():
    notebook = chapter(
        TITLE,
        "## What you will be able to do\n\n- read",
        "## 1.1 A start\n\n$$a \\tag{1.1}$$ and $$b \\tag{1.2}$$",
        new_code_cell("plots.use_style()"),
        figure(),
        "```\n# no title\n## no section\n```\n### Any\n\n## 1.2 More",
        figure(caption="**Figure 1.2.** Two more."),
        "$$c \\tag{1.3}$$",
        "## What to remember",
        "## Sources",
    )
    assert numbering_complaints(notebook, 1) == []


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        (["# Why gates"], "not one title"),
        (["# 2 · Why gates"], "not one title"),
        (["text", TITLE], "not one title"),
        ([TITLE, "# 2 · More"], "not one title"),
        ([TITLE, "## A start"], "sections: A instead"),
        ([TITLE, "## 1.2 A start"], "sections: 1.2 instead"),
        ([TITLE, "## 1.1 A start\n\n## 1.1 Again"], "sections: 1.1, 1.1 instead"),
        ([TITLE, "## 1.1 A start\n\n## 1.3 On"], "sections: 1.1, 1.3 instead"),
        ([TITLE, "## 1.1"], "a section without a title"),
        ([TITLE, "$$a \\tag{2.1}$$"], "equations: 2.1 instead"),
        ([TITLE, "$$a \\tag{1.1}$$ $$a \\tag{1.1}$$"], "equations: 1.1, 1.1 instead"),
        ([TITLE, "$$a \\tag{1.2}$$", "$$a \\tag{1.1}$$"], "equations: 1.2, 1.1"),
        ([TITLE, figure(caption="**Figure 1.2.** Two.")], "figures: 1.2 instead"),
        ([TITLE, figure(), figure()], "figures: 1.1, 1.1 instead"),
        ([TITLE, figure(alt="Two curves.")], "no alternative text"),
        ([TITLE, figure(source="x = 1", alt="")], "no alternative text"),
        ([TITLE, figure(caption="Figure 1.1. Two.")], "no caption"),
        ([TITLE, figure(caption="**Figure 1.1.** ")], "no caption"),
        ([TITLE, new_code_cell("plots.gates(ax)")], "no caption"),
        ([TITLE, new_code_cell("fig, ax = plt.subplots()")], "no caption"),
    ],
)
def test_wrong_numbers_are_refused(cells, complaint):
    complaints = numbering_complaints(chapter(*cells), 1)
    assert any(c.startswith(complaint) for c in complaints), complaints


def test_an_empty_notebook_has_no_title():
    assert len(numbering_complaints(chapter(), 1)) == 1


def test_links_to_nothing_are_refused(tmp_path):
    (tmp_path / "there.md").touch()
    good = "[a](there.md) [b](there.md#part) [c](https://x.org/no) [d](#here) `[e](f)`"
    assert link_complaints(chapter(good), tmp_path) == []
    for bad in (
        '[a](gone.md "title")',
        "[a](<gone.md>)",
        "x\n\n[a]: gone.md",
        "[](gone.md#p)",
    ):
        assert link_complaints(chapter(bad), tmp_path) == ["gone.md does not exist"]


def test_what_a_notebook_says_on_stderr_is_seen():
    output = nbformat.v4.new_output("stream", name="stderr", text="a warning")
    assert stderr(chapter(TITLE, new_code_cell("x", outputs=[output]))) == ["a warning"]
    assert stderr(chapter(TITLE, new_code_cell("x"))) == []


def test_the_chapters_derive_what_the_package_has():
    """The check of definitions is not idle: the taught functions are in some cell."""
    sources = [
        cell.source
        for path in CHAPTERS
        for cell in nbformat.read(path, as_version=4).cells
        if cell.source.startswith("# gru_lesson/")
    ]
    names = re.findall(r"(?m)^def (\w+)", "\n".join(sources))
    assert {"rnn_step", "sigmoid", "update_gate"} <= set(names)
