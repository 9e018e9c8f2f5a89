"""The tasks: what a batch looks like, what a memoryless answer costs, no leak."""

import re
import subprocess
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from gru_lesson import batch as batches
from gru_lesson import characters, reber, series, tasks, windows

MADE = {
    "adding": tasks.adding(30),
    "copy": tasks.copy_memory(12),
    "counting": tasks.counting(1, 9),
    "reber": tasks.reber(),
    "months": windows.windows(series.sea_temperature()).task(),
    "characters": characters.characters("the cat sat. " * 50, length=20).task,
}


@pytest.fixture
def rng():
    return np.random.default_rng(5)


def cross_entropy(logits, batch):
    """Mean over the weighted predictions, in nats; written anew for these tests."""
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    p = e / e.sum(axis=-1, keepdims=True)
    p = np.take_along_axis(p, batch.targets[..., None], axis=-1)[..., 0]
    return -(np.log(p) * batch.weights).sum() / batch.weights.sum()


def strings(batch, alphabet):
    """Read each sequence of one-hot inputs and its last target as a string."""
    found = []
    for n in range(batch.mask.shape[1]):
        real = batch.mask[:, n]
        ids = [*batch.xs[real, n].argmax(axis=-1), batch.targets[real, n][-1]]
        found.append("".join(alphabet[i] for i in ids))
    return found


# --- every task -----------------------------------------------------------------------


@pytest.mark.parametrize("task", MADE.values(), ids=MADE)
def test_a_batch_has_the_shapes_that_the_task_names(task, rng):
    N = 7
    batch = task.draw(N, rng)
    T = len(batch.xs)
    if batch.xs.ndim == 3:
        assert batch.xs.shape == (T, N, task.D) and batch.xs.dtype == np.float32
    else:
        assert batch.xs.shape == (T, N) and batch.xs.dtype.kind == "i"
        assert batch.xs.min() >= 0 and batch.xs.max() < task.D
    if task.kind == "numbers":
        assert batch.targets.shape == (T, N, task.K)
        assert batch.targets.dtype == np.float32
    else:
        assert batch.targets.shape == (T, N) and batch.targets.dtype.kind == "i"
        assert batch.targets.min() >= 0 and batch.targets.max() < task.K
    assert batch.weights.shape == (T, N) and batch.weights.dtype == np.float32
    assert set(np.unique(batch.weights)) <= {0, 1} and (batch.weights.sum(0) > 0).all()


@pytest.mark.parametrize("task", MADE.values(), ids=MADE)
def test_the_same_seed_draws_the_same_batch(task):
    first, again, other = (
        task.draw(6, np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    for a, b in zip(first, again, strict=True):
        np.testing.assert_array_equal(a, b)
    assert first.xs.shape != other.xs.shape or (first.xs != other.xs).any()


@pytest.mark.parametrize("name", ["counting", "reber"])
def test_padding_is_at_the_end_and_has_no_weight(name, rng):
    batch = MADE[name].draw(50, rng)
    lengths = batch.mask.sum(axis=0)
    assert lengths.min() < lengths.max() == len(batch.mask)
    steps = np.arange(len(batch.mask))[:, None]
    np.testing.assert_array_equal(batch.mask, steps < lengths)
    assert not batch.weights[~batch.mask].any()
    assert not batch.xs[~batch.mask].any() and not batch.targets[~batch.mask].any()


@pytest.mark.parametrize("task", MADE.values(), ids=MADE)
def test_what_cannot_be_drawn_is_refused(task, rng):
    with pytest.raises(ValueError, match="N must be at least 1, got 0"):
        task.draw(0, rng)
    with pytest.raises(TypeError, match=r"N must be an int, got 2\.0"):
        task.draw(2.0, rng)
    with pytest.raises(TypeError, match=r"Generator, got int.*default_rng"):
        task.draw(2, 0)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: tasks.adding(1), "T must be at least 2, got 1"),
        (lambda: tasks.adding(10.5), "T must be an int"),
        (lambda: tasks.copy_memory(0), "T must be at least 1"),
        (lambda: tasks.copy_memory(5, symbols=1), "symbols must be at least 2"),
        (lambda: tasks.copy_memory(5, length=0), "length must be at least 1"),
        (lambda: tasks.counting(0, 3), "shortest must be at least 1"),
        (lambda: tasks.counting(4, 3), "longest must be at least 4"),
    ],
)
def test_a_task_too_small_is_refused(make, message):
    with pytest.raises((TypeError, ValueError), match=message):
        make()


