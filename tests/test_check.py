"""What a learner is told by check, hint and progress."""

import json
import os
import warnings
from dataclasses import replace

import numpy as np
import pytest

from gru_lesson.cell import sigmoid
from gru_lesson.grading import check, grade_here, hint, progress
from gru_lesson.grading.judge import judge
from gru_lesson.grading.question import find


def right(x, h_prev, W, U, b):
    return sigmoid(W @ x + U @ h_prev + b[:, None])


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Work in an empty folder, as in a kernel that has just begun."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GRU_LESSON_GRADING", raising=False)
    monkeypatch.setattr("gru_lesson.grading.memory._memory", {})
    return tmp_path


def told(capsys, number, answer):
    check(number, answer)
    return capsys.readouterr().out


def test_a_right_answer_prints_points_and_values(capsys):
    lines = told(capsys, "2.1", right).splitlines()
    assert lines[0] == "2 of 2 points · 2.1 The update gate in columns"
    assert lines[2].split()[:5] == ["z", "shape", "4", "×", "2,"]
    assert len(lines) == 5


def test_values_depend_on_the_seed(capsys, monkeypatch):
    public = told(capsys, "2.1", right)
    monkeypatch.setenv("GRU_LESSON_SEED", "another")
    assert told(capsys, "2.1", right) != public


def test_a_value_is_not_betrayed(capsys):
    answer = find("2.2").reference()
    text = told(capsys, "2.2", answer)
    assert "2 of 2 points" in text and "stamp" in text
    for value in answer.values():
        assert f" {value}" not in text.split("\n", 1)[1]


MESSAGES = {
    "none": (None, "what came is None"),
    "dots": (..., "what came is None"),
    "a number": (1.0, "without calling it: what came is of type float"),
    "nothing returned": (lambda *a: None, "End your function with a return"),
    "text": (lambda *a: "z", "Make z an array or a number"),
    "complex": (lambda *a: 1j, "Make z an array or a number (real)"),
    "ragged": (lambda *a: [[1.0], [1.0, 2.0]], "What came is a list of 2"),
    "NaN": (lambda x, h, *a: h * np.nan, "it holds NaN or infinity"),
    "transposed": (lambda *a: right(*a).T, "The transpose would be right"),
    "one dimension": (lambda *a: right(*a)[0], "the shape is (2,), expected (4, 2)"),
    "scaled": (lambda *a: 1.5 * right(*a), "Every entry is 1.5 times"),
    "an entry": (lambda *a: right(*a) + np.eye(4, 2), "2 of 8 entries differ"),
    "shapes": (lambda x, h, *a: x @ h, "ValueError: matmul"),
    "shapes given": (lambda x, h, *a: x @ h, "x of shape (3, 2)"),
    "too few arguments": (lambda x: x, "TypeError"),
    "a name": (lambda *a: undefined, "NameError: name 'undefined'"),  # noqa: F821
    "exit": (lambda *a: exit(), "SystemExit"),
    "recursion": (lambda *a: MESSAGES["recursion"][0](), "RecursionError"),
}


@pytest.mark.parametrize("case", MESSAGES)
def test_each_way_to_be_wrong_has_its_message(case, capsys):
    answer, message = MESSAGES[case]
    text = told(capsys, "2.1", answer)
    assert "0 of 2 points" in text
    assert message in " ".join(text.split())
    assert 'hint("2.1")' in text and "Traceback" not in text
    assert max(map(len, text.splitlines())) <= 79


def test_the_stub_is_recognized(capsys):
    def stub(*arguments):
        raise NotImplementedError

    assert "in the place of `raise NotImplementedError`" in told(capsys, "2.1", stub)


def test_an_endless_loop_is_stopped(monkeypatch):
    def loop(*arguments):
        while True:
            pass

    assert judge(replace(find("2.1"), seconds=0.2), loop).kind == "slow"


def test_the_courses_own_function_is_not_an_answer(capsys):
    assert "gru_lesson's own" in told(capsys, "2.1", find("2.1").reference)


def test_a_function_in_the_place_of_a_value(capsys):
    assert "what came is a function" in told(capsys, "2.2", lambda: 1)


def test_a_known_mistake_is_named_after_what_to_do(capsys):
    text = told(capsys, "2.1", lambda x, h, W, U, b: sigmoid(W @ x + U @ h))
    lines = text.splitlines()
    assert lines[1].startswith("  Try: add b")
    assert lines[2] == "  This matches a known mistake: the bias is left out."
    assert lines[3].startswith("  Read: section 2.2")


