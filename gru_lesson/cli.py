"""The command ``gru-lesson``: grade notebooks, release them, run the study."""

import argparse
import os
import shlex
import sys
from pathlib import Path

import gru_lesson
from gru_lesson.commands import run_grade, run_release, run_study


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
        the command cannot be carried out; 130 where it was stopped by Ctrl-C.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    parser = build_parser()
    options = parser.parse_args(arguments)
    options.command = shlex.join(["gru-lesson", *arguments])
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
    except KeyboardInterrupt:
        print("gru-lesson: stopped.", file=sys.stderr)
        return 130


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
    _add_workers(folder)
    folder.add_argument("--results", type=Path, help="JSON lines (grades.jsonl)")
    folder.add_argument("--shard", type=_shard, default=(1, 1), help="i/n: each n-th")
    make = commands.add_parser(
        "release", help="write student editions from exercises/solutions"
    )
    make.set_defaults(run=run_release)
    make.add_argument("folder", type=Path, nargs="?", default=Path("exercises"))
    make.add_argument(
        "--no-run", action="store_true", help="keep the outputs that the masters have"
    )
    many = commands.add_parser(
        "study",
        help="train GRU, LSTM and Elman cells on five tasks: chapter 10",
        epilog="It says what it costs before it starts. Stopped, it loses nothing that "
        "finished: the same command goes on from there.",
    )
    many.set_defaults(run=run_study)
    _add_workers(many)
    many.add_argument("--plan", action="store_true", help="say the cost and stop")
    many.add_argument("--quick", action="store_true", help="a small one: two starts")
    many.add_argument("--tasks", nargs="+", metavar="TASK", help="only these")
    many.add_argument(
        "--results",
        type=Path,
        default=Path("study.json"),
        help="what is written at the end; runs are kept beside it, as .jsonl",
    )
    return parser


def _add_workers(parser):
    parser.add_argument("--workers", type=int, help="how many at a time (processors)")
    parser.add_argument("--dask", metavar="ADDRESS", help="of a Dask scheduler")


def _shard(text):
    part, _, parts = text.partition("/")
    try:
        return int(part), int(parts)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected i/n, got {text!r}") from None