def test_a_batch_of_32_at_400_steps_takes_under_5_ms(rng, measured):
    for task in (tasks.adding(400), tasks.copy_memory(400), tasks.counting(1, 200)):
        took = []
        for _ in range(20):
            start = time.perf_counter()
            task.draw(32, rng)
            took.append(time.perf_counter() - start)
        took = 1000 * min(took)
        measured(f"draw 32 of {task.name}", f"{took:.2f} ms")
        assert took < 5


def test_the_tasks_need_numpy_alone():
    code = "import sys, gru_lesson.tasks; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert "numpy" in loaded, done.stderr
    assert not loaded & {"matplotlib", "ipywidgets", "IPython", "pydoc_data", "torch"}


def test_a_sequence_is_right_when_every_weighted_prediction_is():
    targets = np.array([[0, 0, 0], [1, 1, 1]])
    weights = np.array([[1, 1, 0], [1, 1, 1]], np.float32)
    answers = np.array([[0, 0, 1], [1, 0, 1]])  # right; wrong at the end; not looked at
    batch = tasks.Batch(np.zeros((2, 3, 1)), targets, weights)
    assert tasks.share_right(np.eye(2)[answers], batch) == pytest.approx(2 / 3)


def test_the_goal_is_kept_to():
    task, weights = tasks.adding(4), np.ones((1, 2), np.float32)
    batch = tasks.Batch(np.zeros((1, 2, 2)), np.zeros((1, 2, 1)), weights)
    assert task.solved(np.full((1, 2, 1), 0.07), batch)  # 0.07² = 0.0049
    assert not task.solved(np.full((1, 2, 1), 0.071), batch)
    task = tasks.counting(1, 3)
    answers = np.zeros((1, 100), int)
    batch = tasks.Batch(np.zeros((1, 100, 2)), answers.copy(), np.ones((1, 100)))
    answers[0, 0] = 1
    assert task.solved(np.eye(3)[answers], batch)
    answers[0, 1] = 1
    assert not task.solved(np.eye(3)[answers], batch)
    with pytest.raises(ValueError, match="no goal"):
        MADE["characters"].solved(np.eye(3)[answers], batch)


# --- adding ---------------------------------------------------------------------------


