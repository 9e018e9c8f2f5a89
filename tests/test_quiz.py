"""The questions that need no kernel: complete, true, and well made as HTML."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from gru_lesson.cell import GRUCache, blend, candidate, init_params, sigmoid
from gru_lesson.flow import paths
from gru_lesson.gradcheck import numerical_gradient
from gru_lesson.grading.quiz import FILES, Quiz, quiz
from gru_lesson.optim import Adam, clip
from gru_lesson.rnn import init_rnn_params, rnn_step

ROOT = Path(__file__).parents[1]
CHAPTERS = range(1, 11)
TAGS = {"i", "b", "sub", "sup", "code"}
KEYS = {"name", "section", "text"}
QUESTIONS = [
    pytest.param(question, id=f"{chapter}-{question['name']}")
    for chapter in FILES
    for question in quiz(chapter).questions
]
CHOICES = [p for p in QUESTIONS if "choice" in p.values[0]]
NUMBERS = [p for p in QUESTIONS if "number" in p.values[0]]


def texts(question):
    """Return all that a reader sees of a question."""
    parts = [question, *question.get("choice", []), *question.get("wrong", [])]
    found = [part[key] for part in parts for key in ("text", "why") if key in part]
    return found + [question[key] for key in ("otherwise", "unit") if key in question]


def page(chapter):
    """Return the element of a chapter's questions as a tree."""
    html = quiz(chapter)._repr_html_()
    html = re.sub(r"(?s)<style>.*?</style>|<script>.*?</script>", "", html)
    return ElementTree.fromstring(html)


# --- the data -------------------------------------------------------------------------


def test_every_chapter_has_three_questions_or_more(measured):
    assert list(FILES) == list(CHAPTERS)
    assert all(3 <= len(quiz(chapter).questions) <= 4 for chapter in FILES)
    text = f"{len(QUESTIONS)}, of them {len(NUMBERS)} ask for a number"
    measured("questions without a kernel", text)


def test_names_differ():
    names = Counter(p.values[0]["name"] for p in QUESTIONS)
    assert max(names.values()) == 1


@pytest.mark.parametrize("question", CHOICES)
def test_one_choice_is_right_and_each_is_explained(question):
    assert set(question) == KEYS | {"choice"}
    choices = question["choice"]
    assert 3 <= len(choices) <= 4
    assert [c["right"] for c in choices if "right" in c] == [True]
    assert all(set(c) - {"right"} == {"text", "why"} for c in choices)
    assert all(len(c["why"]) > 40 for c in choices)
    assert len({c["text"] for c in choices}) == len(choices)


@pytest.mark.parametrize("question", NUMBERS)
def test_a_number_has_known_mistakes_that_it_can_tell_apart(question):
    expected = KEYS | {"number", "tolerance", "why", "otherwise", "wrong"}
    assert set(question) - {"unit"} == expected
    assert len(question["wrong"]) >= 2
    assert all(set(wrong) == {"number", "why"} for wrong in question["wrong"])
    explanations = [wrong["why"] for wrong in question["wrong"]]
    assert all(len(why) > 40 for why in [*explanations, question["otherwise"]])
    numbers = sorted([question["number"], *(w["number"] for w in question["wrong"])])
    assert min(np.diff(numbers)) > 2 * question["tolerance"] > 0


def test_the_right_choice_is_not_always_at_the_same_place():
    for chapter in FILES:
        choices = [q["choice"] for q in quiz(chapter).questions if "choice" in q]
        places = {[c.get("right", False) for c in cs].index(True) for cs in choices}
        assert len(places) > 1, chapter


@pytest.mark.parametrize("question", QUESTIONS)
def test_texts_are_plain_html_in_the_voice_of_the_book(question):
    for text in texts(question):
        tree = ElementTree.fromstring(f"<p>{text}</p>")  # well formed
        assert {node.tag for node in tree.iter()} <= TAGS | {"p"}
        assert not any(node.attrib for node in tree.iter())
        assert not re.search(r"\$|\\|(?i:\b(just|simply|obviously|clearly)\b)", text)
        assert text == text.strip() and "  " not in text
    for choice in question.get("choice", []):
        assert not choice["text"].endswith(".")  # the list of answers adds it


