"""The questions: right answers are accepted, wrong ones named, under every seed."""

import importlib
import json
import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from rewriting import mutants

from gru_lesson.grading.cases import cases
from gru_lesson.grading.judge import judge
from gru_lesson.grading.question import PUBLIC_SEED, edited, find, numbers
from gru_lesson.grading.values import leaves, print_lines

ROOT = Path(__file__).parents[1]
NUMBERS = numbers()
SEEDS = (PUBLIC_SEED, "a secret", "another")
FORBIDDEN = re.compile(
    r"\b(just|simply|obviously|clearly|of course|easy|trivial)\b", re.I
)


def answers(number):
    return importlib.import_module(f"answers.q{number.replace('.', '_')}")


@pytest.fixture(params=NUMBERS)
def number(request):
    return request.param


@pytest.fixture
def question(number):
    return find(number)


# --- what there is --------------------------------------------------------------------


def test_there_are_enough(measured):
    questions = [find(number) for number in NUMBERS]
    mistakes = sum(len(question.mistakes) for question in questions)
    points = sum(question.points for question in questions)
    starred = sum(question.starred for question in questions)
    text = f"{len(questions)} ({starred} starred), {points} points, {mistakes} mistakes"
    measured("questions", text)
    assert len(questions) >= 28
    assert mistakes >= 30
    for chapter in range(2, 11):
        assert len(numbers(chapter)) >= 5


def test_answers_are_written_for_every_question(question, number):
    written = answers(number)
    assert len(written.RIGHT) >= (5 if question.inputs else 1)
    assert set(written.WRONG) == {mistake.name for mistake in question.mistakes}
    assert written.STRANGE


def places(chapter):
    """Return the sections and equations of a chapter."""
    (path,) = ROOT.glob(f"chapters/{int(chapter):02}_*.ipynb")
    cells = json.loads(path.read_text("utf-8"))["cells"]
    text = "\n".join(
        "".join(c["source"]) for c in cells if c["cell_type"] == "markdown"
    )
    sections = set(re.findall(r"(?m)^## (\d+\.\d+) ", text))
    return sections, set(re.findall(r"\\tag\{(\d+\.\d+)\}", text))


def test_texts_point_to_what_exists(question):
    assert re.search(r"[Ss]ection", question.where)
    mistakes = question.mistakes
    texts = [question.where, *question.hints, *(m.where for m in mistakes)]
    named = "\n".join([*texts, *(m.advice for m in mistakes)])
    pattern = r"([Ss]ections?|[Ee]quations?) ((?:\d+\.\d+(?:, | and | to )?)+)"
    for what, places_named in re.findall(pattern, named):
        for place in re.findall(r"\d+\.\d+", places_named):
            sections, equations = places(place.partition(".")[0])
            known = sections if what[0] in "Ss" else equations
            assert place in known, f"{what} {place}"


def test_texts_are_short_and_neutral(question):
    assert len(question.hints) == 3
    names = [mistake.name for mistake in question.mistakes]
    assert len(set(names)) == len(names) >= 2
    for mistake in question.mistakes:
        assert mistake.name[-1] not in ".!" and len(mistake.name) <= 90, mistake.name
        assert mistake.advice[-1] in ".?", mistake.advice
        assert len(mistake.advice) <= 160, mistake.advice
        assert bool(mistake.old) != bool(mistake.instead), mistake.name
        assert not FORBIDDEN.search(mistake.name + mistake.advice), mistake.advice
    for hint in question.hints:
        assert not FORBIDDEN.search(hint) and len(hint) <= 300, hint


# --- right answers --------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_right_answers_are_accepted_however_they_are_written(number, question, seed):
    for answer in answers(number).RIGHT:
        verdict = judge(question, answer, seed)
        assert verdict.kind == "right", f"{answer}: {verdict.text}"
        assert verdict.points == question.points


def test_right_answers_print_the_same(number, question):
    texts = {judge(question, answer).text for answer in answers(number).RIGHT}
    assert len(texts) == 1


def test_right_answers_are_many(measured):
    count = sum(len(answers(number).RIGHT) for number in NUMBERS)
    measured("right answers written differently", f"{count}, all accepted")
    assert count >= 5 * len(NUMBERS)


def shaken(parts, by):
    return {
        label: part if isinstance(part, str) or part.dtype == bool else part + by
        for label, part in parts.items()
    }


def edges(question, seed):
    """Tell whether a right answer within the tolerance could print something else."""
    for case in cases(question, seed):
        pairs = leaves(case.target, case.target, question.returns)
        parts = {label: target for label, (target, _) in pairs.items()}
        texts = {
            tuple(
                print_lines(shaken(parts, by * question.tolerance), question.decimals)
            )
            for by in (-1, 0, 1)
        }
        if len(texts) > 1:
            return True
    return False


