"""Put a learner's answers into the pristine notebook, and nothing that borrows."""

import ast
import re

import nbformat

from gru_lesson.grading.pristine import pristine

# what an answer may have put in the place of standard output; in a cell of its own,
# since the kernel tells the stream at the beginning of a cell whose output it carries
RESTORE = """import sys
from gru_lesson.grading import notebook
sys.stdout = notebook.FIRST_STDOUT"""
# by these, code reaches what is not in its own cell
DOORS = {"__globals__", "__import__", "__builtins__", "__subclasses__", "importlib"}


def assemble(submission, without=()):
    """Put the answers into the pristine notebook.

    Parameters
    ----------
    submission : Submission
        The answers.
    without : collection of str
        Questions whose answers are left out, because they would end the kernel.

    Returns
    -------
    notebook : NotebookNode
        Ready for nbval; what is not compared is left out.
    owners : list of str
        For each code cell the question that it belongs to, "" for none.
    refused : dict
        From a question to what its answer must not do; that answer is not in the
        notebook.
    """
    notebook = nbformat.from_dict(pristine(submission.exercise))
    allowed = _imports([c.source for c in notebook.cells if c.cell_type == "code"])
    cells, owners, refused = [], [], {}

    def add(source, owner, like=None):
        fresh = nbformat.v4.new_code_cell(source, execution_count=1)
        if like is not None:
            fresh = nbformat.from_dict(like | {"source": source})
        cells.append(fresh)
        owners.append(owner)

    def add_extras(owner):
        for source in submission.extras.get(owner, ()):
            if owner not in without and not forbidden(source, allowed):
                add(source, owner)

    for cell in notebook.cells:
        role = cell.metadata.get("gru_lesson", {})
        if cell.cell_type != "code" or "nbval-skip" in cell.metadata.get("tags", ()):
            continue
        number = role.get("question", "")
        if role.get("role") == "check":
            line = "from gru_lesson.grading import check  # whatever it was made"
            add(f"{line}\n{cell.source}", number, like=cell)
        elif role.get("role") == "answer":
            source = submission.answers.get(number, cell.source)
            if reason := forbidden(source, allowed):
                refused[number] = reason
            taken = number in without or number in refused
            add(cell.source if taken else source, number)
            add_extras(number)
            add(RESTORE, number)
        else:
            add(cell.source, "", like=cell)
            if "import check" in cell.source or "check," in cell.source:
                add_extras("")
    notebook.cells = cells
    return notebook, owners, refused


def forbidden(source, allowed):
    """Say what code must not do: reach for the course's own implementation.

    Parameters
    ----------
    source : str
        A cell.
    allowed : set of str
        What it may import of the package: what the notebook itself imports.

    Returns
    -------
    str
        A sentence, or "".
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""  # it will not run either
    borrowed = sorted(_imports([source]) - allowed)
    for node in ast.walk(tree):
        name = getattr(node, "attr", None) or getattr(node, "id", None)
        if name in DOORS:
            borrowed.append(name)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            borrowed += re.findall(r"^gru_lesson[\w.]*$", node.value)
    if not borrowed:
        return ""
    return (
        f"Write the answer without {borrowed[0]}: an exercise is answered in its own "
        "cells, with what the first cell imports."
    )


def _imports(sources):
    """Return what cells import of the package, as dotted names."""
    found = set()
    for source in sources:
        try:
            tree = ast.parse(source)
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.partition(".")[0] == "gru_lesson"}
