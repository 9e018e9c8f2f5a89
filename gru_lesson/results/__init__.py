"""Results of runs that are too long for a page: settings, machine, numbers.

Each file was written by the command that it names.
"""

import json
from importlib.resources import files


def load(name):
    """Read the results of an experiment.

    Parameters
    ----------
    name : str
        For example "adding", chapter 09.

    Returns
    -------
    dict
        ``command``: what wrote the file. ``settings``, ``machine``: how and where it
        ran. ``runs``: a list of dicts, one for each run.

    Raises
    ------
    ValueError
        If there are no results of that name.
    """
    folder = files("gru_lesson.results")
    file = folder / f"{name}.json"
    if not file.is_file():
        entries = (entry.name for entry in folder.iterdir())
        there = sorted(e.removesuffix(".json") for e in entries if e.endswith(".json"))
        raise ValueError(f"there are no results {name!r}, only {', '.join(there)}.")
    return json.loads(file.read_text("utf-8"))