def near_edges(question, seeds):
    if question.inputs is None:
        return []  # nothing is printed but a stamp
    return [seed for seed in seeds if edges(question, seed)]


def test_printed_values_keep_away_from_rounding_edges(question):
    assert near_edges(question, [*SEEDS, *map(str, range(10))]) == []


@pytest.mark.slow
def test_printed_values_keep_away_from_the_edges_of_a_thousand_seeds(question):
    assert near_edges(question, [f"secret {i}" for i in range(1000)]) == []


def test_an_edge_is_seen():
    low, high = (print_lines({"z": np.array([0.12345 + e])}, 4) for e in (-1e-5, 1e-5))
    assert low != high


# --- wrong answers --------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_known_mistakes_are_named(number, question, seed):
    for name, answer in answers(number).WRONG.items():
        verdict = judge(question, answer, seed)
        assert verdict.names == (name,), f"{name}: {verdict.text}"
        assert verdict.points == 0


def test_nobody_is_accused_of_a_mistake_that_is_not_there(number, question):
    for answer in answers(number).STRANGE:
        verdict = judge(question, answer)
        assert verdict.kind not in ("right", "known", "convention"), verdict.text
        assert verdict.names == ()


def as_learner(question, variant):
    """Return a faulty reference as if a learner had written it."""
    return (lambda *a: variant(*a)) if question.inputs else variant()


def test_each_edit_of_the_bank_is_told_from_the_others(question):
    for mistake in question.mistakes:
        variant = edited(question, (mistake,))
        assert variant is not None, f"{mistake.name}: the old text is not there once"
        verdict = judge(question, as_learner(question, variant))
        assert verdict.names == (mistake.name,), f"{mistake.name}: {verdict.text}"
        assert mistake.advice.split()[0] in verdict.text


def test_two_mistakes_together_are_named(measured):
    named = known = 0
    for question in map(find, NUMBERS):
        for pair in combinations(question.mistakes, 2):
            variant = edited(question, pair)
            if variant is None or any(m.instead for m in pair):
                continue
            verdict = judge(question, as_learner(question, variant))
            known += 1
            named += bool(verdict.names) and verdict.kind != "right"
    measured("combinations of two mistakes", f"{known} possible, {named} explained")
    assert named >= 0.95 * known


def test_share_of_diagnoses_that_are_right(measured):
    cases = [
        (question, name, answer)
        for question in map(find, NUMBERS)
        for name, answer in answers(question.id).WRONG.items()
    ]
    right = sum(judge(q, answer).names == (name,) for q, name, answer in cases)
    measured("diagnoses of single mistakes", f"{right} of {len(cases)} right")
    assert right >= 0.95 * len(cases)


# --- mutation -------------------------------------------------------------------------


def computes_something_else(question, mutant, seeds):
    """Tell whether a mutant differs on inputs that the check does not use."""
    bare = replace(question, mistakes=(), seconds=1.0)
    return any(judge(bare, mutant, seed).kind != "right" for seed in seeds)


@pytest.mark.slow
def test_mutants_of_the_references_are_rejected(measured):
    made, same, survivors = 0, [], []
    for question in map(find, NUMBERS):
        bare = replace(question, mistakes=(), seconds=1.0)
        for what, mutant in mutants(question.reference):
            answer = mutant if question.inputs else value_of(mutant)
            if judge(bare, answer).kind != "right":
                made += 1
                continue
            seeds = [f"fresh {i}" for i in range(12)]
            different = question.inputs and computes_something_else(bare, mutant, seeds)
            (survivors if different else same).append(f"{question.id}: {what}")
    text = f"{made + len(survivors)} compute something else, {made} rejected"
    measured("mutants of the references", f"{text}; {len(same)} compute the same")
    for line in same:
        measured("  computes the same", line)
    assert survivors == []


def value_of(mutant):
    try:
        return mutant()
    except Exception:
        return None


def test_a_check_that_takes_anything_lets_mutants_live():
    """The measure can fail: what tolerates all distances rejects few."""
    question = replace(find("2.1"), mistakes=())
    loose = replace(question, tolerance=1e9)
    found = [mutant for _, mutant in mutants(question.reference)]
    drawn = cases(question, PUBLIC_SEED)
    rejected = [judge(question, mutant).kind != "right" for mutant in found]
    assert drawn and sum(rejected) > 20
    with pytest.raises(RuntimeError, match="rounding edge"):
        cases(loose, PUBLIC_SEED)
