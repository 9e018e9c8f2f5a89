"""A grade as a table for people, and as JSON for Gradescope."""

import json
from collections import Counter

MARKS = {"right": "✓", "unwritten": "·", "missing": "·"}


def table(grade):
    """Write a grade for people: a line for each question, with the diagnosis.

    Parameters
    ----------
    grade : Grade
        Of one notebook.

    Returns
    -------
    str
        Several lines.
    """
    head = f"{grade.name}: {grade.exercise or 'no exercise of this lesson'}"
    lines = [head]
    if grade.problem:
        lines.append(f"  {grade.problem}")
    for result in grade.results:
        mark = MARKS.get(result.kind, "✗")
        title = f"{result.question} {result.title}"
        lines.append(f"{mark} {title:<54} {result.points} of {result.of}")
        if result.note:
            lines.append(f"    Note: {result.note}.")
        if not grade.problem:
            lines += [f"    {line}" for line in result.text.splitlines()]
    lines.append(
        f"Total {grade.points} of {grade.of} points, in {grade.seconds:.1f} s."
    )
    return "\n".join(lines)


def gradescope(grade):
    """Write a grade in the form of Gradescope's ``results.json``.

    Parameters
    ----------
    grade : Grade
        Of one notebook.

    Returns
    -------
    str
        JSON with a test for each question; known mistakes are in ``extra_data``.
    """
    tests = [
        {
            "number": result.question,
            "name": result.title,
            "score": result.points,
            "max_score": result.of,
            "status": "passed" if result.kind == "right" else "failed",
            "output": "\n".join(filter(None, (result.text, result.note))),
            "extra_data": {"kind": result.kind, "mistakes": result.mistakes},
        }
        for result in grade.results
    ]
    return json.dumps(
        {
            "score": grade.points,
            "execution_time": round(grade.seconds),
            "output": grade.problem or f"Exercise {grade.exercise}",
            "visibility": "visible",
            "stdout_visibility": "hidden",
            "tests": tests,
            "extra_data": {"exercise": grade.exercise, "key": grade.key},
        },
        ensure_ascii=False,
        indent=1,
    )


def summary(records):
    """Write what a class did, by question and by misconception.

    Parameters
    ----------
    records : list of dict
        From `Grade.record`.

    Returns
    -------
    str
        Several lines.
    """
    questions, mistakes, kinds = {}, Counter(), Counter()
    for record in records:
        for result in record["results"]:
            entry = questions.setdefault(result["question"], [result["title"], 0, 0])
            entry[1] += result["kind"] == "right"
            entry[2] += 1
            kinds[result["kind"]] += 1
            for name in result["mistakes"]:
                mistakes[result["question"], name] += 1
    problems = [r for r in records if r["problem"]]
    full = sum(r["points"] == r["of"] > 0 for r in records)
    lines = [f"{len(records)} notebooks, {full} with all points."]
    lines += [f"  {r['name']}: {r['problem']}" for r in problems]
    lines.append("By question:")
    for number in sorted(questions, key=lambda n: [int(k) for k in n.split(".")]):
        title, right, count = questions[number]
        share = f"{right} of {count} right"
        lines.append(f"  {number} {title:<52} {share:>16}  {right / count:4.0%}")
    lines.append("By misconception:")
    for (number, name), count in mistakes.most_common():
        lines.append(f"  {count:4} × {number} {name}")
    lines.append("By kind of answer:")
    lines += [f"  {n:4} × {kind}" for kind, n in kinds.most_common()]
    return "\n".join(lines)
