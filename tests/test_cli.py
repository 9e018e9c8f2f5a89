"""The command: what it says, what it writes, how it ends."""

import json
import subprocess
import sys

import handed_in as made
import pytest

import gru_lesson
from gru_lesson.cli import main


def test_alone_it_says_what_there_is(capsys):
    assert main([]) == 0
    text = capsys.readouterr().out
    assert "grade" in text and "release" in text


def test_version(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert gru_lesson.__version__ in capsys.readouterr().out


def test_module_and_command_are_the_same():
    command = [sys.executable, "-m", "gru_lesson", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"gru-lesson {gru_lesson.__version__}\n"


def test_a_file_that_is_not_there(capsys):
    assert main(["grade", "nothing.ipynb"]) == 2
    assert "There is no nothing.ipynb" in capsys.readouterr().err


def test_an_exercise_that_is_not_there(capsys, tmp_path):
    file = tmp_path / "a.ipynb"
    file.write_text("{}")
    assert main(["grade", str(file), "--exercise", "2"]) == 2
    assert "02_update_gate" in capsys.readouterr().err


@pytest.mark.parametrize("shard", ["1", "a/b", "1/"])
def test_a_shard_that_is_none(shard, capsys):
    with pytest.raises(SystemExit):
        main(["grade", ".", "--shard", shard])
    assert "expected i/n" in capsys.readouterr().err


def test_no_notebook_is_exit_status_1(capsys, tmp_path):
    file = tmp_path / "a.ipynb"
    file.write_text("{}")
    assert main(["grade", str(file)]) == 1
    assert "not a notebook" in capsys.readouterr().out


@pytest.mark.slow
def test_full_points_are_exit_status_0(capsys, tmp_path):
    file = tmp_path / "mine.ipynb"
    file.write_bytes(made.saved(made.master()))
    assert main(["grade", str(file)]) == 0
    out = capsys.readouterr().out
    assert "✓ 2.1 The update gate in columns" in out
    assert "Total 13 of 13 points" in out


@pytest.mark.slow
def test_json_is_gradescopes(capsys, tmp_path):
    file = tmp_path / "mine.ipynb"
    file.write_bytes(made.saved(made.with_answer(made.WRONG)))
    assert main(["grade", str(file), "--json", "--seed", "hush"]) == 1
    read = json.loads(capsys.readouterr().out)
    assert read["score"] == 11
    first = read["tests"][0]
    assert first["score"] == 0 and first["max_score"] == 2
    assert first["status"] == "failed"
    assert first["extra_data"]["mistakes"] == ["the old state is left out"]
    assert "hush" not in json.dumps(read)


def test_release_needs_masters(capsys, tmp_path):
    assert main(["release", str(tmp_path)]) == 2
    assert "No master notebook" in capsys.readouterr().err
