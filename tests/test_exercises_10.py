"""What the notebook of exercises 10 shows is what its bank computes with."""

import ast
import inspect
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from gru_lesson.grading.bank import q10_3, q10_6, small
from gru_lesson.grading.judge import judge
from gru_lesson.grading.question import find
from gru_lesson.grading.release import stub
from gru_lesson.intervals import ratio_interval

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def cells():
    path = ROOT / "exercises/solutions/10_gru_vs_lstm.ipynb"
    return [cell.source for cell in nbformat.read(path, as_version=4).cells]


def beginning(cells, first):
    (found,) = (source for source in cells if source.startswith(first))
    return found


def bare(function):
    """Return the syntax of a function without its docstring."""
    if ast.get_docstring(function):
        function.body.pop(0)
    return ast.dump(function)


def test_the_plot_shows_the_runs_of_the_bank(cells):
    source = beginning(cells, "study = ")
    assert ast.literal_eval(ast.parse(source).body[0].value) == q10_3.printed()
    assert {runs for *_, runs in q10_3.printed().values()} == {3, 10}
    assert str(q10_3.CAP) in beginning(cells, "fig, ax")


def test_the_table_of_ratios_is_that_of_the_runs_of_the_bank(cells):
    text = beginning(cells, "## Exercise 10.3")
    row = r"\| (\w+, \w+) \| (\w+, \w+) \| ([\d.]+) \| ([\d.]+) to ([\d.]+) \|"
    rows = re.findall(row, text)
    assert len(rows) == 3
    for one, other, *numbers in rows:
        groups = q10_3.RUNS[one], q10_3.RUNS[other]
        expected = ratio_interval(*groups, np.random.default_rng(0))
        assert np.allclose([float(n) for n in numbers], expected, rtol=0, atol=0.006)


def test_the_verdicts_do_not_hang_on_the_draws_of_the_bootstrap(monkeypatch):
    default_rng = np.random.default_rng
    for seed in range(1, 11):
        q10_3.fewer.cache_clear()
        monkeypatch.setattr(np.random, "default_rng", lambda _, s=seed: default_rng(s))
        verdicts = q10_3.reference()
        monkeypatch.undo()
        q10_3.fewer.cache_clear()
        assert verdicts == q10_3.reference()


def test_the_training_run_is_the_one_that_the_check_makes(cells):
    shown = ast.parse(beginning(cells, "def run(")).body[0]
    used = ast.parse(inspect.getsource(small.run)).body[0]
    assert bare(shown) == bare(used)


def test_the_experiments_of_the_check_are_among_those_of_the_notebook(cells):
    tree = ast.parse(beginning(cells, "experiments = "))
    shown = ast.literal_eval(tree.body[0].value)
    assert list(q10_6.REAL) == shown[:2]
    assert f"run(cell, bias, {small.RATE}, {small.CAP}, seed)" in ast.unparse(tree)


def test_the_flawed_comparison_is_known_as_it_was_given(cells):
    names = {"np": np}
    exec(stub(beginning(cells, "# answer: 10.5")), names)
    verdict = judge(find("10.5"), names["compare"])
    assert verdict.names == ("all flaws are still there, as they were given",)


def test_what_twenty_starts_are_said_to_show(cells):
    """Runs of five of the twenty starts agree with the text below 10.6."""
    arms = [(cell, bias) for cell in ("GRU", "LSTM") for bias in ("0", "chrono")]
    table = np.array([[small.updates(*arm, seed) for arm in arms] for seed in range(5)])
    gru, gru_chrono, lstm, lstm_chrono = table.T
    assert (lstm_chrono < lstm).all() and (gru < lstm_chrono).all()
    assert len(set(np.sign(gru_chrono - gru))) > 1  # the starts do not agree
