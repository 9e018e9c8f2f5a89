"""Exercises that answer at once, and a grade from a clean kernel.

In a notebook: ``check("2.1", answer)``, ``hint("2.1")``, ``progress()`` and
``grade_here()``. At the command line: ``gru-lesson grade``.
"""

from gru_lesson.grading.here import grade_here
from gru_lesson.grading.memory import progress
from gru_lesson.grading.notebook import check, hint

__all__ = ["check", "grade_here", "hint", "progress"]
