"""Grade one notebook from a clean kernel: what came in, points, and why."""

import hashlib
import re
import textwrap
import time

import nbformat

from gru_lesson.grading import clean_kernel, say
from gru_lesson.grading.assemble import assemble
from gru_lesson.grading.judge import expected
from gru_lesson.grading.pristine import exercises
from gru_lesson.grading.question import PUBLIC_SEED, find
from gru_lesson.grading.score import Grade, Result
from gru_lesson.grading.submission import Unreadable, read

SAID = re.compile(
    r"(known mistakes?[^:]*|another convention): (.*?)\. (?:Look again|Read: |It is in)"
)
ENDED = {
    "slow": "Look for a loop that does not end: the cell took too long.",
    "dead": "Look for what ends Python (os._exit, a crash): the kernel died here.",
}


def key_of(data, name, seed, exercise=None):
    """Return what tells one grading from another.

    Parameters
    ----------
    data : bytes
        The file.
    name, seed : str
        Of the file and the inputs.
    exercise : str, optional
        The notebook that it answers, if that was said.

    Returns
    -------
    str
        A hash; the seed cannot be read from it.
    """
    parts = (hashlib.sha256(data).hexdigest(), name, seed, exercise)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


def grade(data, name="notebook.ipynb", *, seed=PUBLIC_SEED, exercise=None, **limits):
    """Grade a notebook.

    Parameters
    ----------
    data : bytes
        The file as it was handed in.
    name : str
        Of the file.
    seed : str
        Of the inputs; a secret one makes printing the public answers worthless.
    exercise : str, optional
        Which notebook it answers, for example "02_update_gate", else it is recognized.
    **limits : float
        ``cell_seconds`` and ``wall_seconds`` of `clean_kernel.run`.

    Returns
    -------
    Grade
        Whatever was handed in.

    Raises
    ------
    CannotGrade
        If nbval is not installed.
    ValueError
        If there is no such exercise.
    """
    if exercise is not None and exercise not in exercises():
        raise ValueError(
            f"There is no exercise {exercise!r}. There are: {', '.join(exercises())}."
        )
    clean_kernel.ready()
    begun = time.perf_counter()
    result = Grade(name, exercise or "", key=key_of(data, name, seed, exercise))
    try:
        submission = read(data, name, exercise)
    except Unreadable as problem:
        result.problem = str(problem)
        numbers = exercises().get(exercise, [])
        result.results = [_result(n, "unreadable", str(problem)) for n in numbers]
    else:
        result.exercise = submission.exercise
        result.results = _run(submission, seed, limits)
    result.seconds = round(time.perf_counter() - begun, 2)
    return result


def _run(submission, seed, limits):
    """Run the answers; leave out what ends the kernel, and run the others again."""
    ended = {}
    while True:
        notebook, owners, refused = assemble(submission, without=ended)
        if seed != PUBLIC_SEED:
            _expect(notebook, owners, seed)
        cells = clean_kernel.run(notebook, seed, **limits)
        last = cells[-1]
        if last.outcome not in ENDED or last.cell >= len(owners):
            break
        culprit = owners[last.cell]
        if culprit in ended or (not culprit and not submission.extras.get("")):
            break  # it is not the answer that takes so long
        if not culprit:
            submission.extras.pop("")
            continue
        ended[culprit] = last.outcome
    return [
        _judged(number, submission, owners, cells, refused, ended)
        for number in exercises()[submission.exercise]
    ]


def _expect(notebook, owners, seed):
    """Replace the stored outputs of the checks by those under another seed."""
    for cell, owner in zip(notebook.cells, owners, strict=True):
        if cell.outputs and owner:
            text = expected(find(owner), seed) + "\n"
            cell.outputs = [nbformat.v4.new_output("stream", text=text)]


def _judged(number, submission, owners, cells, refused, ended):
    """Return the result of one question from what nbval saw."""
    note = submission.notes.get(number, "")
    if number in refused:
        return _result(number, "refused", refused[number], note=note)
    if number in ended:
        return _result(number, ended[number], ENDED[ended[number]], note=note)
    if number not in submission.answers:
        text = f"Put the answer into a cell that begins with `# answer: {number}`: "
        return _result(number, "missing", text + "there is none.", note=note)
    mine = [cell for cell in cells if owners[cell.cell] == number]
    check = mine[-1] if mine else None
    if check is None or check.cell != _last(owners, number):
        return _result(number, "unreached", "An earlier cell ended the kernel.")
    if check.outcome == "passed":
        return _result(number, "right", "", right=True, note=note)
    errors = [cell.error for cell in mine[:-1] if cell.error]
    if check.error and errors:
        text = f"The answer cell stopped with {errors[0]}"
        return _result(number, "error", text, note=note)
    if check.error:
        text = f"The check stopped with {check.error}"
        return _result(number, "error", text, note=note)
    return _explained(number, check.text, note)


def _explained(number, printed, note):
    """Take the diagnosis from what the check printed."""
    question = find(number)
    text = textwrap.dedent("\n".join(printed.splitlines()[1:]))
    flat = " ".join(text.split())
    said = SAID.search(flat)
    names = said[2].split("; and ") if said else []
    named = [m.name for m in question.mistakes if m.name in names]
    if named:
        kind = "convention" if "convention" in said[1] else "known"
    else:
        kind = "unwritten" if _unwritten(question, text) else "wrong"
    if not flat:
        text = "The check printed nothing: it was changed."
    elif flat == expected_text(question):
        text = "What the check printed does not fit the inputs of this grade."
    return _result(number, kind, text, mistakes=named, note=note)


def _unwritten(question, text):
    """Tell whether the check saw the stub of the student edition."""
    if text.partition("\n")[0].endswith("a value: it is None."):
        return True
    stubs = [say.plainly(question, kind) for kind in ("unwritten", "none")]
    return " ".join(text.split()) in [" ".join(stub.split()) for stub in stubs]


def expected_text(question):
    """Return what the check of a right answer prints in public, without its heading.

    Parameters
    ----------
    question : Question
        What was asked.

    Returns
    -------
    str
        In one line.
    """
    return " ".join(expected(question, PUBLIC_SEED).split("\n", 1)[1].split())


def _last(owners, number):
    return len(owners) - 1 - owners[::-1].index(number)


def _result(number, kind, text, *, right=False, mistakes=(), note=""):
    question = find(number)
    points = question.points if right else 0
    return Result(
        number,
        question.heading.partition(" ")[2],
        points,
        question.points,
        kind,
        list(mistakes),
        text,
        note,
    )