def test_two_known_mistakes_are_named(capsys):
    text = told(capsys, "2.1", lambda x, h, W, U, b: np.tanh(W @ x + U @ h))
    assert text.count("Try: ") == 2
    assert "two known mistakes together" in text


def test_a_convention_is_named_and_converted(capsys):
    text = told(capsys, "2.1", lambda *a: 1 - right(*a))
    assert text.splitlines()[1].startswith("  Try: return 1 - z")
    assert "another convention: z writes" in text
    assert "mistake" not in text


def test_prints_and_warnings_of_the_answer_are_kept_apart(capsys):
    def chatty(*arguments):
        print("line\n" * 20)
        warnings.warn("careful", stacklevel=1)
        np.log(-1.0)
        return right(*arguments)

    check("2.1", chatty)
    said = capsys.readouterr()
    assert "2 of 2 points" in said.out and said.err == ""
    assert "Your function printed:" in said.out
    assert "lines more" in said.out


def test_in_a_grade_nothing_is_added(capsys, monkeypatch, folder):
    monkeypatch.setenv("GRU_LESSON_GRADING", "1")

    def chatty(*arguments):
        print("line")
        return right(*arguments)

    assert told(capsys, "2.1", chatty) == told(capsys, "2.1", right)
    grade_here()
    assert capsys.readouterr().out == ""
    hint("2.1")
    assert list(folder.iterdir()) == []


def test_inputs_that_are_changed_do_not_matter(capsys):
    def destructive(x, h_prev, W, U, b):
        z = right(x, h_prev, W, U, b)
        for array in (x, h_prev, W, U, b):
            array[...] = 0
        return z

    assert "2 of 2 points" in told(capsys, "2.1", destructive)


def test_an_unknown_question_names_the_nearest():
    with pytest.raises(ValueError, match=r"such as .*'2\.1'"):
        check("2.11", right)
    with pytest.raises(ValueError, match="numbers in quotes"):
        check(2.1, right)


# --- hints and progress ---------------------------------------------------------------


def test_hints_come_one_at_a_time(capsys):
    texts = []
    for _ in range(4):
        hint("2.1")
        texts.append(capsys.readouterr().out)
    assert [text.split()[1] for text in texts] == ["1", "2", "3", "3"]
    assert len(set(texts)) == 3
    assert ["last" in text for text in texts] == [False, False, True, True]


def test_progress_survives_a_new_kernel(capsys, monkeypatch, folder):
    check("2.1", right)
    monkeypatch.setattr("gru_lesson.grading.memory._memory", {})
    capsys.readouterr()
    progress(2)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("✓ 2.1") and lines[0].endswith("2 of 2")
    assert lines[1].startswith("  2.2")
    assert lines[-1].startswith("█") and lines[-1].endswith("2 of 13 points")


def test_progress_is_the_last_result(capsys):
    check("2.1", right)
    check("2.1", None)
    capsys.readouterr()
    progress(2)
    assert "· 2.1" in capsys.readouterr().out


def test_a_broken_file_of_progress_is_put_aside(capsys, folder):
    (folder / ".gru_lesson_progress.json").write_text("{broken")
    check("2.1", right)
    assert (folder / ".gru_lesson_progress.json.unreadable").read_text() == "{broken"
    assert json.loads((folder / ".gru_lesson_progress.json").read_text())


@pytest.mark.parametrize("text", ["[]", '{"2.1": 3}', '{"2.1": {"points": "x"}}'])
def test_strange_progress_does_not_stop_anybody(text, capsys, folder):
    (folder / ".gru_lesson_progress.json").write_text(text)
    progress()
    check("2.1", right)
    hint("2.1")
    assert "2 of 2 points" in capsys.readouterr().out


def test_without_a_disk_the_kernel_remembers(capsys, monkeypatch):
    def refuse(*arguments):
        raise OSError("read-only")

    monkeypatch.setattr(os, "replace", refuse)
    check("2.1", right)
    capsys.readouterr()
    progress(2)
    assert "✓ 2.1" in capsys.readouterr().out


def test_inputs_may_have_to_be_kept(capsys):
    question = find("2.1")
    strict = replace(question, keeps_inputs=True)

    def changes(x, h_prev, W, U, b):
        z = right(x, h_prev, W, U, b)
        U *= 2
        return z

    text = " ".join(judge(strict, changes).text.split())
    assert "after the call U is not what it was" in text
    assert judge(strict, right).kind == "right"
    assert judge(question, changes).kind == "right"
