"""Run many jobs on an executor; write each result down as soon as it is there.

Any ``concurrent.futures.Executor`` serves: threads, processes, or a Dask client's
``get_executor()``. Results are appended as JSON lines under the key of their job, so
that a run that was stopped goes on where it was.
"""

import json
from concurrent.futures import FIRST_COMPLETED, wait
from pathlib import Path


def finished(file):
    """Read what an earlier run has written down.

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
        for line in Path(file).read_bytes().split(b"\n"):
            try:
                record = json.loads(line)
                records[record["key"]] = record
            except (ValueError, TypeError, KeyError):
                continue
    return records


def run_all(jobs, work, executor, file, workers, lost):
    """Do what is not done yet.

    Parameters
    ----------
    jobs : iterable of (str, tuple)
        Key and arguments of each job. It is read as workers become free.
    work : callable
        Is given the arguments; returns a dict that JSON can hold. The executor must be
        able to send it: for processes, a function of a module.
    executor : concurrent.futures.Executor
        Runs the jobs.
    file : path
        Where the records are appended, each with its ``key``.
    workers : int
        How many jobs are under way at a time; as many again wait beside them.
    lost : callable
        Is given the exception and the arguments of a job that failed; returns a record
        to yield, which is not written down: another run tries the job again. Or it
        raises, and that ends the run.

    Yields
    ------
    dict
        A record for each job, as they come; those of an earlier run at once.
    """
    known, running = finished(file), {}
    with open(file, "a", encoding="utf-8") as out:
        if out.tell() and not Path(file).read_bytes().endswith(b"\n"):
            out.write("\n")  # after a line that was cut
        for key, arguments in jobs:
            if key in known:
                yield known[key]
                continue
            while len(running) >= 2 * workers:
                yield from _collect(running, out, lost)
            running[executor.submit(work, *arguments)] = key, arguments
        while running:
            yield from _collect(running, out, lost)


def _collect(running, out, lost):
    """Wait for a job to end; write down what ended, all of it, and then yield it."""
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    records, failures = [], []
    for future in done:
        key, arguments = running.pop(future)
        try:
            record = {"key": key} | future.result()
        except Exception as error:  # of the job, or a worker that died
            failures.append((error, arguments))
            continue
        out.write(json.dumps(record, ensure_ascii=False) + "\n")
        out.flush()
        records.append(record)
    yield from records
    for error, arguments in failures:
        yield lost(error, *arguments)