@pytest.mark.parametrize("T", [2, 3, 25])
def test_adding_asks_for_the_sum_of_one_number_of_each_half(T, rng):
    batch = tasks.adding(T).draw(500, rng)
    values, marks = batch.xs[..., 0], batch.xs[..., 1]
    assert values.min() >= 0 and values.max() < 1
    assert set(np.unique(marks)) <= {0, 1}
    assert (marks[: T // 2].sum(0) == 1).all() and (marks[T // 2 :].sum(0) == 1).all()
    assert (marks.sum(axis=1) > 0).all()  # each step is marked somewhere
    np.testing.assert_allclose(batch.targets[-1, :, 0], (values * marks).sum(0), 1e-6)
    assert (batch.weights[-1] == 1).all() and not batch.weights[:-1].any()


def test_answering_one_costs_a_sixth(rng):
    task = tasks.adding(10)
    batch = task.draw(100_000, rng)
    squares = (batch.targets[-1] - 1) ** 2
    sigma = squares.std() / np.sqrt(squares.size)
    assert abs(squares.mean() - 1 / 6) < 3 * sigma and sigma < 1e-3
    assert task.score(np.ones_like(batch.targets), batch) == pytest.approx(
        squares.mean(), rel=1e-5
    )
    assert task.baseline == 1 / 6
    # no other constant does better
    sums = batch.targets[-1]
    assert abs(sums.mean() - 1) < 3 * sums.std() / np.sqrt(sums.size)


# --- copy memory ----------------------------------------------------------------------


def test_copying_looks_as_in_the_paper(rng):
    T, length = 6, 10
    batch = tasks.copy_memory(T).draw(40, rng)
    ids = batch.xs.argmax(axis=-1)
    assert (batch.xs.sum(axis=-1) == 1).all() and len(ids) == T + 20
    assert set(np.unique(ids[:length])) == set(range(8))
    assert (ids[length : length + T - 1] == 8).all()
    assert (ids[length + T - 1] == 9).all()
    assert (ids[length + T :] == 8).all()
    assert (batch.targets[: T + length] == 8).all()
    np.testing.assert_array_equal(batch.targets[T + length :], ids[:length])
    assert (batch.weights == 1).all() and batch.mask is None


@pytest.mark.parametrize(("T", "symbols", "length"), [(100, 8, 10), (7, 3, 2)])
def test_without_memory_copying_costs_the_formula(T, symbols, length, rng):
    task = tasks.copy_memory(T, symbols, length)
    batch = task.draw(20, rng)
    logits = np.zeros((T + 2 * length, 20, task.K))
    logits[: T + length, :, symbols] = 800  # blanks are certain, symbols are not
    logits[T + length :, :, symbols] = -800
    expected = length * np.log(symbols) / (T + 2 * length)
    assert cross_entropy(logits, batch) == pytest.approx(expected, rel=1e-12)
    assert task.baseline == pytest.approx(expected, rel=1e-12)


# --- counting -------------------------------------------------------------------------


def test_strings_are_a_then_as_many_b_then_the_end(rng):
    batch = tasks.counting(2, 6).draw(300, rng)
    lengths = Counter()
    for n, string in enumerate(strings(batch, "ab$")):
        half = len(string) // 2
        assert string == "a" * half + "b" * half + "$"
        lengths[half] += 1
        # each target is the next symbol; the loss looks from the first b on
        targets = "".join("ab$"[i] for i in batch.targets[: 2 * half, n])
        assert targets == string[1:]
        assert [*np.flatnonzero(batch.weights[:, n])] == [*range(half, 2 * half)]
    assert set(lengths) == {2, 3, 4, 5, 6}


@pytest.mark.parametrize(("shortest", "longest"), [(1, 1), (3, 3), (1, 10)])
def test_without_counting_a_b_costs_the_baseline(shortest, longest, rng):
    task = tasks.counting(shortest, longest)
    n = np.arange(shortest, longest + 1)
    # all strings once, by hand; the best constant answer after a b
    ends, others = len(n), (n - 1).sum()
    p = np.array([ends, others]) / (ends + others)
    expected = -sum(q * np.log(q) for q in p if q)
    assert task.baseline == pytest.approx(expected, abs=1e-12)
    batch = task.draw(20_000, rng)
    logits = np.log(np.maximum([1e-300, p[1], p[0]], 1e-300))
    logits = np.broadcast_to(logits, (*batch.targets.shape, 3))
    assert cross_entropy(logits, batch) == pytest.approx(expected, rel=0.02, abs=1e-12)


def test_who_counts_has_all_strings_right_however_long(rng):
    task = tasks.counting(11, 20)
    batch = task.draw(50, rng)
    count = (batch.xs[..., 0] - batch.xs[..., 1]).cumsum(axis=0)
    logits = np.stack([0 * count - 99, count - 0.5, 0 * count], axis=-1)
    assert task.score(logits, batch) == 1 and task.solved(logits, batch)
    logits[..., 1] -= 1  # one too early
    assert task.score(logits, batch) == 0


# --- the embedded Reber grammar -------------------------------------------------------

# Written from the picture of the grammar, not from the table in the package.
INNER = "B(?:TS*X(?:XT*VP)*(?:S|XT*VV)|PT*V(?:PXT*V)*(?:V|PS))E"
STRING = re.compile(f"B(?:T{INNER}T|P{INNER}P)E")


def test_reber_strings_are_of_the_grammar(rng):
    batch = tasks.reber().draw(3000, rng)
    found = strings(batch, reber.SYMBOLS)
    assert [s for s in found if not STRING.fullmatch(s)] == []
    assert min(map(len, found)) == 9 and len(set(found)) > 300
    for n, string in enumerate(found):
        targets = batch.targets[batch.mask[:, n], n]
        assert "".join(reber.SYMBOLS[i] for i in targets) == string[1:]


def test_the_recognizer_refuses_what_is_not_of_the_grammar():
    assert STRING.fullmatch("BTBTXSETE") and STRING.fullmatch("BPBPVVEPE")
    for wrong in ("BTBTXSEPE", "BPBPVVETE", "BTBTXSET", "BTBTSETE", "BTBPVVTE"):
        assert not STRING.fullmatch(wrong)


def test_forks_are_fair(rng):
    found = strings(tasks.reber().draw(20_000, rng), reber.SYMBOLS)
    for place in (1, 3):  # outer and inner fork
        share = np.mean([s[place] == "T" for s in found])
        assert abs(share - 0.5) < 4 * 0.5 / np.sqrt(len(found))
    # after B T B T: any number of S, each with probability 1/2
    runs = [len(re.match(r"S*", s[4:])[0]) for s in found if s[3] == "T"]
    assert abs(np.mean(runs) - 1) < 4 * np.sqrt(2 / len(runs))


def test_legal_symbols_are_those_that_some_string_goes_on_with(rng):
    batch = tasks.reber().draw(4000, rng)
    seen = {}
    for string in strings(batch, reber.SYMBOLS):
        for i in range(1, 8):
            seen.setdefault(string[:i], set()).add(string[i])
    legal = reber.legal_next(batch)
    assert not legal[~batch.mask].any()
    for n, string in enumerate(strings(batch, reber.SYMBOLS)[:200]):
        for i in range(1, 7):
            named = {reber.SYMBOLS[k] for k in np.flatnonzero(legal[i - 1, n])}
            assert named == seen[string[:i]]
    broken = batch._replace(xs=batch.xs.copy())
    broken.xs[2, 5] = np.eye(7)[6]
    with pytest.raises(ValueError, match="string 5 breaks the grammar at step 2"):
        reber.legal_next(broken)


def test_reber_bounds_are_those_of_answers_built_by_hand(rng):
    task = tasks.reber()
    batch = task.draw(20_000, rng)
    legal = reber.legal_next(batch)
    knows = np.where(legal, 0.0, -800.0)
    assert cross_entropy(knows, batch) == pytest.approx(task.floor, rel=0.005)
    last = reber.decisive(batch)
    forgot = knows.copy()
    forgot[..., [1, 2]] = np.where(
        last.weights[..., None] == 1, 0.0, forgot[..., [1, 2]]
    )
    assert cross_entropy(forgot, batch) == pytest.approx(task.baseline, rel=0.005)
    assert cross_entropy(forgot, last) == pytest.approx(np.log(2), rel=1e-12)
    assert task.score(knows, batch) == 1 and task.solved(knows, batch)
    assert task.score(forgot, batch) == pytest.approx(0.5, abs=0.01)


def test_the_decisive_prediction_is_the_second_last_symbol(rng):
    batch = reber.decisive(tasks.reber().draw(200, rng))
    assert (batch.weights.sum(axis=0) == 1).all()
    for n, string in enumerate(strings(batch, reber.SYMBOLS)):
        (t,) = np.flatnonzero(batch.weights[:, n])
        assert t + 1 == len(string) - 2
        assert reber.SYMBOLS[batch.targets[t, n]] == string[1]


# --- the temperature of the Pacific ---------------------------------------------------


def test_the_series_says_where_it_is_from():
    sea = tasks.sea_temperature()
    assert sea.values.shape == sea.times.shape == (732,)
    assert str(sea.times[0]) == "1950-01" and str(sea.times[-1]) == "2010-12"
    assert (sea.values[0], sea.values[-1]) == (24.83, 25.29)
    assert tasks.sea_temperature("1+2").values[0] == 23.11
    assert "public domain" in sea.license and "NOAA" in sea.origin and sea.unit == "°C"
    text = (Path(series.__file__).parent / "data" / "README.md").read_text("utf-8")
    assert sea.sha256 in text and sea.license in " ".join(text.split())
    with pytest.raises(ValueError, match=r"region must be one of.*got '5'"):
        tasks.sea_temperature("5")


def test_a_changed_file_is_refused():
    path = Path(series.__file__).parent / "data" / "elnino.dat"
    data = path.read_bytes()
    assert len(data) < 60_000
    windows_line_ends = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    assert series._read(windows_line_ends, "3.4").values[0] == 24.83
    with pytest.raises(ValueError, match="was changed: its SHA-256"):
        series._read(data.replace(b"24.83", b"24.84", 1), "3.4")


@pytest.fixture
def sea():
    return tasks.sea_temperature()


def test_windows_see_the_past_and_are_asked_for_the_future(sea):
    length, horizon = 5, 3
    cut = tasks.windows(sea, length, horizon)
    for name in ("train", "valid", "test"):
        part, times = getattr(cut, name), cut.times[name]
        assert part.xs.shape == (length, len(times), 3)
        assert (part.weights[-1] == 1).all() and not part.weights[:-1].any()
        for n in (0, len(times) - 1):
            at = int(np.flatnonzero(sea.times == times[n])[0])
            seen = sea.values[at - horizon - length + 1 : at - horizon + 1]
            wanted = sea.values[at - length + 1 : at + 1]
            values = part.xs[:, n, 0], part.targets[:, n, 0]
            expected = (seen - cut.mean) / cut.std, (wanted - cut.mean) / cut.std
            np.testing.assert_allclose(values, expected, rtol=1e-4, atol=1e-6)
            angle = 2 * np.pi * (times[n].astype(int) % 12) / 12
            np.testing.assert_allclose(
                part.xs[-1, n, 1:], [np.sin(angle), np.cos(angle)], atol=1e-6
            )
    bounds = [str(cut.times[p][i]) for p in ("train", "valid", "test") for i in (0, -1)]
    assert bounds == ["1950-08", "1989-12", "1990-01", "1999-12", "2000-01", "2010-12"]


def test_training_knows_nothing_of_what_comes_after_it(sea):
    later = sea.values.copy()
    first = np.flatnonzero(sea.times == np.datetime64("1990-01"))[0]
    later[first:] += 40
    a, b = tasks.windows(sea), tasks.windows(sea._replace(values=later))
    for x, y in zip(a.train[:3], b.train[:3], strict=True):
        np.testing.assert_array_equal(x, y)
    for name in ("mean", "std", "monthly", "damping", "linear"):
        np.testing.assert_array_equal(getattr(a, name), getattr(b, name))
    assert (a.valid.targets[-1] != b.valid.targets[-1]).all()
    # a forecast does not see the month that it is for, nor those just before it
    test = np.flatnonzero(sea.times == a.times["test"][50])[0]
    later = sea.values.copy()
    later[test - a.horizon + 1 :] += 40
    b = tasks.windows(sea._replace(values=later))
    np.testing.assert_array_equal(a.test.xs[:, 50], b.test.xs[:, 50])
    assert (a.test.xs[-1, 51] != b.test.xs[-1, 51]).any()


def test_plain_forecasts_are_what_they_say(sea):
    horizon = 3
    cut = tasks.windows(sea, horizon=horizon)
    at = np.searchsorted(sea.times, cut.times["test"])
    month, past = sea.times.astype(int) % 12, sea.times < np.datetime64("1990-01")
    mean = np.array([sea.values[past & (month == m)].mean() for m in range(12)])
    anomaly = sea.values - mean[month]
    old = np.flatnonzero(past)[horizon:]
    slopes = []
    for m in range(12):
        i = old[month[old] == m]
        fit = np.polynomial.polynomial.polyfit(anomaly[i - horizon], anomaly[i], [1])
        slopes.append(fit[1])
    share = np.array(slopes)[month[at]]
    found = cut.forecasts(cut.test)
    wanted = {
        "persistence": sea.values[at - horizon],
        "monthly mean": mean[month[at]],
        "damped anomaly": mean[month[at]] + share * anomaly[at - horizon],
    }
    for name, values in wanted.items():
        np.testing.assert_allclose(found[name], values, atol=1e-5)
        error = np.sqrt(np.mean((values - sea.values[at]) ** 2))
        assert cut.rmse(found[name], cut.test) == pytest.approx(error, rel=1e-5)
    # in the unit of the task the damped anomaly is the baseline
    error = cut.rmse(found["damped anomaly"], cut.test)
    assert cut.task().baseline == pytest.approx((error / cut.std) ** 2)
    # least squares: nothing in the window explains what is left over in training
    left = cut.degrees(cut.train.targets) - cut.forecasts(cut.train)["linear"]
    assert np.abs(cut.train.xs[:, :, 0] @ left / len(left)).max() < 1e-4


def test_the_task_draws_windows_of_the_training_part(sea, rng):
    cut = tasks.windows(sea, length=12)
    batch = cut.task().draw(30, rng)
    known = {column.tobytes() for column in cut.train.xs.swapaxes(0, 1)}
    drawn = {column.tobytes() for column in batch.xs.swapaxes(0, 1)}
    assert drawn <= known and len(drawn) > 20


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"length": 0}, "length must be at least 1"),
        ({"horizon": 0}, "horizon must be at least 1"),
        ({"valid": "2000-01"}, "must follow each other"),
        ({"test": "2011-01"}, "must follow each other"),
        ({"valid": "1951-12"}, "at least 53 months"),
        ({"valid": "1951-12", "length": 1}, "at least 27 months"),
    ],
)
def test_windows_that_cannot_be_are_refused(sea, change, message):
    with pytest.raises(ValueError, match=message):
        tasks.windows(sea, **change)


