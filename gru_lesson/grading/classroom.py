"""Grade a folder of submissions, several at a time, on one host or on many.

Any ``concurrent.futures.Executor`` serves: threads here, since each grade is a process
of its own, or a Dask client's ``get_executor()``. Results are appended as JSON lines
under a hash of file and seed, so that a run that was stopped goes on where it was.
"""

import json
from concurrent.futures import FIRST_COMPLETED, wait
from pathlib import Path

from gru_lesson.grading.clean_kernel import CannotGrade
from gru_lesson.grading.grade import grade, key_of


def submissions(folder, shard=(1, 1)):
    """List the notebooks of a folder and of the folders in it.

    Parameters
    ----------
    folder : path
        Of the class.
    shard : tuple of int
        (i, n) takes each n-th notebook from the i-th on: one job of a batch queue.

    Returns
    -------
    list of path
        Sorted; without what editors hide.

    Raises
    ------
    ValueError
        If `shard` is not 1 ≤ i ≤ n.
    """
    part, parts = shard
    if not 1 <= part <= parts:
        raise ValueError(f"shard must be i/n with 1 ≤ i ≤ n, got {part}/{parts}.")
    found = sorted(
        path
        for path in Path(folder).rglob("*.ipynb")
        if not any(name[0] == "." for name in path.relative_to(folder).parts)
    )
    return found[part - 1 :: parts]


def finished(file):
    """Read the results of an earlier run.

    Parameters
    ----------
    file : path
        JSON lines; a last line that was cut is left out.

    Returns
    -------
    dict
        From key to record.
    """
    records = {}
    if Path(file).exists():
        for line in Path(file).read_text("utf-8").splitlines():
            try:
                record = json.loads(line)
                records[record["key"]] = record
            except (ValueError, TypeError, KeyError):
                continue
    return records


def grade_one(name, data, seed, exercise, limits):
    """Grade one submission and return its record; this is what a worker runs.

    Parameters
    ----------
    name : str
        Of the file, relative to the class's folder.
    data : bytes
        The file.
    seed, exercise : str
        As in `grade`.
    limits : dict
        As in `grade`.

    Returns
    -------
    dict
        From `Grade.record`.
    """
    return grade(data, name, seed=seed, exercise=exercise, **limits).record()


def grade_class(folder, file, executor, *, seed, workers, shard=(1, 1), **options):
    """Grade what is not graded yet.

    Parameters
    ----------
    folder : path
        Of the class.
    file : path
        Where the results are appended.
    executor : concurrent.futures.Executor
        Runs the grading.
    seed : str
        Of the inputs.
    workers : int
        How many submissions are under way at a time.
    shard : tuple of int
        As in `submissions`.
    **options : object
        ``exercise`` and limits, as in `grade`.

    Yields
    ------
    dict
        A record for each submission; first those of an earlier run.

    Raises
    ------
    CannotGrade
        If nbval is not installed where the work is done.
    """
    exercise = options.pop("exercise", None)
    known = finished(file)
    waiting = []
    for path in submissions(folder, shard):
        name = path.relative_to(folder).as_posix()
        record = known.get(key_of(path.read_bytes(), name, seed, exercise))
        if record:
            yield record
        else:
            waiting.append((path, name))
    running = {}
    with open(file, "a", encoding="utf-8") as out:
        if out.tell() and known is not None and not _ends_well(file):
            out.write("\n")
        while waiting or running:
            while waiting and len(running) < 2 * workers:
                path, name = waiting.pop(0)
                task = (name, path.read_bytes(), seed, exercise, options)
                running[executor.submit(grade_one, *task)] = task
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                record = _record(future, *running.pop(future))
                if "lost" not in record:  # another run tries it again
                    out.write(json.dumps(record, ensure_ascii=False) + "\n")
                    out.flush()
                yield record


def _ends_well(file):
    return Path(file).read_bytes().endswith(b"\n")


def _record(future, name, data, seed, exercise, options):
    """Return the record of a finished task, or one that says why there is none."""
    try:
        return future.result()
    except CannotGrade:
        raise
    except Exception as error:  # a worker that died
        text = f"not graded: {type(error).__name__}: {error}"
        key = key_of(data, name, seed, exercise)
        empty = {"exercise": exercise or "", "results": [], "points": 0, "of": 0}
        return empty | {"name": name, "problem": text, "key": key, "lost": True}
