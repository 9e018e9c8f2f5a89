"""Submissions for tests: the exercise of chapter 2 with this or that done to it."""

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_output

from gru_lesson.grading.release import ANSWER, CHECK

ROOT = Path(__file__).parents[1]
NAME = "02_update_gate.ipynb"
WRONG = """# answer: 2.1
def update_gate_columns(x, h_prev, W, U, b):
    return sigmoid(W @ x + b[:, None])
"""
LOOP = "# answer: 2.1\nwhile True:\n    pass\n"
STUBBORN = """# answer: 2.1
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""
LOOP_INSIDE = """# answer: 2.1
def update_gate_columns(x, h_prev, W, U, b):
    while True:
        pass
"""
STUBBORN_INSIDE = """# answer: 2.1
def update_gate_columns(x, h_prev, W, U, b):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
"""
BORROWED = """# answer: 2.1
from gru_lesson.cell import update_gate


def update_gate_columns(x, h_prev, W, U, b):
    p = {"W_xz": W.T, "W_hz": U.T, "b_z": b}
    return update_gate(x.T, h_prev.T, p).T
"""


def master(name=NAME):
    """Return the notebook with all the answers, as a learner would have it."""
    return nbformat.read(ROOT / "exercises" / "solutions" / name, as_version=4)


def student(name=NAME):
    """Return the notebook as it is handed out."""
    return nbformat.read(ROOT / "exercises" / name, as_version=4)


def saved(notebook):
    """Return the file."""
    return nbformat.writes(notebook).encode()


def answer_cells(notebook):
    """Return the answer cells by question."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return {m[1]: cell for cell in cells if (m := ANSWER.match(cell.source))}


def check_cells(notebook):
    """Return the check cells by question."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return {m[1]: cell for cell in cells if (m := CHECK.search(cell.source))}


def with_answer(source, number="2.1"):
    """Return the master with another answer to one question."""
    notebook = master()
    answer_cells(notebook)[number].source = source
    return notebook


def add_to(number, before="", after=""):
    """Return the master with lines before or after one answer."""
    notebook = master()
    cell = answer_cells(notebook)[number]
    first, _, rest = cell.source.partition("\n")
    cell.source = f"{first}\n{before}{rest}\n{after}"
    return notebook


def inside(number, line):
    """Return the master with a line at the beginning of the body of one answer."""
    notebook = master()
    cell = answer_cells(notebook)[number]
    head, _, body = cell.source.partition("):\n")
    cell.source = f"{head}):\n    {line}\n{body}"
    return notebook


def forged():
    """Return a notebook without answers that prints what a right one prints."""
    notebook = student()
    cells = check_cells(notebook)
    prints = {n: c.outputs[0].text for n, c in cells.items()}
    answer_cells(notebook)["2.1"].source = (
        f"# answer: 2.1\nPRINTS = {prints!r}\n\n\n"
        "def check(number, answer):\n    print(PRINTS[number], end='')\n\n\n"
        "update_gate_columns = None\n"
    )
    return notebook


def patched():
    """Return a notebook that replaces the helper's own check."""
    notebook = forged()
    cell = answer_cells(notebook)["2.1"]
    cell.source += "import gru_lesson.grading\ngru_lesson.grading.check = check\n"
    return notebook


def slyly_patched():
    """Return a notebook that does the same and hides it from a reader of imports."""
    notebook = forged()
    cell = answer_cells(notebook)["2.1"]
    cell.source += (
        "import sys\nname = 'gru_' + 'lesson.grading'\n"
        "sys.modules[name].check = check\n"
    )
    return notebook


def helper_in_an_extra_cell():
    """Return the master with a part of an answer in a cell of its own."""
    notebook = master()
    cell = answer_cells(notebook)["2.1"]
    at = notebook.cells.index(cell)
    cell.source = (
        "# answer: 2.1\ndef update_gate_columns(x, h_prev, W, U, b):\n"
        "    return my_squash(W @ x + U @ h_prev + b[:, None])\n"
    )
    extra = "def my_squash(a):\n    return 0.5 + 0.5 * np.tanh(a / 2)"
    notebook.cells.insert(at, new_code_cell(extra))
    return notebook


def duplicated():
    """Return the master whose first answer is wrong in a cell, and right in a later."""
    notebook = master()
    at = notebook.cells.index(answer_cells(notebook)["2.1"])
    notebook.cells.insert(at, new_code_cell(WRONG))
    return notebook


def merged():
    """Return the master with two answers in one cell."""
    notebook = master()
    cells = answer_cells(notebook)
    cells["2.3"].source += "\n\n" + cells["2.4"].source
    notebook.cells.remove(cells["2.4"])
    return notebook


def without_ids():
    """Return the master as Colab may save it: no ids, no metadata."""
    notebook = master()
    for cell in notebook.cells:
        cell.pop("id", None)
        cell.metadata.clear()
    notebook.metadata.clear()
    notebook.nbformat_minor = 4
    return notebook


def without_markers():
    """Return the master without the first lines; metadata or ids are left."""
    notebook = master()
    for number, cell in answer_cells(notebook).items():
        cell.metadata["gru_lesson"] = {"role": "answer", "question": number}
        cell.source = ANSWER.sub("", cell.source).lstrip("\n")
    cell = next(c for c in notebook.cells if "gru_lesson" in c.metadata)
    cell.metadata.clear()  # this one is known by its id alone
    return notebook


def edited_checks():
    """Return the student edition with checks that print a verdict of their own."""
    notebook = student()
    for cell in check_cells(notebook).values():
        cell.source = f"print({cell.outputs[0].text!r}, end='')"
    return notebook


def deleted_checks():
    """Return the master without any check."""
    notebook = master()
    for cell in check_cells(notebook).values():
        notebook.cells.remove(cell)
    return notebook


def reordered():
    """Return the master with its cells from the last to the first."""
    notebook = master()
    notebook.cells.reverse()
    return notebook


def huge():
    """Return the master with 50 MB of output."""
    notebook = master()
    text = "0123456789" * 5_000_000
    output = new_output("stream", text=text)
    answer_cells(notebook)["2.1"].outputs = [output]
    return notebook


def format_3():
    """Return the master in an old format."""
    notebook = master()
    return nbformat.convert(notebook, 3)
