"""As Colab does it: a notebook of the site, alone, where only its needs are there."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import nbformat
import pytest
from handed_in import answer_cells, check_cells, master
from nbclient import NotebookClient
from served import ROOT, serve
from site_downloads import write_downloads

from gru_lesson.grading.release import solution

pytestmark = pytest.mark.slow
CHAPTER, EXERCISE = "chapters/02_update_gate.ipynb", "exercises/02_update_gate.ipynb"
# what Colab has; the loopback server is asked directly
HAS = ["numpy", "matplotlib", "ipywidgets", "ipykernel", "tqdm"]
OUTSIDE = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
OUTSIDE |= {"no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1"}


def run(*command, **options):
    done = subprocess.run(
        command, env=OUTSIDE, capture_output=True, text=True, **options
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """Return the Python of a new environment."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=True)
    name = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    python = folder / name
    pins = ["-c", ROOT / "constraints.txt"]
    run(python, "-m", "pip", "install", "-q", *pins, *HAS, cwd=folder)
    return python


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Serve the downloads of the site; return its folder."""
    folder = tmp_path_factory.mktemp("site")
    with serve(folder) as address:
        write_downloads(folder, ROOT, [CHAPTER, EXERCISE], address)
        yield folder


def opened(site, path, folder):
    """Put the notebook of the site into a folder, without cell ids, metadata, tags."""
    tree = json.loads((site / "colab" / path).read_text("utf-8"))
    tree["nbformat_minor"] = 4
    for cell in tree["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {}
    file = folder / Path(path).name
    file.write_text(json.dumps(tree), "utf-8")
    return nbformat.read(file, as_version=4)


def run_all(notebook, python, folder):
    """Run all cells in a kernel of this Python."""
    spec = folder.parent / "jupyter" / "kernels" / "fresh"
    spec.mkdir(parents=True)
    argv = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    kernel = {"argv": argv, "display_name": "Fresh", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(kernel))
    options = {"resources": {"metadata": {"path": str(folder)}}, "timeout": 60}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(spec.parents[1]))
        client = NotebookClient(notebook, kernel_name="fresh", **options)
        client.execute(env=OUTSIDE)
    return notebook


def freeze(python):
    return set(run(python, "-m", "pip", "freeze").splitlines())


@pytest.fixture(scope="module")
def ran(fresh, site, tmp_path_factory):
    """Run the chapter, first of all; return it, and pip's list before and after."""
    folder = tmp_path_factory.mktemp("chapter") / "empty"
    folder.mkdir()
    notebook = opened(site, CHAPTER, folder)
    before = freeze(fresh)
    run_all(notebook, fresh, folder)
    return notebook, before, freeze(fresh)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_the_first_cell_installs_the_lesson_and_changes_nothing_else(ran):
    notebook, before, after = ran
    assert not any("gru_lesson" in line or "gru-lesson" in line for line in before)
    assert before < after
    (added,) = after - before
    assert added.startswith("gru-lesson @ http://127.0.0.1:")
    assert "install_lesson(" in code(notebook)[0].source
    assert code(notebook)[0].outputs == []  # nor does it say anything


def test_it_does_nothing_where_the_lesson_is_installed(ran):
    source = code(ran[0])[0].source
    forbid = "import subprocess\nsubprocess.run = None\n"
    # `run` fails if the cell does: it would, for it would call what is forbidden
    run(sys.executable, "-c", forbid + source, cwd=ROOT)


def test_it_says_what_is_missing_and_what_pip_says(ran, fresh, tmp_path):
    source = code(ran[0])[0].source

    def problem(source):
        hide = "import importlib.util as u\nf = u.find_spec\n"
        hide += "u.find_spec = lambda n: None if n[:3] == 'gru' else f(n)\n"
        command = [fresh, "-c", hide + source]
        options = {"env": OUTSIDE | {"PIP_RETRIES": "0"}, "cwd": tmp_path}
        done = subprocess.run(command, capture_output=True, text=True, **options)
        return done.stderr.strip()

    one = source.replace('"matplotlib"', '"matplotlib_of_old"')
    assert problem(one).endswith("Install first: %pip install matplotlib_of_old")
    other = source.replace("http://127.0.0.1:", "http://127.0.0.1:1/")
    assert "The lesson was not installed. pip says:" in problem(other)


def test_the_rest_is_the_chapter_with_links_that_lead_to_the_site(site):
    given = nbformat.read(site / "colab" / CHAPTER, as_version=4)
    plain = nbformat.read(ROOT / CHAPTER, as_version=4)
    texts = [c.source for c in given.cells if c.cell_type == "markdown"]
    assert [c.source for c in code(given)[1:]] == [c.source for c in code(plain)]
    assert len(texts) == len(plain.cells) - len(code(plain))
    found = "".join(texts)
    assert ".ipynb)" not in found and ".md)" not in found
    assert "/exercises/02_update_gate.html)" in found and "/references.html)" in found


def test_an_exercise_is_done_to_full_points(ran, fresh, site, tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    notebook = opened(site, EXERCISE, folder)
    answers = answer_cells(master())
    for number, cell in answer_cells(notebook).items():
        cell.source = answers[number].source.splitlines()[0] + "\n"
        cell.source += solution(answers[number].source)
    run_all(notebook, fresh, folder)
    for number, cell in check_cells(notebook).items():
        text = "".join(o.get("text", "") for o in cell.outputs)
        points = text.split(" points")[0].split(" of ")
        assert points[0] == points[1] and f"· {number} " in text, text
    progress, grade = ["".join(o.text for o in c.outputs) for c in code(notebook)[-2:]]
    assert "13 of 13 points" in progress
    assert "pip install nbval ipykernel psutil" in grade  # it asks for what it needs
    # as handed in, from a machine that has them
    nbformat.write(notebook, folder / "done.ipynb")
    command = [sys.executable, "-m", "gru_lesson", "grade", folder / "done.ipynb"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "Total 13 of 13 points" in done.stdout, done.stdout + done.stderr


def alone(output):
    """Return what a front end puts into the frame of an output."""
    data = output.data
    if "text/html" in data:
        return data["text/html"]
    if "image/svg+xml" in data:
        return data["image/svg+xml"]
    if "image/png" in data:
        return f'<img src="data:image/png;base64,{data["image/png"]}" />'
    return f"<pre>{data['text/plain']}</pre>"


def test_each_output_stands_alone_in_a_frame(ran, browser):
    """In Colab each output is a page of its own, in a sandbox."""
    outputs = [o for cell in code(ran[0]) for o in cell.outputs if "data" in o]
    context = browser.new_context()
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text))
    pictures = quizzes = 0
    for output in outputs:
        page.set_content("<iframe sandbox='allow-scripts' title='output'></iframe>")
        show = "(frame, html) => new Promise((r) => {"
        show += " frame.onload = r; frame.srcdoc = html; })"
        page.locator("iframe").evaluate(show, alone(output))
        frame = page.frame_locator("iframe")
        for picture in frame.locator("img, svg").all():
            box = picture.bounding_box()
            assert box["width"] > 100 and box["height"] > 50
            pictures += 1
        if frame.locator("gru-quiz").count():
            part = frame.locator("gru-quiz fieldset").first
            field = part.get_by_role("textbox")
            if field.count():
                field.fill("1")
            else:
                part.get_by_role("radio").first.check()
            part.get_by_role("button").first.click()
            assert "ight" in part.get_by_role("status").first.inner_text()
            quizzes += 1
    context.close()
    assert not errors
    assert (pictures, quizzes) == (len(outputs) - 1, 1) and pictures >= 3