def test_the_sections_exist():
    for chapter in FILES:
        (path,) = ROOT.glob(f"chapters/{chapter:02}_*.ipynb")
        headings = set(re.findall(r'"## (\d+\.\d+) ', path.read_text("utf-8")))
        for question in quiz(chapter).questions:
            assert question["section"] in headings
        mentioned = re.findall(r"section (\d+\.\d+)", str(quiz(chapter).questions))
        assert all(int(name.split(".")[0]) <= chapter for name in mentioned)


def test_each_chapter_shows_its_own_questions():
    words = {3: "Three", 4: "Four"}
    for chapter in FILES:
        (path,) = ROOT.glob(f"chapters/{chapter:02}_*.ipynb")
        text = path.read_text("utf-8")
        assert re.findall(r"\bquiz\((\d+)\)", text) == [str(chapter)]
        assert f'"{words[len(quiz(chapter).questions)]} questions. They' in text


# --- the numbers, computed anew: the right one, then the known wrong ones -------------


def one_unit_jacobian():
    p = {"W_xh": np.zeros((1, 1)), "W_hh": np.full((1, 1), 2.0), "b_h": np.zeros(1)}
    h_prev = np.arctanh(np.full((1, 1), 0.6)) / 2

    def state():
        return rnn_step(np.zeros((1, 1)), h_prev, p)[0].item()

    assert np.isclose(state(), 0.6)
    right = numerical_gradient(state, h_prev).item()
    return right, 2, 1 - 0.6**2, 2 * (1 - 0.6), 2 * 0.6


def half_life():
    right = -np.log(2) / np.log(0.8)
    assert np.isclose(0.8**right, 0.5)
    return right, -1 / np.log(0.8), 0.5 / 0.2, -np.log(2) / np.log(0.2)


def bias_in_the_other_convention():
    assert np.isclose(1 - sigmoid(-3.0), sigmoid(3.0))
    assert round(1 - sigmoid(3.0), 2) == 0.05
    return -3, 3, 1 - 3, 1 - sigmoid(3.0)


def what_is_left():
    p = init_params(2, 4, np.random.default_rng(0))
    x, pasts, r = np.ones((1, 2)), np.zeros((2, 4)), np.zeros((2, 4))
    pasts[:, 1] = 0.2, 0.7
    h = blend(0.6, pasts, candidate(x, pasts, r, p))
    other = blend(1 - 0.6, pasts, candidate(x, pasts, r, p))
    return h[1, 1] - h[0, 1], 0, other[1, 1] - other[0, 1], 0.5


def scale_then_mix():
    r, h = np.array([0.5, 1.0]), np.array([0.4, -0.6])
    W = np.array([[1.0, 2.0], [3.0, -1.0]])
    right, second = (r * h) @ W
    return right, (r * (h @ W))[0], (h @ W)[0], (W @ (r * h))[0], second


def one_blend():
    z, h_prev, h_tilde = 0.75, -0.6, 0.8
    other = blend(1 - z, h_prev, h_tilde)
    parts = z * h_prev, (1 - z) * h_tilde, (h_prev + h_tilde) / 2
    return blend(z, h_prev, h_tilde), other, *parts


def after_a_jump():
    h = 0.0
    for _ in range(20):
        h = blend(0.95, h, 1.0)
    assert round(-1 / np.log(0.95)) == 19  # "about one time constant"
    assert f"{1 - 0.05**2:.2f}" == "1.00"
    return h, 1 - h, 20 * 0.05


def parameters():
    D, H = 8, 16
    counted = sum(a.size for a in init_params(D, H, np.random.default_rng(0)).values())
    line = D * H + H * H + H
    elman = init_rnn_params(D, H, np.random.default_rng(0)).values()
    assert sum(a.size for a in elman) == line
    return counted, counted + 3 * H, 4 * line, line, counted - 3 * H


