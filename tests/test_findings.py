"""What came out of the study: saved, read, put together, and written as a table."""

import json
import random

import numpy as np
import pytest

from gru_lesson import findings, study
from gru_lesson.findings import COLUMNS
from gru_lesson.intervals import share_interval
from gru_lesson.setups import SETUPS, VARIANTS


def row(task="adding", cell="GRU", bias="0", seed=0, **changed):
    """Make the row of a run that was solved."""
    names = {"task": task, "length": min(SETUPS[task].starts), "cell": cell}
    names |= {"phase": "measure", "bias": bias, "rate": 0.01, "seed": seed}
    found = {"updates": 350, "solved": True, "loss": 0.00412345, "score": 0.0041}
    size = {"H": 32, "parameters": 3393, "longest": None, "seconds": 1.25}
    return names | found | size | changed


def group(*updates, cap=2000, **changed):
    """Make rows of a variant, one for each number of updates; unsolved at `cap`."""
    made = enumerate(updates)
    return [row(seed=i, updates=u, solved=u < cap, **changed) for i, u in made]


def summarize(rows):
    return findings.summarize(rows, np.random.default_rng(0))


# --- the file -------------------------------------------------------------------------


def test_what_is_saved_can_be_read(tmp_path):
    file = tmp_path / "study.json"
    rows = [row(seed=seed, updates=50 + seed) for seed in range(3)]
    rows[1] |= {"loss": None, "score": None, "solved": False, "longest": 17}
    findings.save(rows, file, "gru-lesson study --quick")
    found = json.loads(file.read_text("utf-8"))
    assert list(found) == ["command", "settings", "machine", "columns", "runs"]
    assert found["command"] == "gru-lesson study --quick"
    assert found["settings"] == json.loads(json.dumps(findings.settings()))
    assert {"cpu", "cores", "python", "numpy"} <= found["machine"].keys()
    assert found["columns"] == COLUMNS
    rows[0]["loss"] = rows[2]["loss"] = 0.004123  # four digits of each float
    assert study.records(found) == [{c: r[c] for c in COLUMNS} for r in rows]
    lines = file.read_text("utf-8").splitlines()
    assert sum(line.startswith('  ["measure", "adding"') for line in lines) == 1


def test_runs_are_saved_in_the_order_of_the_plan(tmp_path):
    """However they ended: two studies can be compared line by line."""
    names = ["Reber", "adding", "copy memory"]
    rows = [row() | t._asdict() | {"phase": t.phase} for t in study.plan(names)]
    random.Random(0).shuffle(rows)
    findings.save(rows, tmp_path / "a.json", "")
    saved = study.records(json.loads((tmp_path / "a.json").read_text("utf-8")))
    order = [task for task in SETUPS if task in names]
    planned = [study.Trial(**{n: r[n] for n in study.Trial._fields}) for r in saved]
    assert planned == study.plan(order)


def test_the_settings_are_those_of_every_task():
    found = findings.settings()
    assert found["tasks"].keys() == SETUPS.keys()
    assert found["tasks"]["adding"]["starts"] == SETUPS["adding"].starts
    for name, chrono in ("adding", [100, 400]), ("counting", [20, 60]):
        assert found["tasks"][name]["chrono"] == chrono
    assert found["batch"] == 32 and found["clip_norm"] == 1.0


# --- put together ---------------------------------------------------------------------


def test_a_summary_has_the_median_and_the_share_of_each_group():
    rows = group(100, 300, 200, 2000, 400) + group(50, 150, cell="LSTM")
    gru, lstm = summarize(rows)
    assert (gru["task"], gru["length"], gru["cell"]) == ("adding", 100, "GRU")
    assert (gru["bias"], gru["rate"], gru["runs"]) == ("0", 0.01, 5)
    assert gru["share"] == share_interval(4, 5)
    assert gru["updates"] == (300, 100, 2000)  # of five, the ends are the ends
    assert gru["score"] == pytest.approx((0.0041, 0.0041, 0.0041))
    assert gru["longest"] is None
    assert lstm["cell"] == "LSTM" and lstm["updates"][0] == 100
    assert lstm["share"] == share_interval(2, 2)


