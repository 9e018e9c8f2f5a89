"""The study: a fair grid, rates chosen as promised, a cost that holds, resuming."""

import json
from collections import Counter
from concurrent.futures import Executor, Future
from itertools import product

import pytest

from gru_lesson import cost, ledger, study
from gru_lesson.setups import ABOVE, RATES, SETUPS, VARIANTS
from gru_lesson.study import Trial

CHOOSING = study.to_choose()
MEASURED = study.to_measure({(task, *v): 0.01 for task in SETUPS for v in VARIANTS})
CHECKED = study.to_check()


# --- the plan -------------------------------------------------------------------------


def test_ten_variants_and_five_tasks_at_one_or_two_lengths():
    biases = {cell: {b for c, b in VARIANTS if c == cell} for cell, _ in VARIANTS}
    gated = {"0", "1", "chrono"}
    assert biases.pop("Elman") == {"-"} and len(VARIANTS) == 10
    assert biases == {"GRU": gated, "LSTM": gated, "narrow LSTM": gated}
    assert len(SETUPS) == 5
    for setup in SETUPS.values():
        assert len(setup.starts) <= 2 and min(setup.starts.values()) >= 5
        assert min(setup.starts) == next(iter(setup.starts))


def test_each_variant_is_measured_from_the_same_starts():
    assert len(set(MEASURED)) == len(MEASURED)
    starts = Counter((t.task, t.length, t.cell, t.bias) for t in MEASURED)
    assert starts == {
        (task, length, *variant): runs
        for (task, setup), variant in product(SETUPS.items(), VARIANTS)
        for length, runs in setup.starts.items()
    }
    for trial in MEASURED:
        assert 0 <= trial.seed < SETUPS[trial.task].starts[trial.length]


def test_each_variant_is_measured_at_its_own_rate():
    rates = {(task, *variant): 0.01 for task in SETUPS for variant in VARIANTS}
    rates["Reber", "LSTM", "1"] = 0.5
    for trial in study.to_measure(rates):
        odd = (trial.task, trial.cell, trial.bias) == ("Reber", "LSTM", "1")
        assert trial.rate == (0.5 if odd else 0.01)


def test_each_variant_chooses_from_the_same_rates_and_starts():
    tried = Counter((t.task, t.length, t.cell, t.bias, t.rate) for t in CHOOSING)
    assert tried == {
        (task, min(setup.starts), *variant, rate): 2
        for (task, setup), variant, rate in product(SETUPS.items(), VARIANTS, RATES)
    }
    assert len(set(CHOOSING)) == len(CHOOSING)


def test_what_is_checked_are_measured_runs_at_a_rate_that_was_not_offered():
    assert max(RATES) < ABOVE and {trial.rate for trial in CHECKED} == {ABOVE}
    shortest = [t for t in MEASURED if t.length == min(SETUPS[t.task].starts)]
    assert [trial._replace(rate=ABOVE) for trial in shortest] == CHECKED


def test_a_task_has_one_cap_and_no_start_chooses_and_is_measured():
    caps = {(t.task, t.updates) for t in CHOOSING + MEASURED + CHECKED}
    assert caps == {(task, setup.updates) for task, setup in SETUPS.items()}
    assert not {t.seed for t in CHOOSING} & {t.seed for t in MEASURED}
    assert {t.phase for t in CHOOSING} == {"choose"}
    assert {t.phase for t in MEASURED} == {"measure"}
    assert {t.phase for t in CHECKED} == {"check"}


def test_the_plan_is_all_three_parts_and_may_be_of_some_tasks():
    known = [t._replace(rate=0.01) if t.phase == "measure" else t for t in study.plan()]
    assert known == CHOOSING + MEASURED + CHECKED
    part = study.plan(["Reber", "counting"])
    assert sorted(part) == sorted(
        t for t in study.plan() if t.task in ("Reber", "counting")
    )


def test_a_quick_study_has_two_starts_and_a_twentieth_of_the_updates():
    small = study.plan(small=True)
    found = Counter((t.task, t.length, t.cell, t.bias, t.phase, t.rate) for t in small)
    assert set(found.values()) == {2}
    kinds = len(SETUPS) * len(VARIANTS)
    assert len(found) == kinds * len(RATES) + 2 * kinds
    assert {t.length for t in small} == {min(s.starts) for s in SETUPS.values()}
    assert {(t.task, 20 * t.updates) for t in small} == {
        (task, setup.updates) for task, setup in SETUPS.items()
    }


