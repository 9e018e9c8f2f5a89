"""Grade a folder of submissions, several at a time, on one host or on many.

Threads serve as workers, since each grade is a process of its own; so does a Dask
client's ``get_executor()``. The ledger knows a result by a hash of file and seed.
"""

from pathlib import Path

from gru_lesson.grading.clean_kernel import CannotGrade
from gru_lesson.grading.grade import grade, key_of
from gru_lesson.ledger import run_all


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
        A record for each submission; those of an earlier run at once.

    Raises
    ------
    CannotGrade
        If nbval is not installed where the work is done.
    """
    exercise = options.pop("exercise", None)

    def jobs():
        for path in submissions(folder, shard):
            name, data = path.relative_to(folder).as_posix(), path.read_bytes()
            key = key_of(data, name, seed, exercise)
            yield key, (name, data, seed, exercise, options)

    yield from run_all(jobs(), grade_one, executor, file, workers, _lost)


def _lost(error, name, data, seed, exercise, options):
    """Return a record that says why there is none."""
    if isinstance(error, CannotGrade):
        raise error
    text = f"not graded: {type(error).__name__}: {error}"
    key = key_of(data, name, seed, exercise)
    empty = {"exercise": exercise or "", "results": [], "points": 0, "of": 0}
    return empty | {"name": name, "problem": text, "key": key}