def test_groups_differ_in_task_length_and_bias_and_other_phases_are_left_out():
    rows = group(100) + group(100, bias="1") + group(100, length=400)
    rows += group(100, task="Reber", length=0)
    choosing = group(7, phase="choose", bias="chrono")
    checked = group(9, 9, phase="check", rate=0.1)
    found = summarize(choosing + rows + checked)
    assert len(found) == 4
    assert {s["runs"] for s in found} == {1}
    assert {s["updates"][0] for s in found} == {100}
    rng = np.random.default_rng(0)
    (found,) = findings.summarize(choosing + rows + checked, rng, phase="check")
    assert (found["runs"], found["rate"], found["updates"][0]) == (2, 0.1, 9)


def test_what_a_diverged_run_has_not_is_left_out_of_the_median():
    rows = group(100, 200, 300)
    rows += [row(seed=3, updates=2000, solved=False, loss=None, score=None)]
    rows[0]["score"] = 0.001
    (found,) = summarize(rows)
    assert found["runs"] == 4 and found["score"][0] == 0.0041
    assert found["updates"][0] == 250 and found["share"][0] == 0.75
    (found,) = summarize(rows[3:])
    assert found["score"] is None


def test_how_far_the_updates_are_known():
    """Up to the slowest run that was solved; beyond, they are at least so many."""
    assert summarize(group(100, 200, 300))[0]["known"] is None
    assert summarize(group(100, 900, 2000))[0]["known"] == 900
    assert summarize(group(2000, 2000))[0]["known"] == 0
    solved_at_the_cap = group(100, 2000, 2000)
    solved_at_the_cap[1]["solved"] = True
    assert summarize(solved_at_the_cap)[0]["known"] == 100


def test_the_same_generator_gives_the_same_summary():
    rows = group(*range(100, 1100, 100))
    assert summarize(rows) == summarize(rows)


# --- the table ------------------------------------------------------------------------


def line_of(rows):
    head, *lines = findings.table(rows).splitlines()
    assert len(lines) == 1 and head.startswith("task")
    return " ".join(lines[0].split())


def test_a_line_reads_like_a_sentence():
    line = line_of(group(100, 300, 200, 500, 400))
    assert line == "adding 100 GRU 0 0.01 100% 300 (100 to 500)"
    rows = group(
        3000, 3000, 3000, cap=4000, task="counting", cell="LSTM", bias="chrono"
    )
    for r, longest in zip(rows, (12, 38, 15), strict=True):
        r["longest"] = longest
    assert line_of(rows) == (
        "counting 10 LSTM chrono 0.01 100% 3000 (3000 to 3000); "
        "right up to n = 15 (12 to 38)"
    )
    sea = group(75, 75, 75, task="sea temperature", bias="1", score=0.51234)
    assert line_of(sea) == (
        "sea temperature 3 GRU 1 0.01 100% 75 (75 to 75); "
        "error 0.512 °C (0.512 to 0.512)"
    )


def test_what_reached_the_cap_is_marked():
    """Also a median between a run that was solved and one that was not."""
    assert line_of(group(*[2000] * 5)).endswith("0% >2000 (>2000 to >2000)")
    assert line_of(group(100, 200, 300, 400, 2000)).endswith("80% 300 (100 to >2000)")
    assert " 50% >1200 (" in line_of(group(100, 400, 2000, 2000))


def test_each_variant_has_a_line_and_the_columns_stand_under_each_other():
    rows = [r for cell, bias in VARIANTS for r in group(1000, 50, cell=cell, bias=bias)]
    head, *lines = findings.table(rows).splitlines()
    assert len(lines) == len(VARIANTS) and all(len(line) <= 88 for line in lines)
    for name in ("cell", "bias"):
        at = head.index(name)
        assert {line[at - 1] for line in lines} == {" "}
        assert " " not in {line[at] for line in lines}
    assert {line.index("100%") + 4 for line in lines} == {head.index("solved") + 6}
