"""What a notebook scored, question by question."""

from dataclasses import asdict, dataclass, field


@dataclass
class Result:
    """What one question scored.

    ``kind`` is "right" or why not; ``mistakes`` the known ones that explain the answer,
    ``text`` what the learner reads, ``note`` what the teacher may want to know.
    """

    question: str
    title: str
    points: int
    of: int
    kind: str
    mistakes: list
    text: str
    note: str = ""


@dataclass
class Grade:
    """What one notebook scored, question by question.

    ``problem`` says why there is no grade, where the file cannot be read.
    """

    name: str
    exercise: str
    results: list = field(default_factory=list)
    problem: str = ""
    seconds: float = 0.0
    key: str = ""

    @property
    def points(self):
        """Return the sum of the points."""
        return sum(result.points for result in self.results)

    @property
    def of(self):
        """Return how many points there are."""
        return sum(result.of for result in self.results)

    @property
    def full(self):
        """Tell whether every point was scored."""
        return bool(self.results) and self.points == self.of

    def record(self):
        """Return it as a dict that JSON can hold."""
        return asdict(self) | {"points": self.points, "of": self.of}
