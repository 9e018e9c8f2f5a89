"""Wheel and source distribution carry every file of the package; one version number."""

import os
import re
import tarfile
import zipfile
from pathlib import Path

import pytest

import gru_lesson

flit = pytest.importorskip("flit_core.buildapi", reason="comes with the extra `book`")
ROOT = Path(__file__).parents[1]
FILES = {
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "gru_lesson").rglob("*")
    if path.is_file() and "__pycache__" not in path.parts
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build both in a folder of their own."""
    folder, before = tmp_path_factory.mktemp("dist"), os.getcwd()
    os.chdir(ROOT)
    try:
        return [
            folder / make(str(folder)) for make in (flit.build_wheel, flit.build_sdist)
        ]
    finally:
        os.chdir(before)


def test_the_data_are_there():
    kinds = {Path(name).suffix for name in FILES}
    assert {".py", ".ipynb", ".toml", ".js", ".css", ".mplstyle"} <= kinds


def test_the_wheel_carries_all_of_it(built, measured):
    with zipfile.ZipFile(built[0]) as wheel:
        names = set(wheel.namelist())
        entry = next(name for name in names if name.endswith("entry_points.txt"))
        assert "gru-lesson=gru_lesson.cli:main" in wheel.read(entry).decode()
    measured("wheel", f"{len(names)} files, {built[0].stat().st_size / 1000:.0f} kB")
    assert names >= FILES
    assert not [name for name in names if "solutions" in name or "/tests/" in name]


def test_the_source_distribution_carries_all_of_it(built, measured):
    with tarfile.open(built[1]) as source:
        names = {name.partition("/")[2] for name in source.getnames()}
    measured("sdist", f"{len(names)} files, {built[1].stat().st_size / 1000:.0f} kB")
    assert names >= FILES | {"pyproject.toml", "README.md", "LICENSE"}


def test_there_is_one_version():
    version = gru_lesson.__version__
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(r"(?m)^## (\S+)", changes)[1].strip("[],") == version
