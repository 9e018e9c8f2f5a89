"""Make student editions from the masters, so that nobody edits them by hand.

A master is a notebook with the answers in it. In an answer cell, which begins with
``# answer: 2.1``, lines between ``### BEGIN SOLUTION`` and ``### END SOLUTION`` are the
solution. In the student edition they become ``raise NotImplementedError`` inside of a
function, and nothing at the top level; or, where the region begins with lines between
``### BEGIN STUB`` and ``### END STUB``, each a comment, these lines as code.
"""

import re
import textwrap
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from gru_lesson.grading import pristine
from gru_lesson.grading.question import find

ANSWER = re.compile(r"^# answer: (\d+\.\d+)\s*$", re.M)
CHECK = re.compile(r"^check\(\"(\d+\.\d+)\", ", re.M)
REGION = re.compile(
    r"^(?P<indent> *)### BEGIN SOLUTION\n(?P<body>.*?)^ *### END SOLUTION(?:\n|\Z)",
    re.M | re.S,
)
STUB = re.compile(r"^ *### BEGIN STUB\n(?P<stub>.*?)^ *### END STUB\n", re.M | re.S)


def stub(source):
    """Return an answer cell as a student gets it.

    Parameters
    ----------
    source : str
        The cell of the master.

    Returns
    -------
    str
        Without a line of the solution.

    Raises
    ------
    ValueError
        If the cell has no solution or its markers do not pair.
    """

    def replace(region):
        indent = region["indent"]
        given = STUB.match(region["body"])
        if given:
            lines = textwrap.dedent(given["stub"]).splitlines()
            bare = [re.sub(r"^# ?", "", line) for line in lines]
            return textwrap.indent("\n".join(bare) + "\n", indent)
        return f"{indent}raise NotImplementedError\n" if indent else ""

    text, count = REGION.subn(replace, source)
    if not count or "###" in text:
        raise ValueError(
            "An answer cell needs `### BEGIN SOLUTION` and `### END SOLUTION`, each "
            f"alone on its line. The cell is:\n{source}"
        )
    return text.rstrip("\n")


def solution(source):
    """Return an answer cell of a master as a reader gets it: without the markers.

    Parameters
    ----------
    source : str
        The cell of the master.

    Returns
    -------
    str
        The answer alone.
    """
    text = re.sub(r"(?m)^ *### (BEGIN|END) SOLUTION\n?", "", STUB.sub("", source))
    return ANSWER.sub("", text, count=1).strip("\n")


def student_edition(master):
    """Return the student edition of a master.

    Parameters
    ----------
    master : NotebookNode
        With the answers, and with every output stored.

    Returns
    -------
    NotebookNode
        Text, stubs, check cells with the outputs that a right answer has; the points
        in the metadata of the check cells.

    Raises
    ------
    ValueError
        If an output that is to be compared is missing, or answers and checks differ.
    """
    notebook = nbformat.from_dict(master)
    answers, checks = [], []
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        answer, check = ANSWER.match(cell.source), CHECK.search(cell.source)
        if answer:
            answers.append(answer[1])
            cell.source = stub(cell.source)
            cell.metadata["gru_lesson"] = {"role": "answer", "question": answer[1]}
            if cell.outputs:
                raise ValueError(f"The answer cell of {answer[1]} has an output.")
        elif check:
            checks.append(check[1])
            if not cell.outputs or not cell.execution_count:
                raise ValueError(
                    f"The check cell of {check[1]} has no stored output: nbval would "
                    "pass it whatever it prints. Run the master first."
                )
            cell.metadata["gru_lesson"] = {
                "role": "check",
                "question": check[1],
                "points": find(check[1]).points,
            }
        else:
            cell.metadata["gru_lesson"] = {"role": "given"}
    if answers != checks or len(set(answers)) != len(answers):
        raise ValueError(f"Answers {answers} and checks {checks} do not pair.")
    return notebook


def leaks(master, student):
    """Find lines of a solution that are in the student edition.

    Parameters
    ----------
    master, student : NotebookNode
        The two editions.

    Returns
    -------
    list of str
        Lines that say something: longer than a closing bracket, and not in the stub
        of their own cell by design.
    """
    lines = set()
    for cell in master.cells:
        for region in REGION.finditer(cell.source):
            body = STUB.sub("", region["body"], count=1)
            kept = {line.strip() for line in stub(cell.source).splitlines()}
            found = {line.strip() for line in body.splitlines()} - kept
            lines |= {line for line in found if len(line) > 12 and line[0] != "#"}
    text = "\n".join(cell.source for cell in student.cells)
    return sorted(line for line in lines if line in text)


def without_pictures(notebook):
    """Return a copy that holds no picture: what the package carries for grading.

    Parameters
    ----------
    notebook : NotebookNode
        A student edition.

    Returns
    -------
    NotebookNode
        Its outputs are the texts that nbval compares.
    """
    copy = nbformat.from_dict(notebook)
    for cell in copy.cells:
        if cell.cell_type == "code":
            cell.outputs = [o for o in cell.outputs if o.output_type == "stream"]
    return copy


def run(master):
    """Execute a master from a fresh kernel, in an empty folder, and keep its outputs.

    Parameters
    ----------
    master : NotebookNode
        Is changed.
    """
    from nbclient import NotebookClient

    for cell in master.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    with TemporaryDirectory() as folder:
        NotebookClient(
            master, timeout=60, resources={"metadata": {"path": folder}},
            record_timing=False, coalesce_streams=True,
            skip_cells_with_tag="nbval-skip",
        ).execute()  # fmt: skip
    master.metadata["language_info"] = {"name": "python"}


def release(folder, *, execute=True, package=pristine.FOLDER):
    """Write the student edition of every master, beside it and into the package.

    Parameters
    ----------
    folder : path
        Holds ``solutions`` with the masters; the student editions are put beside it.
    execute : bool
        Whether the masters are run first, and stored with their outputs.
    package : path
        Where the editions without pictures go.

    Returns
    -------
    list of path
        The files that changed.

    Raises
    ------
    FileNotFoundError
        If there is no master.
    ValueError
        If a master is not made as it should be, or a solution would leak.
    """
    masters = sorted(Path(folder, "solutions").glob("*.ipynb"))
    if not masters:
        raise FileNotFoundError(f"No master notebook in {Path(folder, 'solutions')}.")
    changed = []
    for path in masters:
        master = nbformat.read(path, as_version=4)
        if execute:
            run(master)
            changed += _write(master, path)
        student = student_edition(master)
        if found := leaks(master, student):
            raise ValueError(f"{path.name} would leak:\n" + "\n".join(found))
        changed += _write(student, Path(folder, path.name))
        changed += _write(without_pictures(student), Path(package, path.name))
    return changed


def _write(notebook, path):
    text = nbformat.writes(notebook, version=4).rstrip("\n") + "\n"
    if path.exists() and path.read_text("utf-8") == text:
        return []
    path.write_text(text, "utf-8")
    return [path]