def test_a_gap_and_a_series_without_news_are_refused(sea):
    values = sea.values.copy()
    values[100] = np.nan
    with pytest.raises(ValueError, match="gap"):
        tasks.windows(sea._replace(values=values))
    with pytest.raises(ValueError, match="every year"):
        tasks.windows(sea._replace(values=np.resize(sea.values[:12], 732)))
    gap = np.delete(sea.times, 100), np.delete(sea.values, 100)
    with pytest.raises(ValueError, match="gap"):
        tasks.windows(sea._replace(times=gap[0], values=gap[1]))


# --- characters -----------------------------------------------------------------------


def test_a_text_is_reduced_to_the_alphabet():
    text = "The “GRU”–cell:\n\n h_t = 3.5 (sic)…"
    plain = 'the "gru"-cell: h t . (sic) '
    assert characters.decode(characters.encode(text)) == plain
    assert len(set(characters.ALPHABET)) == len(characters.ALPHABET) == 36


def test_the_topics_are_english_prose_without_copies():
    text = tasks.topics_text()
    paragraphs = text.split("\n\n")
    assert len(text) > 100_000 and len(paragraphs) == len(set(paragraphs))
    assert min(map(len, paragraphs)) > 60
    assert ">>>" not in text and "::=" not in text
    words = Counter(text.lower().split())
    assert words["the"] > words["of"] > words["grammar"] > 0
    assert text == tasks.topics_text()


