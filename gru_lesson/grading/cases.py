"""The inputs of a question under a seed, and what a right answer is to them."""

from typing import NamedTuple

from gru_lesson.grading.attempt import call
from gru_lesson.grading.question import generator
from gru_lesson.grading.values import from_the_edge, leaves, printed

ATTEMPTS = 2000  # draws of inputs until no printed value is near a rounding edge


class Case(NamedTuple):
    """One set of inputs: ``arguments`` and ``target``, what the reference returns."""

    arguments: tuple
    target: object


def cases(question, seed):
    """Draw the inputs of a question and compute the targets.

    Parameters
    ----------
    question : Question
        Whose inputs are drawn.
    seed : str
        Of the draws.

    Returns
    -------
    list of Case
        Under every seed, no value that a right answer prints is within the tolerance
        of a rounding edge.

    Raises
    ------
    RuntimeError
        If no draw keeps away from the edges: the question prints too many values.
    """
    if question.inputs is None:
        return [Case((), question.reference())]
    found = []
    for number in range(question.cases):
        for attempt in range(ATTEMPTS):
            rng = generator(seed, question.id, number, attempt)
            arguments = tuple(question.inputs(rng))
            target = call(question.reference, arguments, question.seconds)
            if target.error:
                raise target.error
            parts = leaves(target.value, target.value, question.returns)
            values = [
                number
                for part, _ in parts.values()
                if not isinstance(part, str) and part.dtype != bool
                for number in printed(part)
            ]
            edge = from_the_edge(values, question.decimals)
            if edge > 1.01 * question.tolerance:
                found.append(Case(arguments, target.value))
                break
        else:
            raise RuntimeError(f"{question.id}: every draw is near a rounding edge")
    return found
