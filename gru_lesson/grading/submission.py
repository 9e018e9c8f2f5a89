"""Read what a learner hands in: find the answers in it, however it was saved."""

import json
import re
from dataclasses import dataclass, field

from gru_lesson.grading.pristine import exercises, pristine

MARKER = re.compile(r"^\s*#+\s*answer\s*:\s*(\d+\.\d+)", re.M | re.I)
CALLS_CHECK = re.compile(r"^\s*check\(\s*[\"']\d+\.\d+[\"']", re.M)
MAGIC = re.compile(r"^(\s*)([%!].*)$", re.M)
LARGEST = 200  # megabytes


class Unreadable(Exception):
    """A file is not a notebook that can be graded; the message says what to do."""


@dataclass
class Submission:
    """The answers of one learner to one exercise notebook.

    ``exercise`` is the name of the pristine notebook, ``answers`` the source of each
    answer, ``extras`` the cells that were added after an answer ("" for those before
    the first), ``notes`` what a teacher may want to know.
    """

    exercise: str
    answers: dict = field(default_factory=dict)
    extras: dict = field(default_factory=dict)
    notes: dict = field(default_factory=dict)


def read(data, name="", exercise=None):
    """Find the answers in a notebook, however it was saved.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        Of the file; tells the exercise where the answers do not.
    exercise : str, optional
        Which pristine notebook it answers, if that is known.

    Returns
    -------
    Submission
        With the answers found by their first line, else by metadata, else by id.

    Raises
    ------
    Unreadable
        If it is not a notebook, or none of this lesson's.
    """
    cells = [cell for cell in _cells(data) if cell["kind"] == "code"]
    for cell in cells:
        cell["questions"] = MARKER.findall(cell["source"]) or _tagged(cell)
    exercise = exercise or _exercise([q for c in cells for q in c["questions"]], name)
    given = {
        cell.source.strip()
        for cell in pristine(exercise).cells
        if cell.cell_type == "code"
        and cell.metadata.get("gru_lesson", {}).get("role") != "answer"
    }
    found = Submission(exercise)
    last = ""
    for cell in cells:
        mine = [q for q in cell["questions"] if q in exercises()[exercise]]
        source = MAGIC.sub(r"\1pass  # \2", cell["source"])
        if mine:
            for number in mine:
                if number in found.answers:
                    found.notes[number] = "answered more than once; the last one counts"
                # one cell may answer several; it runs in the place of the first
                found.answers[number] = source if number == mine[0] else "pass"
            last = mine[0]
        elif source.strip() in given or CALLS_CHECK.search(source):
            continue
        elif source.strip() and "grade_here()" not in source:
            found.extras.setdefault(last, []).append(source)
    return found


def _exercise(numbers, name):
    """Tell which notebook is answered, by its questions or by the name of the file."""
    scores = {
        exercise: sum(number in questions for number in numbers)
        for exercise, questions in exercises().items()
    }
    best = max(scores, key=scores.get, default=None)
    if best and scores[best]:
        return best
    for exercise in scores:
        if exercise in name:
            return exercise
    raise Unreadable(
        "No answer cell found. Answer cells begin with a line such as `# answer: 2.1`: "
        "download the exercise again and put your answers into it."
    )


def _tagged(cell):
    """Return the question that metadata or id name, if the marker is gone."""
    tag = cell["metadata"].get("gru_lesson")
    if isinstance(tag, dict) and tag.get("role") == "answer":
        return [str(tag.get("question"))]
    match = re.fullmatch(r"(\d+)-(\d+)-answer", str(cell["id"]))
    return [f"{match[1]}.{match[2]}"] if match else []


def _cells(data):
    """Return the cells of a notebook of any format, as plain dicts."""
    if len(data) > LARGEST * 1e6:
        raise Unreadable(
            f"The file has {len(data) / 1e6:.0f} MB, more than {LARGEST}. Clear the "
            "outputs, save, and hand it in again."
        )
    hint = "Download it as .ipynb (in Colab: File, Download) and hand that in."
    try:
        tree = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unreadable(f"The file is not a notebook: not JSON. {hint}") from None
    if not isinstance(tree, dict):
        raise Unreadable(f"The file is JSON, but not a notebook. {hint}")
    sheets = tree.get("worksheets")  # format 3
    if isinstance(sheets, list):
        lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
        tree["cells"] = [c for cells in lists if isinstance(cells, list) for c in cells]
    cells = tree.get("cells")
    if not isinstance(cells, list):
        raise Unreadable(f"The file has no cells: not a notebook. {hint}")
    return [_cell(cell) for cell in cells if isinstance(cell, dict)]


def _cell(cell):
    """Read one cell and forget its outputs."""
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(str(line) for line in source)
    metadata = cell.get("metadata")
    return {
        "kind": cell.get("cell_type"),
        "source": str(source).replace("\r\n", "\n"),
        "metadata": metadata if isinstance(metadata, dict) else {},
        "id": cell.get("id"),
    }