def test_without_the_topics_the_error_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "pydoc_data.topics", None)
    with pytest.raises(ModuleNotFoundError, match="text of your own"):
        tasks.topics_text()


def test_each_target_is_the_next_character_of_the_first_part(rng):
    text = "".join(characters.ALPHABET[i] for i in rng.integers(1, 36, 3000))
    made = tasks.characters(text, length=15, share=0.8)
    batch = made.task.draw(400, rng)
    for n in range(400):
        window = characters.decode([*batch.xs[:, n], batch.targets[-1, n]])
        assert window in text[:2400]
        assert characters.decode(batch.targets[:, n]) == window[1:]
    rest = characters.decode(made.test.xs.T.ravel())
    assert text[2400:].startswith(rest) and len(rest) >= 600 - 15
    rest = characters.decode(made.test.targets.T.ravel())
    assert text[2401:].startswith(rest)


def test_entropies_are_those_counted_by_hand(rng):
    after = {"a": "bbbbbc", "b": "aacd", "c": "dd", "d": "ab"}
    text = "a"
    while len(text) < 2400:
        text += rng.choice(list(after[text[-1]]))
    made = tasks.characters(text, length=10, share=5 / 6)
    train, V = text[:2000], len(characters.ALPHABET)
    pairs, firsts, nexts = map(Counter, (pairwise(train), train[:-1], train[1:]))
    costs = []  # each pair counts once more than it was seen
    for ids in zip(made.test.xs.ravel(), made.test.targets.ravel(), strict=True):
        x, y = characters.decode(ids)
        pair = (pairs[x, y] + 1) / (firsts[x] + V)
        costs.append(-np.log([(nexts[y] + V) / (1999 + V * V), pair]))
    found = made.single, made.pairs
    np.testing.assert_allclose(found, np.mean(costs, axis=0), rtol=1e-12)
    assert made.pairs < made.single and made.task.baseline == made.pairs


def test_a_text_too_short_is_refused():
    with pytest.raises(ValueError, match=r"text has 40 characters.*needs 11"):
        tasks.characters("abcd" * 10, length=10)
    with pytest.raises(ValueError, match="share must be between 0 and 1"):
        tasks.characters("abcd" * 100, length=10, share=1)


def test_the_names_are_those_of_the_modules():
    assert tasks.Batch is batches.Batch and tasks.Task is batches.Task
    assert all(hasattr(tasks, name) for name in tasks.__all__)