# --- which rate -----------------------------------------------------------------------


def rows(rate, *runs, cell="GRU", phase="choose"):
    """Make rows of (solved, updates, loss)."""
    shared = {"task": "adding", "cell": cell, "bias": "0", "rate": rate, "phase": phase}
    names = "solved", "updates", "loss"
    return [shared | dict(zip(names, run, strict=True)) for run in runs]


SLOW, FAST, CAP = (True, 900, 0.004), (True, 100, 0.004), (False, 2000, 0.1)
WORSE, DIVERGED = (False, 2000, 0.2), (False, 2000, None)


@pytest.mark.parametrize(
    "better, worse",
    [
        ([SLOW, SLOW], [FAST, CAP]),  # more are solved
        ([FAST, CAP], [CAP, CAP]),
        ([FAST, SLOW], [SLOW, SLOW]),  # as many, in fewer updates
        ([FAST, CAP], [SLOW, CAP]),
        ([FAST, FAST, (True, 1900, 0.004)], [(True, 300, 0.004)] * 3),  # the median
        ([CAP, CAP], [CAP, WORSE]),  # as fast, at a lower loss
        ([CAP, WORSE], [CAP, DIVERGED]),
        ([(True, 100, 0.001), FAST], [FAST, FAST]),
    ],
)
def test_most_solved_then_fewest_updates_then_lowest_loss(better, worse):
    for rate, other in product((0.01, 0.03), repeat=2):
        if rate != other:
            both = [*rows(rate, *better), *rows(other, *worse)]
            assert study.choose(both) == {("adding", "GRU", "0"): rate}
            assert study.choose(both[::-1]) == {("adding", "GRU", "0"): rate}


@pytest.mark.parametrize("runs", [[FAST, CAP], [CAP, DIVERGED], [DIVERGED, DIVERGED]])
def test_a_tie_goes_to_the_lower_rate_whatever_came_first(runs):
    made = [row for rate in (0.03, 0.003, 0.01) for row in rows(rate, *runs)]
    assert study.choose(made) == {("adding", "GRU", "0"): 0.003}


def test_each_variant_has_a_rate_of_its_own_and_measured_runs_have_no_say():
    found = study.choose(
        rows(0.01, FAST, FAST)
        + rows(0.03, SLOW, SLOW)
        + rows(0.01, SLOW, SLOW, cell="LSTM")
        + rows(0.03, FAST, FAST, cell="LSTM")
        + rows(0.003, FAST, FAST, FAST, phase="measure")
    )
    assert found == {("adding", "GRU", "0"): 0.01, ("adding", "LSTM", "0"): 0.03}


# --- what it costs --------------------------------------------------------------------


def test_the_cost_adds_up_and_times_each_kind_once(monkeypatch):
    timed = []

    def seconds(trial, updates):
        timed.append((trial.task, trial.length, trial.cell))
        return 2.0, 0.25

    monkeypatch.setattr(cost, "_seconds", seconds)
    trials = study.plan(["adding", "Reber"])
    expected = sum(2 + trial.updates / 4 for trial in trials)
    assert study.planned_cost(trials) == pytest.approx(expected)
    assert len(timed) == len(set(timed)) == 3 * 4  # lengths and cells


def test_the_cost_is_measured_and_grows_with_the_updates():
    trial = Trial("counting", 10, "GRU", "0", 0.01, 0, 1000)
    one, ten = (study.planned_cost([trial] * n) for n in (1, 10))
    assert one > 0 and ten == pytest.approx(10 * one, rel=0.7)
    long = study.planned_cost([trial._replace(updates=100_000)])
    assert long == pytest.approx(100 * one, rel=0.7)


def test_a_real_study_costs_what_was_said(measured):
    """No run ends before its cap. The machine may be busy: within a factor of 3."""
    names = "Reber", "counting", "sea temperature"
    trials = [t._replace(updates=75) for t in study.plan(names) if t.seed == 0]
    trials = [t for t in trials if t.bias in ("-", "1") and t.phase == "check"]
    said = study.planned_cost(trials)
    took = sum(study.run(trial)["seconds"] for trial in trials)
    measured("a study's cost, said and real", f"{said:.2f} and {took:.2f} s")
    assert said / 3 < took < 3 * said


