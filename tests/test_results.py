"""The committed results: readable, complete, and what the settings say."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from gru_lesson import results

sys.path.insert(0, str(Path(__file__).parent / "benchmark"))

import adding
import reach
import starts

ROOT = Path(__file__).parents[1]
NAMES = sorted(path.stem for path in ROOT.glob("gru_lesson/results/*.json"))


@pytest.fixture(scope="module")
def runs():
    return results.load("adding")["runs"]


@pytest.mark.parametrize("name", NAMES)
def test_each_file_says_how_it_was_made(name):
    found = results.load(name)
    script = found["command"].split()[1]
    assert (ROOT / script).exists()
    assert found["settings"] and found["runs"]
    assert {"cpu", "cores", "threads", "python", "numpy"} <= found["machine"].keys()
    assert (ROOT / f"gru_lesson/results/{name}.json").stat().st_size <= 60_000


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"no results 'add', only .*adding"):
        results.load("add")


def test_the_runs_of_adding_are_those_of_the_plan(runs):
    planned = [
        ("chrono" if isinstance(bias, tuple) else bias, cell, rate, T, seed)
        for cell, bias, rate, T, seed in adding.plan()
    ]
    keys = ("bias", "cell", "rate", "T", "seed")
    assert [tuple(run[key] for key in keys) for run in runs] == planned
    assert results.load("adding")["settings"] == adding.SETTINGS


def test_a_run_of_adding_is_solved_when_its_last_test_says_so(runs):
    for run in runs:
        tests = run["test_losses"]
        assert len(tests) == len(run["test_steps"])
        assert run["test_steps"][-1] == run["updates"] <= 1500
        assert run["solved"] == (tests[-1] < 0.005)
        assert not run["solved"] or min(tests[:-1]) >= 0.005
        assert run["solved"] or run["updates"] == 1500


def test_the_script_writes_what_it_promises(tmp_path, monkeypatch, capsys):
    def short_plan():
        yield "GRU", ("chrono", 4), 0.01, 4, 0

    file = tmp_path / "adding.json"
    monkeypatch.setattr(adding, "plan", short_plan)
    monkeypatch.setattr(adding, "FILE", file)
    monkeypatch.setattr(sys, "argv", ["adding.py"])
    adding.main()
    written = json.loads(file.read_text("utf-8"))
    committed = results.load("adding")
    assert written.keys() == committed.keys()
    assert written["machine"].keys() == committed["machine"].keys()
    assert written["runs"][0].keys() == committed["runs"][0].keys()
    assert capsys.readouterr().out.startswith("GRU chrono 0.01 4 0 True")


@pytest.mark.slow
def test_a_run_of_adding_can_be_repeated(runs):
    """The first test losses agree on any machine; later ones by their fate."""
    (stored,) = (
        run
        for run in runs
        if (run["bias"], run["T"], run["seed"]) == ("chrono", 100, 0)
    )
    again = adding.run("GRU", ("chrono", 100), 0.01, 100, 0)
    assert again["solved"] and abs(again["updates"] - stored["updates"]) <= 100
    pairs = again["test_losses"][:3], stored["test_losses"][:3]
    assert np.allclose(*pairs, atol=1e-3)


def test_the_runs_of_starts_are_those_of_the_plan():
    found = results.load("starts")
    planned = [(name, seed) for name, _, _ in starts.plan() for seed in range(10)]
    assert [(run["experiment"], run["seed"]) for run in found["runs"]] == planned
    assert found["settings"] == starts.SETTINGS | {"spoiled": starts.TROUBLE}


def test_starts_runs_the_functions_of_the_chapter():
    """One short run of each of two kinds comes out as it was stored."""
    names, runs = starts.chapter(), results.load("starts")["runs"]
    stored = {run["experiment"]: run for run in runs if run["seed"] == 0}
    again = starts.trouble(names, "the same, no clipping", 0)
    assert again["ended"] == stored["the same, no clipping"]["ended"] == "diverged"
    assert abs(again["updates"] - stored["the same, no clipping"]["updates"]) <= 10
    again = starts.sea(names, 3, 0)
    assert again["error"] == pytest.approx(stored["sea, 3 ahead"]["error"], rel=0.1)


def test_the_runs_of_reach_are_those_of_the_plan():
    planned = [(cell, seed) for cell in reach.CELLS for seed in range(reach.SEEDS)]
    runs = results.load("reach")["runs"]
    assert [(run["cell"], run["seed"]) for run in runs] == planned
    for run in runs:
        assert run["solved"] == (run["test_loss"] < 0.005)
        assert run["solved"] or run["updates"] == reach.UPDATES


def test_a_fresh_cell_still_has_the_reach_that_is_written_down(monkeypatch):
    monkeypatch.setattr(reach, "UPDATES", 1)
    for cell in reach.CELLS:
        (run,) = (
            r
            for r in results.load("reach")["runs"]
            if (r["cell"], r["seed"]) == (cell, 0)
        )
        before = reach.run(cell, 0)["before"]
        assert {str(k): pytest.approx(v, rel=0.02) for k, v in before.items()} == run[
            "before"
        ]
