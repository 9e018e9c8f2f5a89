"""The committed results: readable, complete, and what the settings say."""

import importlib
import json
import os
import platform
import shlex
import sys
from pathlib import Path

import numpy as np
import pytest

from gru_lesson import findings, results, study
from gru_lesson.cli import build_parser
from gru_lesson.commands import run_study

sys.path.insert(0, str(Path(__file__).parent / "benchmark"))

import adding
import engine
import footprint
import frameworks
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
    program, *arguments = shlex.split(found["command"])
    if program == "gru-lesson":
        assert build_parser().parse_args(arguments).run is run_study
    else:
        assert program == "python" and (ROOT / arguments[0]).exists()
    assert found["settings"] and found["runs"]
    assert {"cpu", "cores", "threads", "python", "numpy"} <= found["machine"].keys()
    limit = 120_000 if name == "study" else 60_000  # a line for each of 1600 runs
    assert (ROOT / f"gru_lesson/results/{name}.json").stat().st_size <= limit


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"no results 'add', only .*adding"):
        results.load("add")


def test_the_machine_is_described(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    found = results.machine("pytest", "no such distribution")
    assert found["cpu"].endswith(f"{platform.machine()}, {platform.system()}")
    assert found["threads"] == 2 and found["cores"] >= 1
    assert found["python"] == ".".join(map(str, sys.version_info[:3]))
    assert found["numpy"] == np.__version__ and found["blas"]
    assert found["pytest"] == pytest.__version__
    assert found["no such distribution"] is None
    assert json.loads(json.dumps(found)) == found
    monkeypatch.delenv("OMP_NUM_THREADS")
    assert results.machine()["threads"] is None


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


# --- frameworks -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def found():
    return results.load("frameworks")


@pytest.fixture
def libraries():
    """Skip where torch or JAX is missing; in CI that is an error."""
    for name in ("torch", "jax"):
        load = importlib.import_module if "CI" in os.environ else pytest.importorskip
        load(name)


def test_the_runs_of_frameworks_are_those_of_the_plan(found):
    passes = enumerate(frameworks.SETTINGS["passes"], 1)
    sizes = [list(size) for size in engine.SIZES]
    planned = [(number, memory, s) for number, memory in passes for s in sizes]
    keys = ("pass", "memory", "sizes")
    assert [tuple(run[key] for key in keys) for run in found["runs"]] == planned
    assert found["settings"] == frameworks.SETTINGS
    assert [row["sizes"] for row in found["memory"]] == sizes
    on_and_off = (footprint.ON, footprint.OFF)
    planned = [(program, cell) for program in on_and_off for cell in footprint.CELLS]
    assert [(row["program"], row["cell"]) for row in found["operators"]] == planned
    file = ROOT / "gru_lesson/results/frameworks.json"
    assert file.stat().st_size <= 20_000


def test_the_ratios_of_frameworks_fit_its_times(found):
    """If they do not, the machine was busy with something else: measure again."""
    for run in found["runs"]:
        assert run["milliseconds"].keys() == frameworks.PROGRAMS.keys()
        assert run["ratio_quartiles"].keys() == frameworks.PROGRAMS.keys()
        for program, took in run["milliseconds"].items():
            assert took.keys() == frameworks.PROGRAMS[program].keys()
            low, middle, high = run["ratio_quartiles"][program]
            assert low <= middle <= high
            assert took["GRU"] / took["LSTM"] == pytest.approx(middle, rel=0.1)


def test_a_ratio_is_taken_within_its_round(monkeypatch):
    taken = {("ours", "GRU"): [2, 3, 40], ("ours", "LSTM"): [1, 30, 20]}
    faults = {("ours", "GRU"): [0, 0, 9], ("ours", "LSTM"): [7, 7, 0]}
    monkeypatch.setattr(frameworks, "rounds_of", lambda *_: (taken, faults))
    row = frameworks.timed((1, 1, 1, 1), 3, ["ours"])
    assert row["ratio_quartiles"] == {"ours": [1.05, 2, 2]}  # of 2, 0.1 and 2
    assert row["milliseconds"] == {"ours": {"GRU": 3000, "LSTM": 20_000}}
    assert row["page_faults"] == {"ours": {"GRU": 0, "LSTM": 7}}


def test_frameworks_measures_what_its_file_holds(found):
    row, run = frameworks.timed((2, 1, 1, 2), 2, ["ours"]), found["runs"][0]
    assert row.keys() == run.keys() - {"pass", "memory"}
    assert row["milliseconds"]["ours"].keys() == run["milliseconds"]["ours"].keys()
    assert min(row["milliseconds"]["ours"].values()) > 0


def test_a_pass_runs_apart_with_its_own_settings():
    before = dict(os.environ)
    name, value = next(iter(frameworks.SETTINGS["kept"].items()))
    asked = frameworks.apart(os.getenv, name, **frameworks.SETTINGS["kept"])
    assert asked == value
    assert dict(os.environ) == before
    assert frameworks.apart(os.getpid) != os.getpid()


@pytest.mark.parametrize("cell", footprint.CELLS)
def test_a_layer_allocates_what_is_written_down(found, cell):
    row = found["memory"][0]
    (T, N, _, H), stored = row["sizes"], row["bytes"]
    peak, kept = footprint.allocated(row["sizes"], cell)
    assert peak == pytest.approx(stored["ours, peak"][cell], rel=0.03)
    assert kept == pytest.approx(stored["ours, kept"][cell], rel=0.03)
    arrays = row["arrays"]["ours, kept"][cell]
    assert kept / (4 * T * N * H) == pytest.approx(arrays, rel=0.03)


@pytest.mark.slow
@pytest.mark.usefixtures("libraries")
@pytest.mark.parametrize("program", [footprint.ON, footprint.OFF])
@pytest.mark.parametrize("cell", footprint.CELLS)
def test_pytorch_calls_and_saves_what_is_written_down(found, program, cell):
    (stored,) = (
        row
        for row in found["operators"]
        if (row["program"], row["cell"]) == (program, cell)
    )
    again = footprint.operators(frameworks.SETTINGS["counted"], program, cell)
    for what in ("profiler", "dispatched", "summed"):
        assert again[what] == pytest.approx(stored[what], rel=0.02)
    assert again.get("names") == stored.get("names")
    fused = "aten::mkldnn_rnn_layer" in again.get("names", {})
    assert fused == ((program, cell) == (footprint.ON, "LSTM"))
    row = found["memory"][0]
    size = footprint.saved(row["sizes"], program, cell)
    assert size == pytest.approx(row["bytes"][program][cell], rel=0.02)


@pytest.mark.slow
@pytest.mark.usefixtures("libraries")
@pytest.mark.parametrize("program", [footprint.ON, footprint.OFF])
@pytest.mark.parametrize("cell", footprint.CELLS)
def test_what_is_saved_is_what_the_profiler_sees_allocated(program, cell):
    """All of it: also the workspace of the fused kernel."""
    torch = importlib.import_module("torch")
    from torch.profiler import ProfilerActivity, profile

    T, N, D, H = sizes = (50, 8, 4, 32)
    model, xs = getattr(torch.nn, cell)(D, H), torch.randn(T, N, D, requires_grad=True)
    watch = profile(activities=[ProfilerActivity.CPU], profile_memory=True)
    with footprint.setting(program), watch as seen:
        hs, _ = model(xs)
    held = sum(event.self_cpu_memory_usage for event in seen.key_averages())
    fused = (program, cell) == (footprint.ON, "LSTM")  # it saves hs too
    outputs = 0 if fused else hs.numel() * hs.element_size()
    saved = footprint.saved(sizes, program, cell)
    assert saved + outputs == pytest.approx(held, rel=0.03)


@pytest.mark.slow
@pytest.mark.usefixtures("libraries")
@pytest.mark.parametrize(
    ("program", "cell"), [("JAX", "LSTM"), ("PyTorch", "RNN"), (footprint.OFF, "LSTM")]
)
def test_a_program_computes_what_our_layer_does(program, cell):
    xs, dhs, layers = footprint.problem((5, 3, 2, 4))
    rng = np.random.default_rng(0)
    for array in layers[cell].params.values():
        array[...] = rng.normal(size=array.shape)
    ours = engine.ours(layers[cell], xs, dhs)()
    step = frameworks.PROGRAMS[program][cell](layers[cell], xs, dhs)
    with footprint.setting(program):
        theirs = step() if program == "JAX" else step(convert=True)
    for our, their in zip(ours[:2], theirs[:2], strict=True):
        assert np.allclose(our, their, atol=1e-5)
    assert ours[2].keys() == theirs[2].keys()
    for name in ours[2]:
        assert np.allclose(ours[2][name], theirs[2][name], atol=1e-5)


# --- study ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rows():
    if "study" not in NAMES:
        pytest.skip("the study has not been made yet")
    return study.records(results.load("study"))


def test_the_runs_of_the_study_are_those_of_the_plan(rows):
    """Each was made at the rate that the choosing runs of the file lead to."""
    planned = study.to_choose() + study.to_measure(study.choose(rows))
    planned = [(trial.phase, *trial[:-1]) for trial in planned + study.to_check()]
    keys = ("phase", *study.Trial._fields[:-1])
    assert sorted(tuple(row[key] for key in keys) for row in rows) == sorted(planned)
    settings = results.load("study")["settings"]
    assert settings == json.loads(json.dumps(findings.settings()))


def test_a_run_of_the_study_ends_solved_or_at_its_cap(rows):
    for row in rows:
        cap = study.SETUPS[row["task"]].updates
        assert row["solved"] or row["updates"] == cap
        sea = row["task"] == "sea temperature"
        assert row["updates"] <= cap and row["updates"] % (25 if sea else 50) == 0
        if row["task"] in ("Reber", "copy memory"):
            assert row["solved"] == (row["score"] >= 0.99)
        elif row["task"] == "adding":
            assert row["solved"] == (row["score"] < 0.005)
        assert (row["longest"] is not None) == (row["task"] == "counting")


@pytest.mark.parametrize("task", ["Reber", "sea temperature"])
def test_a_run_of_the_study_can_be_repeated(task, rows):
    """Its updates on any machine to the next tests, its error to a few percent."""
    wanted = {"phase": "measure", "task": task, "cell": "GRU", "bias": "1", "seed": 0}
    stored = next(row for row in rows if wanted.items() <= row.items())
    names, cap = study.Trial._fields[:-1], study.SETUPS[task].updates
    again = study.run(study.Trial(*(stored[name] for name in names), cap))
    assert again["parameters"] == stored["parameters"]
    assert again["solved"] == stored["solved"]
    assert abs(again["updates"] - stored["updates"]) <= 100
    assert again["score"] == pytest.approx(stored["score"], rel=0.05)