def gradient_of_the_gate():
    a = np.zeros(1)  # z = 0.5

    def loss(sign=1):
        return 2 * blend(sigmoid(sign * a), 0.2, -0.4).item()

    def writes():
        return loss(sign=-1)

    right = numerical_gradient(loss, a).item()
    wrong = numerical_gradient(writes, a).item()
    return right, wrong, 2 * 0.6, 2 * 0.6 * 0.5, 0.6 * 0.25


def two_paths():
    p = {"W_hz": np.zeros((1, 1)), "W_hr": np.zeros((1, 1)), "W_hh": np.full((1, 1), 2)}
    z, r, h_tilde, h_prev = (np.full((1, 1), v) for v in (0.8, 0.5, 0.6, 0.3))
    parts = paths(GRUCache(None, h_prev, z, r, h_tilde), p)
    keep, seen = parts["keep"].item(), parts["candidate"].item()
    assert not parts["update_gate"].any() and not parts["reset_gate"].any()
    writes = sum(paths(GRUCache(None, h_prev, 1 - z, r, h_tilde), p).values()).item()
    forgot = [seen / (1 - 0.8), seen / (1 - 0.6**2), seen / 0.5]
    return keep + seen, keep, writes, *(keep + wrong for wrong in forgot)


def clipped_together():
    norms = 2.0, 3.0, 6.0
    grads = {f"{norm}": np.full(4, norm / 2) for norm in norms}
    assert np.isclose(clip(grads, 1.0), 7)
    third = np.linalg.norm(grads["6.0"])
    alone = {"6.0": np.full(4, 3.0)}
    clip(alone, 1.0)
    return third, np.linalg.norm(alone["6.0"]), 6 / sum(norms), 6 / 7**2


def first_update_of_adam():
    g, entry = np.array([1e-4]), {"a": np.zeros(1)}
    Adam(entry, rate=0.01).step({"a": g})
    g, m, v = 1e-4, 0.1 * 1e-4, 0.001 * 1e-8
    return -entry["a"].item(), 0.01 * g, 0.01 * m / g, 0.01 * m / np.sqrt(v)


def four_did_not_end():
    solved, cap = [300, 400, 500, 700, 900], 2000
    every = solved + 4 * [cap]
    wrong = np.median(solved), np.mean(solved), np.mean(every), cap
    return np.median(every), *wrong


COMPUTED = {
    "one-unit-jacobian": one_unit_jacobian,
    "half-life": half_life,
    "bias-in-the-other-convention": bias_in_the_other_convention,
    "what-is-left": what_is_left,
    "scale-then-mix": scale_then_mix,
    "one-blend": one_blend,
    "after-a-jump": after_a_jump,
    "parameters": parameters,
    "gradient-of-the-gate": gradient_of_the_gate,
    "two-paths": two_paths,
    "clipped-together": clipped_together,
    "first-update-of-adam": first_update_of_adam,
    "four-did-not-end": four_did_not_end,
}


@pytest.mark.parametrize("question", NUMBERS)
def test_numbers_are_what_the_code_computes(question):
    given = [question["number"], *(w["number"] for w in question["wrong"])]
    computed = COMPUTED[question["name"]]()
    assert np.allclose(given, computed, rtol=0, atol=question["tolerance"])


def test_numbers_in_the_explanations():
    assert round(1 - 0.99**6, 2) == 0.06 and 0.99**60 > 0.5  # fixed-leak
    assert round(np.log10(0.5**100)) == -30  # what-a-gate-changes
    near, nearer = sigmoid(4.0), sigmoid(5.0)  # one-more-bias
    assert (round(float(near), 3), round(float(nearer), 3)) == (0.982, 0.993)
    lives = [-np.log(2) / np.log(z) for z in (near, nearer)]
    assert np.round(lives).tolist() == [38, 103]
    assert round(lives[1] / lives[0], 1) == 2.7 and (1 - nearer) / (1 - near) < 0.5
    D, H = 16, 32  # missing-192
    ours = 2 * sum(a.size for a in init_params(D, H, np.random.default_rng(0)).values())
    assert (ours, ours + 6 * H) == (9408, 9600)