# --- conducting it --------------------------------------------------------------------


class AtOnce(Executor):
    """Run each job when it is submitted; at the n-th someone may press Ctrl-C."""

    def __init__(self, stop=None):
        self.done, self.stop = [], stop

    def submit(self, work, trial):
        if len(self.done) == self.stop:
            raise KeyboardInterrupt
        self.done.append(trial)
        future = Future()
        try:
            future.set_result(work(trial))
        except Exception as error:
            future.set_exception(error)
        return future


def made_up(trial):
    """Return a row; GRUs learn at 0.01 alone, LSTMs at 0.03 alone, Elman nets never."""
    best = {"GRU": 0.01, "Elman": None}.get(trial.cell, 0.03)
    solved = trial.rate == best
    outcome = {"solved": solved, "loss": 0.5, "phase": trial.phase}
    return trial._asdict() | outcome | {"updates": 100 if solved else trial.updates}


@pytest.fixture
def conduct(monkeypatch, tmp_path):
    monkeypatch.setattr(study, "run", made_up)

    def conducting(executor, names=("Reber", "adding"), small=False, file="a.jsonl"):
        file = tmp_path / file
        return list(study.conduct(names, small, executor, file, workers=1))

    return conducting


def test_rates_are_chosen_first_and_then_used(conduct):
    executor, names = AtOnce(), ["Reber", "adding"]
    rows = conduct(executor)
    first, last = study.to_choose(names), study.to_check(names)
    measured = executor.done[len(first) : -len(last)]
    assert executor.done == first + measured + last
    assert measured == study.to_measure(study.choose(rows), names)
    lstm = {("LSTM", 0.03), ("narrow LSTM", 0.03)}
    rates = {(trial.cell, trial.rate) for trial in measured}
    assert rates == {("GRU", 0.01), ("Elman", 0.003), *lstm}
    assert len(rows) == len(executor.done) == len(study.plan(names))


def test_a_small_study_is_small_in_all_parts(conduct):
    executor = AtOnce()
    assert len(conduct(executor, small=True)) == len(
        study.plan(["Reber", "adding"], small=True)
    )
    for trial in executor.done:
        assert trial.updates == SETUPS[trial.task].updates // 20


@pytest.mark.parametrize("stop", [0, 1, 100, 400])
def test_a_study_that_was_stopped_goes_on_to_the_same_rows(stop, conduct, tmp_path):
    whole = conduct(AtOnce(), file="whole.jsonl")
    with pytest.raises(KeyboardInterrupt):
        conduct(AtOnce(stop))
    kept = len(ledger.finished(tmp_path / "a.jsonl"))
    assert stop - 2 <= kept <= stop  # two jobs were under way
    again = AtOnce()
    rows = conduct(again)
    assert len(again.done) == len(whole) - kept
    nothing_to_do = conduct(AtOnce(stop=0))
    for found in (rows, nothing_to_do):
        assert sorted(map(json.dumps, found)) == sorted(map(json.dumps, whole))


def test_a_run_of_an_earlier_plan_has_the_part_that_it_plays_now(conduct, tmp_path):
    """What was measured when more rates were offered may be a check today."""
    trial = study.to_check(["Reber"])[0]
    row = made_up(trial) | {"key": repr(tuple(trial)), "phase": "measure", "loss": 0.25}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n")
    found = [row for row in conduct(AtOnce(), ["Reber"]) if row["loss"] == 0.25]
    assert found == [row | {"phase": "check"}]


def test_a_run_that_fails_ends_the_study_and_says_how_to_go_on(
    conduct, monkeypatch, tmp_path
):
    def broken(trial):
        if trial.cell == "LSTM":
            raise MemoryError("no room")
        return made_up(trial)

    monkeypatch.setattr(study, "run", broken)
    with pytest.raises(RuntimeError, match="MemoryError: no room") as failure:
        conduct(AtOnce())
    text = str(failure.value)
    assert "cell='LSTM'" in text and "a.jsonl" in text and "goes on" in text
    assert isinstance(failure.value.__cause__, MemoryError)
    kept = ledger.finished(tmp_path / "a.jsonl")
    assert kept and all(row["cell"] != "LSTM" for row in kept.values())
