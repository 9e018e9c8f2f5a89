"""Questions about a chapter that need no kernel: they are answered on the page.

In a notebook, ``quiz(2)`` as the last line of a cell. The questions are data, one file
for each chapter in the folder ``quizzes``. Their texts are HTML; the first choice that
has ``right = true``, or the ``number`` itself, is the answer.
"""

import tomllib
from dataclasses import dataclass
from html import escape
from itertools import count
from pathlib import Path

HERE = Path(__file__).parent
FILES = {int(path.stem[2:]): path for path in sorted(HERE.glob("quizzes/ch*.toml"))}
# JupyterLab would take some of the keys that are pressed in an input for its own.
KEYS = 'data-lm-suppress-shortcuts="true"'
_shown = count(1)  # a quiz shown twice on one page must not share its radio buttons


@dataclass(frozen=True)
class Quiz:
    """The questions of one chapter, shown as HTML that checks the answers itself."""

    chapter: int
    questions: list

    def __repr__(self):
        """Say what a notebook would show."""
        return f"{len(self.questions)} questions about chapter {self.chapter}"

    def _repr_html_(self):
        """Return the element with its questions, style and script."""
        style = (HERE / "quiz.css").read_text("utf-8")
        script = (HERE / "quiz.js").read_text("utf-8")
        name = f"quiz-{self.chapter}-{next(_shown)}"
        total = len(self.questions)
        parts = [
            _question(q, f"Question {k} of {total}", f"{name}-{k}")
            for k, q in enumerate(self.questions, 1)
        ]
        return (
            f"<gru-quiz><style>\n{style}</style>\n{''.join(parts)}</gru-quiz>\n"
            f"<script>\n{script}</script>\n"
        )


def quiz(chapter):
    """Show the questions of a chapter.

    Parameters
    ----------
    chapter : int
        The number of the chapter.

    Returns
    -------
    Quiz
        To be the last line of a cell.

    Raises
    ------
    ValueError
        If there are no questions about that chapter.
    """
    if chapter not in FILES:
        known = ", ".join(map(str, FILES))
        raise ValueError(
            f"There are no questions about chapter {chapter!r}; there are some about "
            f"the chapters {known}. Write, for example, quiz({max(FILES)})."
        )
    data = tomllib.loads(FILES[chapter].read_text("utf-8"))
    return Quiz(chapter, data["question"])


def _question(question, title, name):
    """Return one question with its inputs, its button and its answers."""
    number = "number" in question
    inputs = _field(question) if number else _radios(question["choice"], name)
    answers = _numbers(question) if number else _choices(question)
    return (
        f"<fieldset>\n<legend><b>{title}.</b> {question['text']}</legend>\n{inputs}"
        f'<button type="button" aria-label="Check: {title}">Check</button>\n'
        '<p role="status" aria-live="polite"></p>\n'
        f"<details><summary>{title}: all answers, and why</summary>\n"
        f"<ul>\n{answers}</ul></details>\n</fieldset>\n"
    )


def _radios(choices, name):
    """Return a labeled radio button for each choice."""
    return "".join(
        f'<label><input type="radio" name="{name}" value="{k}" {KEYS} />'
        f"<span>{choice['text']}</span></label>\n"
        for k, choice in enumerate(choices)
    )


def _field(question):
    """Return a labeled field for a number."""
    unit = f", {escape(question['unit'])}" if question.get("unit") else ""
    return (
        f'<label class="number">Your answer{unit}: '
        f'<input type="text" inputmode="decimal" autocomplete="off" {KEYS} /></label>\n'
    )


def _choices(question):
    """Return the explanation of each choice."""
    return "".join(
        _answer(choice["text"], choice["why"], question, choice.get("right", False))
        for choice in question["choice"]
    )


def _numbers(question):
    """Return the explanation of the number, of the known wrong ones and of the rest."""

    def one(answer, right):
        value = answer["number"]
        tolerance = question["tolerance"]
        data = f' data-number="{value}" data-tolerance="{tolerance}"'
        shown = f"{value:,}".replace("-", "−")
        return _answer(shown, answer["why"], question, right, data)

    known = "".join(one(wrong, right=False) for wrong in question["wrong"])
    rest = _answer("any other number", question["otherwise"], question, right=False)
    return one(question, right=True) + known + rest


def _answer(text, why, question, right, data=""):
    """Return one item of the answers; the script shows what is in its span."""
    verdict, mark = ("Right", ' data-right=""') if right else ("Not right", "")
    return (
        f"<li{mark}{data}><b>{verdict}: {text}.</b> "
        f"<span>{why} See section {question['section']}.</span></li>\n"
    )