# --- as HTML --------------------------------------------------------------------------


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_html_is_well_formed_and_labeled(chapter):
    questions = quiz(chapter).questions
    fieldsets = page(chapter).findall("fieldset")
    assert len(fieldsets) == len(questions)
    for fieldset, question in zip(fieldsets, questions, strict=True):
        assert fieldset[0].tag == "legend"
        inputs = list(fieldset.iter("input"))
        assert len(inputs) == len(question.get("choice", "1"))
        assert inputs == fieldset.findall("label/input")
        assert all(
            "".join(label.itertext()).strip() for label in fieldset.iter("label")
        )
        assert {i.get("data-lm-suppress-shortcuts") for i in inputs} == {"true"}
        answers = fieldset.findall("details/ul/li")
        known = question.get("choice", question.get("wrong", [])).__len__()
        assert len(answers) == known + 2 * ("number" in question)
        assert [a.get("data-right") for a in answers].count("") == 1
        for answer in answers:
            section = f"See section {question['section']}."
            assert "".join(answer.find("span").itertext()).endswith(section)


def test_the_answers_stand_in_the_order_of_the_choices():
    for chapter in FILES:
        for question, fieldset in zip(
            quiz(chapter).questions, page(chapter), strict=True
        ):
            answers = fieldset.findall("details/ul/li")
            for choice, answer in zip(
                question.get("choice", []), answers, strict=False
            ):
                assert ("right" in choice) == ("data-right" in answer.attrib)
                said = "".join(answer.find("b").itertext())
                text = "".join(
                    ElementTree.fromstring(f"<p>{choice['text']}</p>").itertext()
                )
                verdict = "Right" if "right" in choice else "Not right"
                assert said == f"{verdict}: {text}."


def test_two_quizzes_on_a_page_share_no_name_and_no_id():
    html = quiz(2)._repr_html_(), quiz(2)._repr_html_()
    names = [set(re.findall(r' name="(.*?)"', text)) for text in html]
    assert all(names) and not names[0] & names[1]
    assert not re.search(r"\sid=|\son\w+=", re.sub(r"(?s)<script>.*", "", html[0]))


def test_the_script_can_run_twice_and_asks_no_other_host():
    html = quiz(1)._repr_html_()
    (script,) = re.findall(r"(?s)<script>(.*?)</script>", html)
    (style,) = re.findall(r"(?s)<style>(.*?)</style>", html)
    assert 'customElements.get("gru-quiz") || customElements.define(' in script
    assert not re.search(
        r"https?:|//\w+\.|@import|url\(|fetch|import\(", script + style
    )
    style = re.sub(r"(?s)/\*.*?\*/|@media print|\{[^{}]*\}|[{}]", "\n", style)
    selectors = re.split(r"\n|,\s+(?![^(]*\))", style)
    selectors = [selector.strip() for selector in selectors if selector.strip()]
    assert len(selectors) > 10
    assert all(selector.startswith("gru-quiz") for selector in selectors), selectors


def test_a_unit_is_escaped():
    question = {
        "name": "x", "section": "1.1", "text": "T", "number": 1, "tolerance": 0.1,
        "unit": "a < b & c", "why": "W", "otherwise": "O", "wrong": [],
    }  # fmt: skip
    html = Quiz(1, [question])._repr_html_()
    assert "Your answer, a &lt; b &amp; c: " in html


# --- as a function --------------------------------------------------------------------


@pytest.mark.parametrize("chapter", [0, 99, "2", None, 2.5])
def test_an_unknown_chapter_is_named(chapter):
    message = rf"about chapter {re.escape(repr(chapter))};.*1, 2, 3, 4, 5, 6, 7"
    with pytest.raises(ValueError, match=message):
        quiz(chapter)


def test_as_text_it_says_what_it_is():
    assert repr(quiz(3)) == "4 questions about chapter 3"


def test_importing_it_loads_neither_matplotlib_nor_pytest():
    code = "import sys, gru_lesson.grading.quiz; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert "gru_lesson.grading.quiz" in loaded
    assert not {"matplotlib", "pytest", "IPython", "ipywidgets"} & set(loaded)
