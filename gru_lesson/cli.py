"""The command ``gru-lesson``: grade notebooks, release student editions."""

import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import gru_lesson


def main(arguments=None):
    """Run the command.

    Parameters
    ----------
    arguments : list of str, optional
        By default those of the command line.

    Returns
    -------
    int
        Exit status: 0 where all is well (for ``grade``: full points), else 1; 2 where
        the command cannot be carried out.
    """
    parser = build_parser()
    options = parser.parse_args(arguments)
    if not hasattr(options, "run"):
        parser.print_help()
        return 0
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a ✓ must not end the command on Windows
            stream.reconfigure(errors="replace")
    try:
        return options.run(options)
    except (OSError, ValueError, RuntimeError) as problem:
        print(f"gru-lesson: {problem}", file=sys.stderr)
        return 2


def build_parser():
    """Describe the command line.

    Returns
    -------
    argparse.ArgumentParser
        With a parser for each command.
    """
    parser = argparse.ArgumentParser("gru-lesson", description=__doc__)
    version = f"%(prog)s {gru_lesson.__version__}"
    parser.add_argument("--version", action="version", version=version)
    commands = parser.add_subparsers(title="commands")
    one = commands.add_parser(
        "grade",
        help="grade a notebook, or a folder of them, from a clean kernel",
        epilog="The exit status is 0 only for full points.",
    )
    one.set_defaults(run=run_grade)
    one.add_argument("path", type=Path, help="a notebook, or the folder of a class")
    one.add_argument("--json", action="store_true", help="as Gradescope's results.json")
    one.add_argument("--exercise", help="such as 02_update_gate, if it is not found")
    one.add_argument(
        "--seed",
        default=os.environ.get("GRU_LESSON_SEED"),
        help="a secret text that the inputs depend on (or set GRU_LESSON_SEED)",
    )
    one.add_argument("--cell-seconds", type=float, help="limit for a cell (12)")
    folder = one.add_argument_group("for a folder")
    folder.add_argument("--workers", type=int, help="how many at a time (processors)")
    folder.add_argument("--results", type=Path, help="JSON lines (grades.jsonl)")
    folder.add_argument("--shard", type=_shard, default=(1, 1), help="i/n: each n-th")
    folder.add_argument("--dask", metavar="ADDRESS", help="of a Dask scheduler")
    make = commands.add_parser(
        "release", help="write student editions from exercises/solutions"
    )
    make.set_defaults(run=run_release)
    make.add_argument("folder", type=Path, nargs="?", default=Path("exercises"))
    make.add_argument(
        "--no-run", action="store_true", help="keep the outputs that the masters have"
    )
    return parser


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

    workers = options.workers or os.cpu_count() or 1
    file = options.results or options.path / "grades.jsonl"
    with ExitStack() as stack:
        if options.dask:
            from distributed import Client

            client = stack.enter_context(Client(options.dask))
            executor = stack.enter_context(client.get_executor())
            workers = options.workers or sum(client.nthreads().values())
        else:
            executor = stack.enter_context(ThreadPoolExecutor(workers))
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


def _shard(text):
    part, _, parts = text.partition("/")
    try:
        return int(part), int(parts)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected i/n, got {text!r}") from None
