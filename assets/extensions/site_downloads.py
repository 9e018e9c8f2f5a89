"""What the site hands out beside its pages.

The wheel of the package; all notebooks in one zip, with the wheel; and for Colab each
notebook with a first cell that installs the wheel from the site. Every build writes it
all, so that what is built is what is published and nothing can be forgotten.
"""

import contextlib
import json
import posixpath
import re
import shutil
import tomllib
import zipfile
from pathlib import Path

from flit_core import buildapi

LINK = re.compile(r"(?<=\]\()(?![a-z]+:|[#/])([^)\s#]+)\.(?:ipynb|md)(?=[)#])")
# In a function, for it leaves no names behind; a grade from a clean kernel drops it.
INSTALL = """\
# This copy is for Colab. Run this cell first: it installs the package of the lesson
# and changes nothing else. Where the package is installed, it does nothing.
def install_lesson(wheel, needed):
    import importlib.util, subprocess, sys

    def missing(names):
        return [name for name in names if importlib.util.find_spec(name) is None]

    if not missing(["gru_lesson"]):
        return
    if absent := missing(needed):
        raise ImportError("Install first: %pip install " + " ".join(absent))
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", wheel]
    done = subprocess.run(pip, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError("The lesson was not installed. pip says:\\n" + done.stderr)
    importlib.invalidate_caches()


install_lesson(
    "{wheel}",
    needed={needed},
)"""
README = """\
The notebooks of Lesson 3.4, Gated Recurrent Units, version {version}.

They need Python 3.11 or later and the package beside this file. In this folder:

    python -m pip install {wheel} jupyterlab
    python -m jupyterlab

To grade an exercise from a clean kernel, also: python -m pip install nbval psutil
"""


def write_downloads(folder, source, notebooks, site=""):
    """Write all of it into a built site.

    Parameters
    ----------
    folder, source : Path
        Of the site and of the lesson.
    notebooks : list of str
        Paths relative to the source.
    site : str
        The address of the site; without one there is nothing for Colab.

    Returns
    -------
    str
        The name of the wheel.
    """
    for old in folder.glob("gru_lesson-*.whl"):
        old.unlink()
    shutil.rmtree(folder / "colab", ignore_errors=True)
    (folder / ".nojekyll").touch()  # GitHub would leave out what begins with _
    with contextlib.chdir(source):
        wheel = buildapi.build_wheel(str(folder.resolve()))
    write_zip(folder / "notebooks.zip", source, notebooks, folder / wheel)
    for path in notebooks if site else ():
        notebook = json.loads((source / path).read_text("utf-8"))
        for_colab(notebook, path, site, wheel, requirements(source))
        target = folder / "colab" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(notebook, ensure_ascii=False, indent=1)
        target.write_text(text + "\n", "utf-8")
    return wheel


def requirements(source):
    """Return the names of what the package needs, which are also those to import."""
    project = tomllib.loads((source / "pyproject.toml").read_text("utf-8"))["project"]
    return [re.match(r"[\w-]+", line)[0] for line in project["dependencies"]]


def for_colab(notebook, path, site, wheel, needed):
    """Put the cell that installs before the first code; let links lead to the site."""
    code = INSTALL.replace("{wheel}", site + wheel)
    cell = {
        "cell_type": "code",
        "execution_count": None,
        "id": "install-lesson",
        "metadata": {},
        "outputs": [],
        "source": code.replace("{needed}", json.dumps(needed)).splitlines(True),
    }
    cells = notebook["cells"]
    kinds = [cell["cell_type"] for cell in cells]
    cells.insert(kinds.index("code") if "code" in kinds else len(kinds), cell)
    here = posixpath.dirname(path)

    def published(link):
        return site + posixpath.normpath(posixpath.join(here, link[1])) + ".html"

    for cell in cells:
        if cell["cell_type"] == "markdown":
            text = LINK.sub(published, "".join(cell["source"]))
            cell["source"] = text.splitlines(True)


def write_zip(file, source, notebooks, wheel):
    """Write the plain notebooks, the wheel and two lines on what to do with them."""
    version = wheel.name.split("-")[1]
    text = README.format(version=version, wheel=wheel.name)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("gru_lesson_notebooks/README.txt", text)
        box.write(wheel, f"gru_lesson_notebooks/{wheel.name}")
        for path in notebooks:
            box.write(source / path, f"gru_lesson_notebooks/{path}")


def add_downloads(app, exception):
    """Write it all at the end of a build of the site."""
    source = Path(app.srcdir)
    if exception or app.builder.name != "html":
        return
    if not (source / "pyproject.toml").exists():  # a book of other pages, in a test
        return
    pages = [app.env.doc2path(name, base=False) for name in app.env.found_docs]
    notebooks = sorted(Path(p).as_posix() for p in pages if str(p).endswith(".ipynb"))
    home = app.config.lesson_home
    site = home.site if home and home.runs else ""
    write_downloads(Path(app.outdir), source, notebooks, site)


def setup(app):
    """Register it with Sphinx."""
    app.connect("build-finished", add_downloads)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
