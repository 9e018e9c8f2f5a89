"""A class: several at a time, resumable, on one host or on several."""

import json
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import handed_in as made
import pytest

from gru_lesson.cli import main
from gru_lesson.grading import classroom
from gru_lesson.grading.question import PUBLIC_SEED
from gru_lesson.grading.report import summary
from gru_lesson.ledger import finished

SUBMISSIONS = {
    "ada": made.master,
    "ben": made.student,
    "cleo": lambda: made.with_answer(made.WRONG),
    "dan": lambda: made.with_answer(made.WRONG),
    "eve": made.forged,
    "finn": made.without_ids,
    "gus": made.duplicated,
    "hana": lambda: made.with_answer("# answer: 2.1\nimport os\nos._exit(0)\n"),
    "ida": lambda: made.inside("2.1", "print('debugging')"),
    "joe": None,
}


@pytest.fixture(scope="module")
def files():
    return {
        name: made.saved(make()) if make else b"not a notebook"
        for name, make in SUBMISSIONS.items()
    }


@pytest.fixture
def folder(tmp_path, files):
    folder = tmp_path / "class"
    for name, data in files.items():
        (folder / name).mkdir(parents=True)
        (folder / name / made.NAME).write_bytes(data)
    hidden = folder / "ada" / ".ipynb_checkpoints"
    hidden.mkdir()
    (hidden / made.NAME).write_bytes(b"old")
    return folder


class Counting:
    """An executor that does nothing but count, and may be told to fail."""

    def __init__(self, error=None, stop=None):
        self.names, self.error, self.stop = [], error, stop

    def submit(self, function, name, data, *rest):
        if len(self.names) == self.stop:
            raise KeyboardInterrupt
        self.names.append(name)
        future = Future()
        if self.error:
            future.set_exception(self.error)
        else:
            result = {"kind": "known", "question": "2.1", "title": "T"}
            key = classroom.key_of(data, name, rest[0], rest[1])
            record = {"name": name, "key": key, "points": 1, "of": 2, "problem": ""}
            results = [result | {"mistakes": ["the bias is left out"]}]
            future.set_result(record | {"results": results})
        return future


def run(folder, executor, file="results.jsonl", **options):
    options = {"seed": PUBLIC_SEED, "workers": 1} | options
    file = folder.parent / file
    return list(classroom.grade_class(folder, file, executor, **options))


def test_every_notebook_is_graded_and_nothing_hidden(folder):
    executor = Counting()
    records = run(folder, executor)
    assert executor.names == [f"{name}/{made.NAME}" for name in SUBMISSIONS]
    assert sorted(record["name"] for record in records) == executor.names
    lines = (folder.parent / "results.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == records


def test_a_run_that_was_stopped_goes_on(folder):
    with pytest.raises(KeyboardInterrupt):
        run(folder, Counting(stop=4))
    file = folder.parent / "results.jsonl"
    done = len(file.read_text().splitlines())
    assert 1 <= done < len(SUBMISSIONS)
    with open(file, "a") as out:
        out.write('{"key": "cut in the mid')
    second = Counting()
    assert len(run(folder, second)) == len(SUBMISSIONS)
    assert len(second.names) == len(SUBMISSIONS) - done
    assert run(folder, Counting(stop=0))  # nothing is left to do
    assert len(finished(file)) == len(SUBMISSIONS)


def test_another_seed_or_file_is_graded_anew(folder):
    run(folder, Counting())
    other = Counting()
    run(folder, other, seed="secret")
    assert len(other.names) == len(SUBMISSIONS)
    (folder / "ada" / made.NAME).write_bytes(b"new")
    changed = Counting()
    run(folder, changed)
    assert changed.names == [f"ada/{made.NAME}"]


def test_a_worker_that_dies_costs_one_record_and_is_tried_again(folder):
    records = run(folder, Counting(error=OSError("worker lost")))
    assert all("not graded: OSError: worker lost" in r["problem"] for r in records)
    again = Counting()
    run(folder, again)
    assert len(again.names) == len(SUBMISSIONS)


def test_shards_share_the_class(folder):
    parts = [classroom.submissions(folder, (i, 3)) for i in (1, 2, 3)]
    assert sorted(path for part in parts for path in part) == classroom.submissions(
        folder
    )
    assert max(map(len, parts)) - min(map(len, parts)) <= 1
    for shard in ((0, 3), (4, 3)):
        with pytest.raises(ValueError, match="i/n"):
            classroom.submissions(folder, shard)


def test_the_summary_counts_questions_and_misconceptions(folder):
    text = summary(run(folder, Counting()))
    assert "10 notebooks, 0 with all points." in text
    assert "2.1 T" in text and "0 of 10 right" in text
    assert "10 × 2.1 the bias is left out" in text


def agreed(records):
    """Assert what the class of this file scores."""
    points = {Path(r["name"]).parent.name: (r["points"], r["of"]) for r in records}
    assert points == {
        "ada": (13, 13), "ben": (0, 13), "cleo": (11, 13), "dan": (11, 13),
        "eve": (0, 13), "finn": (13, 13), "gus": (13, 13), "hana": (11, 13),
        "ida": (13, 13), "joe": (0, 0),
    }  # fmt: skip
    text = summary(records)
    assert "   2 × 2.1 the old state is left out" in text
    assert "joe" in text and "not JSON" in text


@pytest.mark.slow
def test_ten_submissions_with_threads(folder):
    with ThreadPoolExecutor(2) as executor:
        agreed(run(folder, executor, seed="a secret", workers=2))


@pytest.mark.slow
def test_ten_submissions_on_two_workers_of_a_cluster(folder):
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
        client.get_executor() as executor,
    ):
        assert len(client.scheduler_info()["workers"]) == 2
        agreed(run(folder, executor, seed="a secret", workers=2))


@pytest.mark.slow
def test_a_class_at_the_command_line(folder, capsys):
    for name in SUBMISSIONS:
        if name not in ("ada", "cleo"):
            (folder / name / made.NAME).unlink()
    assert main(["grade", str(folder), "--workers", "2"]) == 1
    out = capsys.readouterr().out
    assert "2 notebooks, 1 with all points." in out
    assert "1 × 2.1 the old state is left out" in out
    assert (folder / "grades.jsonl").exists()
