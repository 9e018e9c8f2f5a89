"""The released notebooks that the package carries, to grade with."""

from functools import cache
from pathlib import Path

import nbformat

FOLDER = Path(__file__).with_name("notebooks")


@cache
def pristine(exercise):
    """Return a released notebook that the package carries.

    Parameters
    ----------
    exercise : str
        Its name, for example "02_update_gate".

    Returns
    -------
    NotebookNode
        Shared: make a copy before changing it.
    """
    return nbformat.read(FOLDER / f"{exercise}.ipynb", as_version=4)


@cache
def exercises():
    """List the notebooks that can be graded.

    Returns
    -------
    dict
        From the name of a notebook to the numbers of its questions.
    """
    return {
        path.stem: [
            cell.metadata["gru_lesson"]["question"]
            for cell in pristine(path.stem).cells
            if cell.metadata.get("gru_lesson", {}).get("role") == "check"
        ]
        for path in sorted(FOLDER.glob("*.ipynb"))
    }
