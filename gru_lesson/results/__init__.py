"""Results of runs that are too long for a page: settings, machine, numbers.

Each file was written by the command that it names.
"""

import json
import os
import platform
import re
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

import numpy as np


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


def machine(*distributions):
    """Say on what a run takes place: processor, threads, versions.

    Parameters
    ----------
    *distributions : str
        What else took part, by the names under which it is installed: "torch", "jax".

    Returns
    -------
    dict
        ``cpu``, with the system; ``cores``, all there are; ``threads``, how many
        OMP_NUM_THREADS allows, None where it says nothing; ``python``, ``numpy``,
        ``blas``; and the version of each of `distributions`, None if it is missing.
    """
    threads = os.environ.get("OMP_NUM_THREADS", "")
    blas = np.show_config(mode="dicts")["Build Dependencies"].get("blas", {})
    return {
        "cpu": f"{_processor()}, {platform.machine()}, {platform.system()}",
        "cores": os.cpu_count(),
        "threads": int(threads) if threads.isdecimal() else None,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "blas": " ".join(blas[key] for key in ("name", "version") if key in blas),
        **{name: _version(name) for name in distributions},
    }


def _processor():
    try:
        return re.search("model name\t: (.*)", Path("/proc/cpuinfo").read_text())[1]
    except (OSError, TypeError):  # not Linux; no such line
        return platform.processor() or "unknown processor"


def _version(distribution):
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None
