"""The ledger: each job is done once, and nothing that finished is lost."""

import json
import threading
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from itertools import islice
from multiprocessing import get_context

import pytest

from gru_lesson import ledger


def square(n):
    """Return a record; other processes find it under this module's name."""
    return {"n": n, "square": n * n, "word": "aⁿ\u2028bⁿ"}


def jobs(*numbers):
    return ((f"job {n}", (n,)) for n in numbers)


def fail(error, *arguments):
    raise error


class Desk:
    """An executor whose jobs end when, and in the order in which, they are told to."""

    def __init__(self, work_off=None):
        self.started, self.waiting, self.most = [], {}, 0
        self.work_off = work_off or (lambda waiting: list(waiting)[:1])

    def submit(self, work, *arguments):
        future = Future()
        self.started.append(arguments)
        self.waiting[future] = work, arguments
        self.most = max(self.most, len(self.waiting))
        return future

    def wait(self, futures, return_when):
        """Stand in for `concurrent.futures.wait`: end some of the jobs now."""
        ended = self.work_off(self.waiting)
        for future in ended:
            work, arguments = self.waiting.pop(future)
            try:
                future.set_result(work(*arguments))
            except Exception as error:
                future.set_exception(error)
        return ended, []


@pytest.fixture
def file(tmp_path):
    return tmp_path / "ledger.jsonl"


@pytest.fixture
def desk(monkeypatch):
    """Return a function that makes a Desk and lets the ledger wait for it."""

    def make(work_off=None):
        desk = Desk(work_off)
        monkeypatch.setattr(ledger, "wait", desk.wait)
        return desk

    return make


def run(numbers, executor, file, *, work=square, workers=1, lost=fail):
    return ledger.run_all(jobs(*numbers), work, executor, file, workers, lost)


def numbers(records):
    return sorted(record["n"] for record in records)


def written(file):
    return [json.loads(line) for line in file.read_bytes().split(b"\n") if line]


# --- each job once --------------------------------------------------------------------


def test_each_record_is_yielded_and_written_under_its_key(desk, file):
    found = list(run(range(5), desk(), file))
    assert found == [{"key": f"job {n}"} | square(n) for n in range(5)]
    assert written(file) == found
    assert ledger.finished(file) == {record["key"]: record for record in found}


def test_what_is_written_down_is_not_done_again(desk, file):
    first = list(run([1, 2, 3], desk(), file))
    second = desk()
    assert list(run([2, 3, 4], second, file)) == [
        *first[1:],
        {"key": "job 4"} | square(4),
    ]
    assert second.started == [(4,)]
    assert numbers(written(file)) == [1, 2, 3, 4]


def test_a_file_that_is_not_there_holds_nothing(file):
    assert ledger.finished(file) == {}


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_as_many_jobs_wait_as_are_under_way(workers, desk, file):
    executor = desk()
    assert numbers(run(range(20), executor, file, workers=workers)) == list(range(20))
    assert executor.most == 2 * workers


def test_jobs_are_read_as_workers_become_free(desk, file):
    read = []

    def endless():
        n = 0
        while True:
            read.append(n)
            yield f"job {n}", (n,)
            n += 1

    found = ledger.run_all(endless(), square, desk(), file, 2, fail)
    assert numbers(islice(found, 3)) == [0, 1, 2]
    assert len(read) <= 3 + 4 + 1  # done, under way or waiting, in the hand


def test_records_come_as_jobs_end_and_not_as_they_began(desk, file):
    last_first = desk(lambda waiting: list(waiting)[-1:])
    found = [record["n"] for record in run(range(4), last_first, file, workers=2)]
    assert found == [3, 2, 1, 0]


# --- what was stopped -----------------------------------------------------------------


def test_a_run_that_was_stopped_goes_on(desk, file):
    def stopped(n):
        if n == 3:
            raise KeyboardInterrupt
        return square(n)

    with pytest.raises(KeyboardInterrupt):
        list(run(range(6), desk(), file, work=stopped))
    assert numbers(written(file)) == [0, 1, 2]
    again = desk()
    assert numbers(run(range(6), again, file)) == list(range(6))
    assert again.started == [(3,), (4,), (5,)]


@pytest.mark.parametrize("cut", [1, 30, 48, 49, 50, 51])
def test_a_line_that_was_cut_costs_one_job(cut, desk, file):
    """Also one that was cut in the middle of a letter."""
    list(run([1, 2], desk(), file))
    whole = file.read_bytes()
    second = whole.index(b"\n") + 1
    file.write_bytes(whole[: second + cut])
    assert list(ledger.finished(file)) == ["job 1"]
    again = desk()
    assert numbers(run([1, 2, 3], again, file)) == [1, 2, 3]
    assert again.started == [(2,), (3,)]
    assert sorted(ledger.finished(file)) == ["job 1", "job 2", "job 3"]


def test_what_is_no_record_is_left_out(desk, file):
    lines = ["[1, 2]", "7", '"key"', "null", "", "{}", '{"n": 1}', '{"key": "job 1"}']
    file.write_text("\n".join(lines) + "\n")
    assert ledger.finished(file) == {"job 1": {"key": "job 1"}}


# --- what failed ----------------------------------------------------------------------


def odd_ones_fail(n):
    if n % 2:
        raise OSError(f"no luck with {n}")
    return square(n)


def test_a_job_that_failed_is_told_and_tried_again(desk, file):
    def lost(error, n):
        return {"key": f"job {n}", "problem": str(error)}

    found = list(run(range(4), desk(), file, work=odd_ones_fail, lost=lost))
    assert {"key": "job 3", "problem": "no luck with 3"} in found and len(found) == 4
    assert numbers(written(file)) == [0, 2]
    again = desk()
    assert numbers(run(range(4), again, file)) == [0, 1, 2, 3]
    assert again.started == [(1,), (3,)]


def test_a_failure_may_end_the_run_and_takes_nothing_with_it(desk, file):
    """What ended together with the job that failed is written down all the same."""
    all_at_once = desk(lambda waiting: list(waiting))
    with pytest.raises(OSError, match="no luck with 1"):
        list(run(range(4), all_at_once, file, work=odd_ones_fail, workers=2))
    assert numbers(written(file)) == [0, 2]


def test_who_stops_listening_loses_nothing_that_ended(desk, file):
    all_at_once = desk(lambda waiting: list(waiting))
    found = run(range(4), all_at_once, file, workers=2)
    next(found)
    found.close()
    assert numbers(written(file)) == [0, 1, 2, 3]


# --- executors ------------------------------------------------------------------------


def test_two_threads_work_at_the_same_time(file):
    both = threading.Barrier(2, timeout=20)  # passed by two at a time, or an error

    def together(n):
        both.wait()
        return square(n)

    with ThreadPoolExecutor(2) as executor:
        found = run(range(8), executor, file, work=together, workers=2)
        assert numbers(found) == list(range(8))
    assert numbers(written(file)) == list(range(8))


def test_processes_do_the_same(file):
    with ProcessPoolExecutor(2, get_context("spawn")) as executor:
        assert numbers(run(range(6), executor, file, workers=2)) == list(range(6))
    assert sorted(ledger.finished(file)) == [f"job {n}" for n in range(6)]
