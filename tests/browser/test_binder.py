"""As in Binder: the environment of `.binder` alone, JupyterLab in it, and a browser.

What mybinder.org builds is a container; here it is an empty virtual environment that
gets the same files, in a copy of the repository without its history.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import TimeoutError
from served import ROOT, opened

pytestmark = pytest.mark.slow
NOT_BINDER = shutil.ignore_patterns(".git", ".venv", "_build", "__pycache__", "dist")
TOKEN = "only-here"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return the repository as Binder has it, and the Python of its environment."""
    folder = tmp_path_factory.mktemp("binder")
    repository = folder / "repository"
    shutil.copytree(ROOT, repository, ignore=NOT_BINDER)
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    python = folder / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [python, "-m", "pip", "install", "-q", "-r", ".binder/requirements.txt"]
    outside = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    subprocess.run(install, check=True, cwd=repository, env=outside)
    path = os.pathsep.join([str(python.parent), outside.get("PATH", "")])
    post = ["bash", ".binder/postBuild"]
    subprocess.run(post, check=True, cwd=repository, env=outside | {"PATH": path})
    return repository, python, outside | {"PATH": path}


@pytest.fixture(scope="module")
def lab(copy, tmp_path_factory):
    """Start JupyterLab on a free port of the loopback; return its address."""
    repository, python, environment = copy
    home = str(tmp_path_factory.mktemp("home"))
    settings = {"JUPYTER_CONFIG_DIR": home, "JUPYTER_RUNTIME_DIR": home}
    command = [python, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += ["--ip=127.0.0.1", "--port=0", f"--IdentityProvider.token={TOKEN}"]
    server = subprocess.Popen(
        command,
        cwd=repository,
        env=environment | settings | {"IPYTHONDIR": home},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield wait_for(Path(home), server)
    finally:
        server.terminate()
        server.wait(20)


def wait_for(runtime, server, seconds=60):
    """Return the address that the server has written down, once it answers."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        for file in runtime.glob("jpserver-*.json"):
            address = json.loads(file.read_text("utf-8"))["url"]
            try:
                with urllib.request.urlopen(f"{address}api?token={TOKEN}", timeout=5):
                    return address
            except OSError:
                pass
        time.sleep(0.2)
    raise RuntimeError("JupyterLab did not start")


def run_all(browser, address, path):
    """Open a notebook, choose Run All Cells, and save what its cells say."""
    where = f"{address}lab/tree/{path}?token={TOKEN}&reset"
    with opened(browser, where, "light", 1280) as page:
        page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
        page.wait_for_selector('[data-status="idle"]', timeout=60_000)
        page.locator(
            ".jp-Notebook .jp-Cell"
        ).first.click()  # menus act on what has focus
        busy = page.locator('[data-status="busy"]')
        for _ in range(5):
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
            with contextlib.suppress(TimeoutError):
                busy.wait_for(timeout=5000)
                break
        busy.wait_for(state="detached", timeout=120_000)
        page.keyboard.press("Control+s")
        page.wait_for_timeout(1500)


def code(path):
    notebook = nbformat.read(path, as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def said(cells):
    return "".join(o.get("text", "") for cell in cells for o in cell.outputs)


def errors(cells):
    return [o.ename for c in cells for o in c.outputs if o.output_type == "error"]


def test_a_chapter_runs(browser, lab, copy):
    path = copy[0] / "chapters" / "02_update_gate.ipynb"
    run_all(browser, lab, "chapters/02_update_gate.ipynb")
    cells = code(path)
    assert all(cell.execution_count for cell in cells)
    assert errors(cells) == []


def test_an_exercise_is_done_to_full_points(browser, lab, copy):
    """With the answers of the master in it; the last cell grades the saved file."""
    name = "02_update_gate.ipynb"
    shutil.copy(copy[0] / "exercises" / "solutions" / name, copy[0] / "exercises")
    run_all(browser, lab, f"exercises/{name}")
    cells = code(copy[0] / "exercises" / name)
    assert errors(cells) == []
    assert said(cells[-2:-1]).rstrip().endswith("13 of 13 points")
    assert "Total 13 of 13 points" in said(cells[-1:])


def test_the_untouched_exercise_says_what_is_to_be_done(browser, lab, copy):
    name = "03_reset_gate.ipynb"
    run_all(browser, lab, f"exercises/{name}")
    cells = code(copy[0] / "exercises" / name)
    assert errors(cells) == []
    assert "Write your answer in the place of" in said(cells)
