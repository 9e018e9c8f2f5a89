"""What each command of ``gru-lesson`` does; ``cli`` describes them."""

import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from math import ceil
from multiprocessing import get_context
from signal import SIG_DFL, SIGINT, signal
from threading import RLock


@contextmanager
def _executor(options, local):
    """Give an executor, on a Dask cluster or made by `local`, and its workers."""
    if options.workers is not None and options.workers < 1:
        raise ValueError(f"--workers must be at least 1, got {options.workers}.")
    if options.dask:
        try:
            from distributed import Client
        except ImportError:
            raise RuntimeError("--dask needs: pip install distributed") from None
        with Client(options.dask) as client, client.get_executor() as executor:
            yield executor, options.workers or sum(client.nthreads().values())
    else:
        workers = options.workers or os.cpu_count() or 1
        with local(workers) as executor:
            try:
                yield executor, workers
            except BaseException:  # Ctrl-C too: what waits shall not begin
                executor.shutdown(wait=False, cancel_futures=True)
                raise


def _processes(workers):
    return ProcessPoolExecutor(workers, get_context("spawn"), _begin_process)


def _begin_process():
    """Let Ctrl-C end a worker at once; tqdm must not leave a semaphore behind."""
    from tqdm import tqdm

    tqdm.set_lock(RLock())
    signal(SIGINT, SIG_DFL)


def run_grade(options):
    """Grade a notebook or a folder.

    Parameters
    ----------
    options : argparse.Namespace
        Of the command ``grade``.

    Returns
    -------
    int
        Exit status.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    """
    from gru_lesson.grading.clean_kernel import ready

    ready()
    from gru_lesson.grading import report
    from gru_lesson.grading.grade import grade
    from gru_lesson.grading.question import PUBLIC_SEED

    chosen = {"seed": options.seed or PUBLIC_SEED, "exercise": options.exercise}
    if options.cell_seconds:
        chosen["cell_seconds"] = options.cell_seconds
    if not options.path.exists():
        raise FileNotFoundError(f"There is no {options.path}.")
    if options.path.is_dir():
        return _grade_folder(options, chosen)
    result = grade(options.path.read_bytes(), options.path.name, **chosen)
    print(report.gradescope(result) if options.json else report.table(result))
    return 0 if result.full else 1


def _grade_folder(options, chosen):
    """Grade a class; print a line for each notebook and the summary."""
    from gru_lesson.grading.classroom import grade_class
    from gru_lesson.grading.report import summary

    file = options.results or options.path / "grades.jsonl"
    with _executor(options, ThreadPoolExecutor) as (executor, workers):
        records = []
        for record in grade_class(
            options.path, file, executor, workers=workers, shard=options.shard, **chosen
        ):
            records.append(record)
            score = f"{record['points']} of {record['of']}"
            print(
                f"{record['name']}  {score}  {record['problem']}".rstrip(), flush=True
            )
    print(f"\nResults in {file}\n{summary(records)}")
    return 0 if records and all(0 < r["of"] == r["points"] for r in records) else 1


def run_study(options):
    """Run the study of chapter 10, or what is left of it.

    Parameters
    ----------
    options : argparse.Namespace
        Of the command ``study``.

    Returns
    -------
    int
        Exit status.

    Raises
    ------
    ValueError
        If there is no such task, or `results` would overwrite the finished runs.
    """
    # workers inherit it: as many processes as processors, one thread each
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
    from tqdm import tqdm

    from gru_lesson import study

    names = list(dict.fromkeys(options.tasks or study.SETUPS))
    if unknown := set(names) - set(study.SETUPS):
        raise ValueError(f"no task {min(unknown)!r}; they are {list(study.SETUPS)}.")
    rows, file = [], options.results.with_suffix(".jsonl")
    if file == options.results:
        raise ValueError(f"{file} is where the runs are kept: name the results .json.")
    sooner = "end early" + (f" or are in {file} already" if file.exists() else "")
    small, planned = options.quick, study.plan(names, options.quick)
    with _executor(options, _processes) as (executor, workers):
        minutes = ceil(study.planned_cost(planned) / 60 / workers)
        print(
            f"{len(planned)} runs. At most {minutes} min with {workers} workers, "
            f"if they are like this machine; less where runs {sooner}.",
            flush=True,
        )
        if options.plan:
            return 0
        with tqdm(total=len(planned), unit="run") as bar:
            for row in study.conduct(names, small, executor, file, workers):
                rows.append(row)
                bar.update()
    study.save(rows, options.results, options.command)
    print(f"{study.table(rows)}\n\nWritten to {options.results}; runs are in {file}.")
    return 0


def run_release(options):
    """Write the student editions.

    Parameters
    ----------
    options : argparse.Namespace
        Of the command ``release``.

    Returns
    -------
    int
        Exit status.
    """
    from gru_lesson.grading.release import release

    changed = release(options.folder, execute=not options.no_run)
    print(*(f"wrote {path}" for path in changed), sep="\n" if changed else "")
    print(f"{len(changed)} files changed.")
    return 0
