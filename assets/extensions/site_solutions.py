"""Solutions of the exercises, folded away under their checks.

They stand in the masters alone, `exercises/solutions/<name>.ipynb`. Where a teacher
withholds one, the page of exercises is built without it.
"""

from pathlib import Path

import nbformat
from docutils import nodes
from sphinx.util import logging

from gru_lesson.grading.release import ANSWER, solution

LOGGER = logging.getLogger(__name__)


class folded_solution(nodes.comment):
    """A solution. To all but the writer of pages a comment: no search finds it."""


def read_solutions(master):
    """Return the code that answers each question, by the number of the question."""
    cells = nbformat.read(master, as_version=4).cells
    answers = [cell for cell in cells if ANSWER.match(cell.source)]
    return {ANSWER.match(cell.source)[1]: solution(cell.source) for cell in answers}


def find_checks(doctree):
    """Return the check cells of a page, by the number of the question."""
    boxes = doctree.findall(nodes.container)
    about = [(box, box.get("cell_metadata", {}).get("gru_lesson", {})) for box in boxes]
    return {of["question"]: box for box, of in about if of.get("role") == "check"}


def add_solutions(app, doctree):
    """Put each solution below the check of its question."""
    page = Path(app.env.doc2path(app.env.docname))
    checks = find_checks(doctree)
    if not checks:
        return
    master = page.parent / "solutions" / page.name
    if not master.exists():
        app.env.note_reread()  # it may come back, of any date
        return
    app.env.note_dependency(str(master))
    solutions = read_solutions(master)
    if solutions.keys() != checks.keys():
        LOGGER.warning(
            "the page has checks of %s, its master has answers to %s; make the page "
            "anew with gru_lesson.grading.release",
            ", ".join(checks) or "nothing",
            ", ".join(solutions) or "nothing",
            location=app.env.docname,
            type="solution",
        )
    for number in checks.keys() & solutions.keys():
        code = solutions[number]
        box = folded_solution(question=number)
        box += nodes.literal_block(code, code, language="ipython3")
        cell = checks[number]
        cell.parent.insert(cell.parent.index(cell) + 1, box)


def open_solution(translator, node):
    """Begin the fold; what is in it is code like any other."""
    translator.body.append(
        '<details class="solution">\n'
        f"<summary>Show a solution of exercise {node['question']}</summary>\n"
    )


def close_solution(translator, node):
    """End the fold."""
    translator.body.append("</details>\n")


def setup(app):
    """Register all of it with Sphinx."""
    app.add_node(folded_solution, html=(open_solution, close_solution))
    app.connect("doctree-read", add_solutions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
