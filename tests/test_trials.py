"""A run of the study: it can be repeated, it ends when it should, its row is true."""

import json
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from gru_lesson import batch, engine, nn, setups, tasks, train, trials
from gru_lesson.findings import COLUMNS
from gru_lesson.trials import Trial, learn, longest_count, narrow_width, new_model, run

SHORT = {"adding": 100, "copy memory": 20, "counting": 10, "Reber": 0}
SHORT["sea temperature"] = 3


def trial(task="counting", cell="GRU", bias="0", **changed):
    """Make a trial of a few updates at the shortest length."""
    first = Trial(task, SHORT[task], cell, bias, 0.01, 0, 10)
    return first._replace(**changed)


def timeless(row):
    return {name: value for name, value in row.items() if name != "seconds"}


def same(one, other):
    """Say whether two models have the same parameters, to the bit."""
    pairs = zip(one.params.values(), other.params.values(), strict=True)
    return all(np.array_equal(a, b) for a, b in pairs)


def new(cell, bias, task="counting"):
    made = trial(task, cell, bias)
    return new_model(made, setups.SETUPS[task].make(SHORT[task]), rng(3))


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.fixture
def watched(monkeypatch):
    """Collect what `train.fit` was asked and what came of it, run by run."""
    runs, fit = [], train.fit

    def watching(*arguments, **options):
        history = fit(*arguments, **options)
        runs.append(SimpleNamespace(history=history, **options))
        return history

    monkeypatch.setattr(train, "fit", watching)
    return runs


# --- models ---------------------------------------------------------------------------


def parameters(layer, D, H, K):
    model = nn.Model(layer(D, H, rng()), nn.Dense(H, K, rng()))
    return sum(array.size for array in model.params.values())


@pytest.mark.parametrize("D, H, K", [(2, 32, 1), (10, 48, 9), (2, 8, 3), (3, 5, 2)])
def test_the_narrow_lstm_is_as_near_to_the_gru_as_can_be(D, H, K):
    wanted = parameters(engine.GRU, D, H, K)
    off = {w: abs(parameters(engine.LSTM, D, w, K) - wanted) for w in range(1, 2 * H)}
    assert off[narrow_width(D, H, K)] == min(off.values())


@pytest.mark.parametrize("task", SHORT)
def test_equal_width_or_an_equal_number_of_parameters(task):
    rows = {}
    for cell, bias in [("Elman", "-"), *((c, "1") for c in list(trials.LAYERS)[1:])]:
        rows[cell] = run(trial(task, cell, bias, updates=1))
        assert rows[cell]["parameters"] == sum(
            a.size for a in new(cell, bias, task).params.values()
        )
    H, sizes = setups.SETUPS[task].H, {c: rows[c]["parameters"] for c in rows}
    assert rows["Elman"]["H"] == rows["GRU"]["H"] == rows["LSTM"]["H"] == H
    assert rows["narrow LSTM"]["H"] < H
    assert sizes["Elman"] < sizes["GRU"] < sizes["LSTM"]
    assert abs(sizes["narrow LSTM"] / sizes["GRU"] - 1) < 0.07


@pytest.mark.parametrize("cell, kept", [("GRU", "b_z"), ("narrow LSTM", "b_f")])
def test_the_bias_is_that_of_the_gate_that_keeps(cell, kept):
    for bias in ("0", "1"):
        params = new(cell, bias).layer.params
        assert (params[kept] == float(bias)).all()
        others = [a for name, a in params.items() if name[0] == "b" and name != kept]
        assert len(others) >= 2 and not any(a.any() for a in others)
    reach = setups.SETUPS["counting"].reach(SHORT["counting"])
    assert reach == 20  # a string of ten a's and ten b's
    chrono = new(cell, "chrono").layer.params[kept]
    assert len(set(chrono.tolist())) > 1
    assert chrono.min() >= 0 and chrono.max() <= np.log(reach - 1)


def test_biases_differ_and_nothing_else():
    """The weights of the three start from the same numbers."""
    zero, one = new("LSTM", "0"), new("LSTM", "1")
    for name, a in zero.layer.params.items():
        assert np.array_equal(a, one.layer.params[name]) == (name != "b_f")


# --- a run ----------------------------------------------------------------------------


