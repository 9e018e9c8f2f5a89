"""The house rules: imports, sizes, docstrings, pins, what no file may hold."""

import ast
import importlib
import inspect
import io
import os
import re
import subprocess
import sys
import textwrap
import tokenize
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import gru_lesson

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "gru_lesson"
FILES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
    for path in sorted(PACKAGE.rglob("[!_]*.py"))
}


def python(*arguments, **options):
    """Run Python in a process of its own; fail with its output."""
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, **options
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


# --- imports --------------------------------------------------------------------------


TAUGHT = ["bptt", "rnn", "lstm", "gradcheck", "flow", "engine", "nn", "optim", "tasks"]


@pytest.mark.parametrize("module", TAUGHT)
def test_taught_code_needs_numpy_alone(module):
    code = f"import sys, gru_lesson.{module}; print(*sys.modules)"
    loaded = {name.split(".")[0] for name in python("-c", code).split()}
    assert "numpy" in loaded
    assert not loaded & {"matplotlib", "ipywidgets", "IPython", "pytest"}


def test_a_check_needs_neither_drawing_nor_nbval():
    code = (
        "import sys; from gru_lesson.grading import check; check('2.2', None); "
        "print(*sys.modules)"
    )
    loaded = {name.split(".")[0] for name in python("-c", code).split()}
    assert "numpy" in loaded
    assert not loaded & {"matplotlib", "ipywidgets", "pytest", "nbval", "nbformat"}


def imports(source):
    """Return what a module imports of the package: names and all that leads to them."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    parts = [name.split(".")[1:] for name in found if name.startswith("gru_lesson.")]
    return {".".join(part[:n]) for part in parts for n in range(1, len(part) + 1)}


def order(sources):
    """Sort modules so that each imports only from those before it."""
    graph = {name: imports(text) & sources.keys() for name, text in sources.items()}
    return list(TopologicalSorter(graph).static_order())


def test_no_circular_imports():
    found = order({name: path.read_text() for name, path in FILES.items()})
    assert found.index("validate") < found.index("bptt")
    assert found.index("cell") < found.index("bptt")


def test_a_circular_import_is_found():
    circle = {
        "a": "from gru_lesson import b",
        "b": "def f():\n    from gru_lesson.c import g",
        "c": "import gru_lesson.a",
    }
    with pytest.raises(CycleError):
        order(circle)


# --- sizes ----------------------------------------------------------------------------


def lines_of_code(source):
    """Count the lines that are neither docstring, comment nor blank."""
    lines = set()
    skip = {
        tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT,
        tokenize.DEDENT, tokenize.ENDMARKER,
    }  # fmt: skip
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in skip:
            lines |= set(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        if isinstance(
            node, ast.Module | ast.FunctionDef | ast.ClassDef
        ) and ast.get_docstring(node):
            text = node.body[0]
            lines -= set(range(text.lineno, text.end_lineno + 1))
    return len(lines)


def test_lines_of_code_are_counted_without_words():
    source = '"""One.\n\nTwo.\n"""\n\n# three\nx = (1,\n     2)  # four\n\n'
    assert lines_of_code(source) == 2
    source = 'def f():\n    """One.\n\n    Two.\n    """\n    return """a\nb"""\n'
    assert lines_of_code(source) == 3


def test_the_cell_can_be_read_in_one_sitting(measured):
    counts = {
        n: lines_of_code((PACKAGE / n).read_text()) for n in ("cell.py", "bptt.py")
    }
    text = ", ".join(f"{name} {count}" for name, count in counts.items())
    measured("lines of code", f"{text}, together {sum(counts.values())}")
    assert sum(counts.values()) <= 120


@pytest.mark.parametrize("module", FILES)
def test_no_module_is_too_long(module):
    assert len(FILES[module].read_text().splitlines()) <= 250


# --- docstrings -----------------------------------------------------------------------


def section(doc, title):
    """Return a numpydoc section of a docstring, "" if it has none."""
    match = re.search(rf"(?ms)^{title}\n-+\n(.*?)(?=^\S[^\n]*\n---|\Z)", doc)
    return match[1] if match else ""


def docstring_complaints(thing):
    """Find what the docstring of a function or class does not name."""
    doc = inspect.getdoc(thing) if thing.__doc__ else ""
    if inspect.isclass(thing):
        names = [n for n in getattr(thing, "_fields", ()) if f"``{n}``" not in doc]
        return names if doc else ["a docstring"]
    entries = re.findall(r"(?m)^(\S.*?)(?: :.*)?$", section(doc, "Parameters"))
    named = {name.strip("* ") for entry in entries for name in entry.split(",")}
    missing = [
        name for name in inspect.signature(thing).parameters if name not in named
    ]
    tree = ast.parse(textwrap.dedent(inspect.getsource(thing)))
    answers = any(isinstance(n, ast.Return) and n.value for n in ast.walk(tree))
    if answers and not section(doc, "Returns").strip():
        missing.append("Returns")
    raises = any(isinstance(node, ast.Raise) for node in ast.walk(tree))
    if raises and not section(doc, "Raises").strip():
        missing.append("Raises")
    return missing


@pytest.mark.parametrize("module", [name for name in FILES if ".bank.q" not in name])
def test_docstrings_name_every_parameter(module):
    module = importlib.import_module(f"gru_lesson.{module}")
    public = {
        name: docstring_complaints(thing)
        for name, thing in vars(module).items()
        if inspect.isroutine(thing) or inspect.isclass(thing)
        if thing.__module__ == module.__name__ and not name.startswith("_")
    }
    assert public
    assert {name: missing for name, missing in public.items() if missing} == {}


@pytest.mark.parametrize("module", [name for name in FILES if ".bank.q" in name])
def test_questions_say_in_a_line_what_they_ask(module):
    question = importlib.import_module(f"gru_lesson.{module}").QUESTION
    number = module.rpartition(".q")[2].replace("_", ".")
    source = sys.modules[question.reference.__module__].__doc__
    assert source.startswith(f"{number}: ") and question.reference.__doc__


def test_a_parameter_that_is_not_named_is_found():
    def half(a, b, *rest, c=1):
        """Do.

        Parameters
        ----------
        a, c : int
            The b : in here does not count.

        Returns
        -------
        int
        """
        if a:
            raise ValueError
        return a

    assert docstring_complaints(half) == ["b", "rest", "Raises"]

    def bare(a):
        return a

    assert docstring_complaints(bare) == ["a", "Returns"]


# --- what the files must not hold -----------------------------------------------------

FORBIDDEN = [
    r"\b(?:pypi|npmjs|debian)\.org",
    r"files\.pythonhosted",
    r"(?<![\w.~$:/}>-])/(?:root|work|tmp|home)\b",
]


def forbidden(text):
    return [match[0] for pattern in FORBIDDEN for match in re.finditer(pattern, text)]


def test_no_registry_and_no_path_of_a_machine():
    if not (ROOT / ".git").exists():
        pytest.skip("not a clone")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    files = subprocess.check_output(command, cwd=ROOT, text=True).splitlines()
    assert "pyproject.toml" in files
    found = {}
    for name in files:
        data = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" not in data:
            found[name] = forbidden(data.decode("utf-8"))
    assert {name: where for name, where in found.items() if where} == {}


def test_registries_and_paths_are_found():
    for host in ("pypi", "registry.npmjs", "deb.debian"):
        assert forbidden(f"get it from https://{host}.{'org'}/simple")
    assert forbidden("https://files." + "pythonhosted.org/x")
    for folder in ("root", "work", "tmp", "home"):
        assert forbidden(f'path = "/{folder}/x"')
        assert forbidden(f"see /{folder}")
    for fine in ("../work/x", "https://x.org/home/", "~/tmp/x", "$HOME/work", "a/tmp"):
        assert not forbidden(fine)


def test_ruff_is_content():
    python("-m", "ruff", "check", "--no-cache", ROOT)
    python("-m", "ruff", "format", "--no-cache", "--check", ROOT)


def test_every_tool_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    wanted = {canonicalize_name(Requirement(r).name) for group in groups for r in group}
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pins = [Requirement(line) for line in lines if line.strip() and line[0] != "#"]
    assert wanted <= {canonicalize_name(pin.name) for pin in pins}
    for pin in pins:
        assert re.fullmatch(r"==[\w.!+]+", str(pin.specifier)), pin


def test_version_is_that_of_the_citation():
    citation = (ROOT / "CITATION.cff").read_text()
    assert f"\nversion: {gru_lesson.__version__}\n" in citation.replace('"', "")


# --- installed, not cloned ------------------------------------------------------------

RUN = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=60).execute()
"""


