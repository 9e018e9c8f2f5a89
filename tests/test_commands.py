"""The command ``gru-lesson study``: what it says and writes, and how it is stopped."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from gru_lesson import commands, cost, findings, ledger, setups, study
from gru_lesson.cli import main


@pytest.fixture
def tiny(monkeypatch):
    """Leave one task with one rate and runs of a single update."""
    counting = replace(setups.SETUPS["counting"], updates=20)
    monkeypatch.setattr(study, "RATES", (0.01,))  # that of the measured runs too
    monkeypatch.setitem(setups.SETUPS, "counting", counting)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def timeless(file):
    """Return the rows of a results file without the seconds."""
    found = study.records(json.loads(file.read_text("utf-8")))
    assert all(row.pop("seconds") >= 0 for row in found)
    return found


@pytest.fixture
def idle(monkeypatch):
    """Let no run begin; return what was asked to be run."""
    asked = []
    monkeypatch.setattr(cost, "_seconds", lambda trial, updates: (60, 0))
    monkeypatch.setattr(study, "conduct", lambda *given: asked.append(given) or [])
    return asked


QUICK = ["study", "--tasks", "counting", "--quick", "--workers", "2"]


# --- what it refuses ------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments, complaint",
    [
        (["--tasks", "adding", "addding"], "no task 'addding'; they are ['adding', "),
        (["--workers", "0"], "--workers must be at least 1, got 0."),
        (["--results", "a.jsonl"], "a.jsonl is where the runs are kept"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(arguments, complaint, folder, idle, capsys):
    assert main(["study", *arguments]) == 2
    said = capsys.readouterr()
    assert complaint in said.err and said.err.count("\n") == 1
    assert said.out == "" and names(folder) == [] and not idle


def test_without_dask_it_says_what_to_install(folder, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main([*QUICK, "--dask", "tcp://127.0.0.1:1"]) == 2
    assert "pip install distributed" in capsys.readouterr().err


# --- what it costs --------------------------------------------------------------------


def test_the_plan_is_told_and_nothing_is_written(folder, idle, capsys):
    assert main(["study", "--plan", "--workers", "2"]) == 0
    runs = len(study.plan())
    said = capsys.readouterr().out
    assert said == (
        f"{runs} runs. At most {runs // 2} min with 2 workers, if they are like this "
        "machine; less where runs end early.\n"
    )
    assert names(folder) == [] and not idle
    (folder / "study.jsonl").write_text("")
    assert main(["study", "--plan", "--quick", "--workers", "2"]) == 0
    small = len(study.plan(small=True))
    said = capsys.readouterr().out
    assert f"{small} runs. At most {small // 2} min" in said
    assert said.endswith("end early or are in study.jsonl already.\n")


def test_the_cost_of_a_short_study_is_not_nothing(tiny, folder, capsys):
    assert main([*QUICK, "--plan"]) == 0  # really timed: seconds
    assert "60 runs. At most 1 min with 2 workers" in capsys.readouterr().out


# --- what it writes -------------------------------------------------------------------


def test_a_small_study_from_end_to_end_and_once_more(tiny, folder, capsys):
    """In two processes of their own. The second time, all is there already."""
    assert main([*QUICK, "--results", "small.json"]) == 0
    assert names(folder) == ["small.json", "small.jsonl"]
    found = json.loads((folder / "small.json").read_text("utf-8"))
    arguments = "--tasks counting --quick --workers 2 --results small.json"
    assert found["command"] == f"gru-lesson study {arguments}"
    rows = study.records(found)
    planned = study.plan(["counting"], small=True)
    assert [study.Trial(**{n: r[n] for n in study.Trial._fields}) for r in rows] == (
        planned
    )
    said = capsys.readouterr().out
    assert "60 runs" in said and findings.table(rows).splitlines()[0] in said
    assert sum(line.startswith("counting ") for line in said.splitlines()) == 10
    assert "Written to small.json; runs are in small.jsonl." in said
    again = {n: v for n, v in study.run(planned[-1]).items() if n != "seconds"}
    stored = ledger.finished(folder / "small.jsonl")[repr(tuple(planned[-1]))]
    assert again == {n: stored[n] for n in again}  # here as in another process

    before = (folder / "small.jsonl").read_bytes()
    assert main([*QUICK, "--results", "small.json"]) == 0
    assert (folder / "small.jsonl").read_bytes() == before
    assert study.records(json.loads((folder / "small.json").read_text())) == rows


def test_a_task_that_is_named_twice_is_done_once(folder, idle):
    assert main(["study", "--tasks", "Reber", "counting", "Reber"]) == 0
    ((tasks, small, *_),) = idle
    assert tasks == ["Reber", "counting"] and not small


def test_a_name_of_two_words_stays_one_in_the_command(folder, idle):
    assert main(["study", "--tasks", "copy memory", "--quick"]) == 0
    found = json.loads((folder / "study.json").read_text("utf-8"))
    assert found["command"] == "gru-lesson study --tasks 'copy memory' --quick"
    ((tasks, small, *_),) = idle
    assert tasks == ["copy memory"] and small


@pytest.mark.slow
def test_a_cluster_of_two_workers_finds_the_same(tiny, folder, capsys, monkeypatch):
    distributed = pytest.importorskip("distributed")
    assert main([*QUICK, "--results", "here.json"]) == 0
    monkeypatch.setattr(commands, "_processes", None)  # no others than the cluster's
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        there = ["--dask", cluster.scheduler_address, "--results", "there.json"]
        assert main([*QUICK[:-2], *there]) == 0
        assert len(cluster.scheduler_info["workers"]) == 2
    assert "with 2 workers" in capsys.readouterr().out.split("there.json")[0]
    assert timeless(folder / "there.json") == timeless(folder / "here.json")
    assert len(timeless(folder / "there.json")) == 60


# --- how it is stopped ----------------------------------------------------------------


def test_stopped_by_the_keyboard_is_exit_status_130(folder, capsys, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(study, "planned_cost", stop)
    assert main([*QUICK, "--plan"]) == 130
    assert capsys.readouterr().err == "gru-lesson: stopped.\n"


def test_what_waits_when_a_run_fails_does_not_begin(tiny, folder, capsys, monkeypatch):
    """Of four jobs one fails; two may be under way when the executor is told to end."""
    begun, told = [], threading.Event()
    first = study.plan(["counting"], small=True)[0]

    class Pool(ThreadPoolExecutor):
        def shutdown(self, **options):
            super().shutdown(**options | {"wait": False})
            told.set()
            super().shutdown()

    def fail(trial):
        begun.append(trial)
        assert trial == first or told.wait(20)
        raise OSError("no space left")

    monkeypatch.setattr(study, "run", fail)
    monkeypatch.setattr(commands, "_processes", Pool)
    assert main(QUICK) == 2
    said = capsys.readouterr().err
    assert "OSError: no space left" in said and "the same command goes on" in said
    assert len(begun) in (2, 3)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="sends the signal of Ctrl-C")
def test_ctrl_c_in_a_terminal_ends_all_at_once(folder):
    """The signal goes to the command and to its workers, whose runs take a while.

    The short runs, of the Elman cell, are in the ledger: what is left takes 10 s a run.
    """
    short = [t for t in study.to_choose(["copy memory"]) if t.cell == "Elman"]
    kept = [{"key": repr(tuple(t))} | t._asdict() for t in short]
    file = folder / "study.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in kept))
    # a job in the background begins with the signal switched off; a terminal does not
    as_in_a_terminal = "import os, signal, sys; from sys import executable as python;"
    as_in_a_terminal += "signal.signal(signal.SIGINT, signal.SIG_DFL);"
    as_in_a_terminal += "os.execv(python, [python, *sys.argv[1:]])"
    command = [sys.executable, "-c", as_in_a_terminal, "-m", "gru_lesson", "study"]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    options |= {"cwd": folder, "start_new_session": True}
    command += ["--workers", "2", "--tasks", "copy memory"]
    started = subprocess.Popen(command, **options)
    assert "At most" in started.stdout.readline()
    time.sleep(3)
    began = time.monotonic()
    os.killpg(started.pid, signal.SIGINT)
    _, said = started.communicate(timeout=100)
    assert time.monotonic() - began < 6
    assert started.returncode == 130
    assert said.endswith("gru-lesson: stopped.\n") and "Traceback" not in said
    assert names(folder) == ["study.jsonl"]
    assert list(ledger.finished(file).values()) == kept  # and no half of a run