@pytest.mark.parametrize("task", SHORT)
@pytest.mark.parametrize("seed", [0, 100])
def test_a_run_can_be_repeated_to_the_bit(task, seed):
    first, second = (learn(trial(task, seed=seed)) for _ in range(2))
    assert same(first[0], second[0])
    assert timeless(first[1]) == timeless(second[1])
    other, row = learn(trial(task, seed=seed + 1))
    assert not same(first[0], other)
    assert row["loss"] != first[1]["loss"]


@pytest.mark.parametrize("task", SHORT)
def test_a_row_has_all_columns_and_what_was_asked(task):
    for seed, phase in ((99, "measure"), (100, "choose")):
        asked = trial(task, "LSTM", "chrono", seed=seed)
        row = run(asked)
        assert set(row) == set(COLUMNS) and row["phase"] == phase
        assert asked == Trial(**{name: row[name] for name in Trial._fields})
        assert json.loads(json.dumps(row)) == row
        assert row["solved"] is False and row["loss"] > 0 and row["seconds"] > 0
        assert (row["longest"] is not None) == (task == "counting")


@pytest.mark.parametrize("task", list(SHORT)[:4])
def test_loss_and_score_are_those_of_the_model_on_the_test(task, watched):
    model, row = learn(trial(task))
    made, test = setups.SETUPS[task].make(SHORT[task]), watched[0].test
    assert len(test.targets[0]) == 500
    assert row["loss"] == train.evaluate(model, made, test)
    assert row["score"] == made.score(model.forward(test.xs, mask=test.mask), test)


def test_seed_and_rate_say_what_a_run_is_for():
    assert trial(seed=99).phase == "measure" and trial(seed=100).phase == "choose"
    assert trial(rate=setups.ABOVE).phase == "check"
    assert trial(seed=100, rate=setups.ABOVE).phase == "choose"


def test_what_chooses_is_tested_on_other_sequences_than_what_is_measured(watched):
    run(trial("adding", seed=0, updates=1))
    run(trial("adding", seed=1, updates=1))
    run(trial("adding", rate=setups.ABOVE, updates=1))
    run(trial("adding", seed=100, updates=1))
    first, *others, choosing = (watch.test.targets[-1, :, 0] for watch in watched)
    for other in others:  # each start has the same test
        assert np.array_equal(first, other)
    assert not set(first.tolist()) & set(choosing.tolist())


def test_a_run_ends_when_its_task_is_solved():
    model, row = learn(trial("Reber", "Elman", "-", rate=0.03, updates=1500))
    assert row["solved"] and row["score"] >= 0.99
    assert row["updates"] % 50 == 0 and row["updates"] < 1500
    shorter = learn(trial("Reber", "Elman", "-", rate=0.03, updates=row["updates"]))
    assert same(model, shorter[0]) and timeless(row) == timeless(shorter[1])


@pytest.mark.parametrize("task, ends", [("Reber", True), ("counting", False)])
def test_counting_goes_on_to_its_cap_and_the_others_end(task, ends, monkeypatch):
    """Each is made to be solved at the second test, and at no other."""

    def solve_the_second():
        looks = iter([False, True, False, False])
        monkeypatch.setattr(batch.Task, "solved", lambda *_: next(looks))

    solve_the_second()
    model, row = learn(trial(task, updates=150))
    assert row["solved"] and row["updates"] == 100
    solve_the_second()
    assert same(model, learn(trial(task, updates=100))[0]) == ends


def test_a_run_that_diverges_is_not_solved_and_has_no_loss():
    row = run(trial("adding", rate=1e38, updates=60))
    assert row["loss"] is None and row["score"] is None
    assert row["solved"] is False and row["updates"] == 60


def test_a_run_that_was_stopped_is_no_result(monkeypatch):
    """`fit` ends quietly on Ctrl-C; half a run must not look like one that failed."""

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(batch.Task, "score", stop)
    for task in ("counting", "adding"):
        with pytest.raises(KeyboardInterrupt):
            run(trial(task))
    monkeypatch.undo()
    monkeypatch.setattr(train, "evaluate", stop)
    with pytest.raises(KeyboardInterrupt):
        run(trial("sea temperature", updates=30))


# --- counting -------------------------------------------------------------------------


class Counter:
    """A model that counts, but no further than to `most`."""

    def __init__(self, most):
        self.most = most

    def forward(self, xs, mask=None):
        a, b = np.cumsum(xs, axis=0).transpose(2, 0, 1)
        logits = np.zeros((*a.shape, 3))
        logits[..., 1] = 0.5
        logits[..., 2] = b >= np.minimum(a, self.most)
        return logits