@pytest.mark.slow
def test_chapters_run_on_the_installed_wheel_alone(tmp_path):
    """Build the wheel, install it where nothing else is, run each chapter there."""
    # as outside: no path that leads to the clone
    outside = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    options = {"cwd": tmp_path, "env": outside}
    python("-m", "pip", "wheel", "-q", ROOT, "--no-deps", "-w", "wheels", **options)
    (wheel,) = (tmp_path / "wheels").iterdir()
    python("-m", "venv", "fresh", **options)
    fresh = tmp_path / "fresh" / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [fresh, "-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt"]
    wheel = f"{wheel}[grade]"
    subprocess.run([*install, wheel, "ipykernel", "nbclient"], check=True, **options)
    empty = tmp_path / "empty"
    empty.mkdir()
    where = [fresh, "-c", "import gru_lesson; print(gru_lesson.__file__)"]
    options["cwd"] = empty
    assert str(tmp_path) in subprocess.check_output(where, text=True, **options)
    chapters = sorted(ROOT.glob("chapters/*.ipynb"))
    assert chapters
    for chapter in chapters:
        subprocess.run([fresh, "-c", RUN, chapter], check=True, **options)
        assert list(empty.iterdir()) == []
    master = ROOT / "exercises" / "solutions" / "02_update_gate.ipynb"
    grade = [fresh, "-m", "gru_lesson", "grade", master, "--seed", "secret"]
    subprocess.run(grade, check=True, **options)
