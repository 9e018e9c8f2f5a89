"""The workflows, which cannot run here: pinned actions, few permissions, real steps."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.fixture(params=[path.stem for path in WORKFLOWS])
def text(request):
    return (ROOT / ".github" / "workflows" / f"{request.param}.yml").read_text("utf-8")


@pytest.fixture
def workflow(text):
    return yaml.safe_load(text)


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_there_are_three():
    assert [path.stem for path in WORKFLOWS] == ["publish", "test", "weekly"]


def test_actions_are_pinned_to_a_commit_and_say_which_release(text):
    used = re.findall(r"uses: (\S+)(.*)", text)
    assert used
    for action, comment in used:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", action), action
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment), action


def test_a_job_may_do_no_more_than_it_says(workflow):
    assert workflow["permissions"] == {}
    for name, job in workflow["jobs"].items():
        writes = {k for k, v in job["permissions"].items() if v == "write"}
        assert writes <= ({"contents", "pages"} if name == "publish" else set())
        assert job["timeout-minutes"] <= 45


def test_what_may_write_runs_nothing_of_the_repository():
    publish = yaml.safe_load(WORKFLOWS[0].read_text("utf-8"))["jobs"]["publish"]
    assert publish["needs"] == "build"
    for step in publish["steps"]:
        assert "checkout" not in step.get("uses", "")
        assert not re.search(r"\b(make|python|pip|npm)\b", step.get("run", ""))


def test_no_expression_is_put_into_a_script(workflow):
    """What comes from outside reaches a script by its environment, or not at all."""
    for step in steps(workflow):
        found = re.findall(r"\$\{\{(.*?)\}\}", step.get("run", ""))
        assert all(expression.strip().startswith("matrix.") for expression in found)


def test_steps_call_what_exists(workflow):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for step in steps(workflow):
        run = step.get("run", "")
        for target in re.findall(r"(?m)^\s*make (\S+)", run):
            rule = target.replace(".venv", "$(VENV)")
            assert re.search(rf"(?m)^{re.escape(rule)}:", makefile), target
        for file in re.findall(r"(?<=python )\.github/\S+\.py", run):
            assert (ROOT / file).exists(), file


def test_the_oldest_python_is_the_one_that_is_promised():
    matrix = yaml.safe_load(WORKFLOWS[1].read_text("utf-8"))["jobs"]["test"]["strategy"]
    oldest = matrix["matrix"]["python"][0]
    assert f'requires-python = ">={oldest}"' in (ROOT / "pyproject.toml").read_text()
    systems = {name.split("-")[0] for name in matrix["matrix"]["os"]}
    assert systems == {"ubuntu", "macos", "windows"}