def test_the_longest_count_is_the_last_before_the_model_gives_up():
    assert longest_count(Counter(1)) == 1
    assert longest_count(Counter(7)) == 7
    assert longest_count(Counter(9), most=9) == longest_count(Counter(10), most=9) == 9


@pytest.mark.parametrize("wrong", [1, 4])
def test_what_is_right_above_a_mistake_does_not_count(wrong):
    class Odd(Counter):
        def forward(self, xs, mask=None):
            return super().forward(xs) * (len(xs) != 2 * wrong)

    assert longest_count(Odd(9)) == wrong - 1


def test_an_lstm_with_the_right_weights_counts():
    """One unit: its memory goes up by 1 with each a and down by 1 with each b.

    With a forget gate of 0.9 it does not get far: after n steps up it holds at most 10.
    """
    layer = engine.LSTM(2, 1, rng())
    for name, a in layer.params.items():
        a[...] = 50 if name in ("b_f", "b_i", "b_o") else 0
    layer.params["W_xc"][:, 0] = 50, -50
    readout = nn.Dense(1, 3, rng())
    readout.params["W_hy"][...] = [[0, 1, 0]]
    readout.params["b_y"][...] = [-9, 0, 0.4]  # tanh(1) = 0.76: not yet the end
    model = nn.Model(layer, readout)
    assert longest_count(model, most=60) == 60
    layer.params["b_f"][...] = np.log(9)
    assert 1 <= longest_count(model, most=60) < 10


# --- the temperature ------------------------------------------------------------------

SEA = setups.sea_windows(3)


def test_no_rate_is_chosen_by_the_test_part(monkeypatch):
    choosing = trial("sea temperature", seed=100, updates=100)
    before = timeless(run(choosing))
    assert before["score"] is None and not before["solved"]
    xs, targets = SEA.test.xs.copy(), np.full_like(SEA.test.targets, np.nan)
    xs[..., 0] = np.nan
    blank = replace(SEA, test=batch.Batch(xs, targets, SEA.test.weights))
    for module in (setups, trials):
        monkeypatch.setattr(module, "sea_windows", lambda months: blank)
    assert timeless(run(choosing)) == before
    with pytest.raises(ValueError, match="must be finite"):  # who looks at it
        run(choosing._replace(seed=0))


def test_the_error_is_that_of_the_test_part_in_degrees():
    model, row = learn(trial("sea temperature", rate=0.03, updates=100))
    ys = model.forward(SEA.test.xs)[-1, :, 0].astype(float)
    truth = SEA.test.targets[-1, :, 0].astype(float)
    assert row["score"] == pytest.approx(np.sqrt(np.mean((ys - truth) ** 2)) * SEA.std)
    plain = SEA.forecasts(SEA.test)["damped anomaly"]
    baseline = np.sqrt(np.mean((plain - SEA.mean - SEA.std * truth) ** 2))
    assert row["solved"] == (row["score"] < baseline)


def easy(monkeypatch):
    """Let every model beat the plain forecast."""
    wrong = {"damped anomaly": np.full(len(SEA.test.targets[0]), 99.0)}
    monkeypatch.setattr(type(SEA), "forecasts", lambda *_: wrong)


def test_the_temperature_stops_early_and_keeps_its_best(monkeypatch, watched):
    easy(monkeypatch)
    model, row = learn(trial("sea temperature", rate=0.1, updates=5000))
    history, made = watched[0].history, tasks.windows(tasks.sea_temperature()).task()
    assert history.stopped == "patience" and len(history.losses) < 5000
    best = int(np.argmin(history.test_losses))
    assert row["loss"] == history.test_losses[best] < history.test_losses[-1]
    assert row["loss"] == train.evaluate(model, made, SEA.valid)
    assert row["solved"] and row["updates"] == history.test_steps[best]


def test_a_cap_that_comes_first_leaves_the_last_model(monkeypatch, watched):
    easy(monkeypatch)
    row = run(trial("sea temperature", rate=0.1, updates=150))
    history = watched[0].history
    assert history.stopped == "steps"
    assert min(history.test_losses) < history.test_losses[-1] == row["loss"]
    assert row["solved"] and row["updates"] == 150
