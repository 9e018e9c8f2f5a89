"""A book with a sample home, and what is left of it without: every link, the menu."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from served import ROOT, opened, serve

pytestmark = pytest.mark.slow
SAMPLE = "https://github.com/Sample-Owner/sample.name"
SITE = "https://sample-owner.github.io/sample.name/"

WANTED = ("*.md", "*.yml", "*.bib", "*.cff", "*.toml", "LICENSE")
FOLDERS = ("assets", "chapters", "exercises", "gru_lesson")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return a copy of the lesson whose notebooks are not run; it builds quickly."""
    folder = tmp_path_factory.mktemp("copy")
    for path in (path for pattern in WANTED for path in ROOT.glob(pattern)):
        shutil.copy(path, folder)
    for name in FOLDERS:
        skip = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=skip)
    config = folder / "_config.yml"
    text = config.read_text("utf-8")
    assert "execute_notebooks: force" in text
    text = text.replace("execute_notebooks: force", 'execute_notebooks: "off"')
    config.write_text(text, "utf-8")
    claims = folder / "claims.md"  # figures that no cell has drawn have no place
    links = re.sub(
        r"\[(figure [\d.]+)\]\(#fig-[\d-]+\)", r"\1", claims.read_text("utf-8")
    )
    claims.write_text(links, "utf-8")
    return folder


def build(folder, home):
    """Build the copy, strictly; return its site and what was said."""
    main = "from jupyter_book.cli.main import main; main()"
    command = [sys.executable, "-c", main, "build", ".", "-W", "--keep-going", "-n"]
    environ = {k: v for k, v in os.environ.items() if k != "GRU_LESSON_SITE"}
    environ["GRU_LESSON_HOME"] = home
    options = {"cwd": folder, "env": environ, "capture_output": True, "text": True}
    done = subprocess.run(command, **options)
    return folder / "_build" / "html", done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def site(copy):
    folder, status, output = build(copy, SAMPLE)
    assert status == 0, output
    assert output.count(f"home: {SAMPLE}, published at {SITE}") == 1
    return folder


def pages(site):
    """Return the pages that have a source, and their sources in the repository."""
    found = {}
    for page in sorted(site.rglob("*.html")):
        name = page.relative_to(site).with_suffix("")
        for source in (name.with_suffix(".md"), name.with_suffix(".ipynb")):
            if (ROOT / source).exists():
                found[page] = source.as_posix()
    assert {"index.md", "references.md"} < set(found.values())
    return found


def links(page):
    """Return the links of a page by their words, those within the book left out."""
    html = page.read_text("utf-8")
    anchors = re.findall(r'(?s)<a\b[^>]*href="(https?:[^"]*)"[^>]*>(.*?)</a>', html)
    words = [re.sub(r"<[^>]*>|\s+", " ", text).strip() for _, text in anchors]
    return dict(zip(words, [unescape(url) for url, _ in anchors], strict=True))


def test_links_of_every_page_lead_to_files_that_exist(site):
    seen = set()
    for page, source in pages(site).items():
        found = links(page)
        mine = {w: u for w, u in found.items() if "sample.name" in u.lower()}
        edit = mine.pop("Edit this page")
        report = mine.pop("Report an error on this page")
        edited = unquote(edit.removeprefix(f"{SAMPLE}/edit/main/"))
        assert (ROOT / edited).is_file(), edit
        assert Path(edited).name == Path(source).name
        form = parse_qs(urlsplit(report).query)
        heading = re.search(r"<h1>(.*?)<a", page.read_text("utf-8"))[1]
        assert form["title"] == [f"Error on the page “{unescape(heading)}”"]
        address = form["body"][0].split()[1]
        assert address.startswith(SITE)
        assert (site / address.removeprefix(SITE)).samefile(page)
        if source.endswith(".ipynb"):
            binder, colab = mine.pop("Open in Binder"), mine.pop("Open in Colab")
            path = binder.partition("?urlpath=lab/tree/")[2]
            assert (path, (ROOT / path).is_file()) == (source, True), binder
            branch, _, path = colab.partition("/gh-pages/")
            assert branch.endswith("google.com/github/Sample-Owner/sample.name/blob")
            assert (site / path).is_file() and path == f"colab/{source}", colab
        if source == "index.md":  # the badges
            first = "chapters/01_why_gates.ipynb"
            assert mine.pop("Run in Colab").endswith(f"/gh-pages/colab/{first}")
            assert mine.pop("Run in Binder").endswith(f"?urlpath=lab/tree/{first}")
        if source == "references.md":
            assert mine.pop(SITE) == SITE  # the citation
        assert not mine
        seen.add((Path(source).parent.name, Path(source).suffix))
    assert seen == {("", ".md"), ("chapters", ".ipynb"), ("exercises", ".ipynb")}


def test_the_editor_of_an_exercise_has_its_master(site):
    for page, source in pages(site).items():
        if source.startswith("exercises/"):
            master = f"/exercises/solutions/{Path(source).name}"
            assert links(page)["Edit this page"].endswith(f"/edit/main{master}")


def test_what_is_downloaded_is_whole(site):
    (wheel,) = site.glob("gru_lesson-*-py3-none-any.whl")
    notebooks = {s for s in pages(site).values() if s.endswith(".ipynb")}
    with zipfile.ZipFile(site / "notebooks.zip") as box:
        files = {n.partition("/")[2]: box.read(n) for n in box.namelist()}
    assert files.keys() == notebooks | {wheel.name, "README.txt"}
    assert all(files[path] == (ROOT / path).read_bytes() for path in notebooks)
    assert wheel.name in files["README.txt"].decode()
    with zipfile.ZipFile(wheel) as box:
        inside = {n for n in box.namelist() if n.startswith("gru_lesson/")}
    skip = ("__pycache__", ".ipynb_checkpoints")
    package = {p.relative_to(ROOT) for p in (ROOT / "gru_lesson").rglob("*")}
    package = {p for p in package if (ROOT / p).is_file() and not {*p.parts} & {*skip}}
    assert inside == {p.as_posix() for p in package}


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_axe_finds_nothing_and_all_fits(site, browser, scheme, width):
    kinds = ["index", "references", "chapters/02_update_gate"]
    with serve(site) as address:
        for name in [*kinds, "exercises/02_update_gate"]:
            with opened(browser, f"{address}{name}.html", scheme, width) as page:
                if menu := page.locator(".run-in > summary").all():
                    menu[0].click()
                    assert page.get_by_text("Open in Binder").is_visible()
                assert not page.events["errors"]  # axe makes some of its own
                seen = Axe().run(page).response["violations"]
                assert [rule["id"] for rule in seen] == []
                assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_buttons_of_the_header_fit_beside_each_other(site, browser, width):
    path = "chapters/02_update_gate.html"
    with (
        serve(site) as address,
        opened(browser, address + path, "light", width) as page,
    ):
        buttons = page.locator(".bd-header-article .btn:visible").all()
        boxes = sorted((b.bounding_box() for b in buttons), key=lambda box: box["x"])
        ends = [0, *(box["x"] + box["width"] for box in boxes)]
        starts = [*(box["x"] for box in boxes), width]
        assert len(boxes) >= 4
        assert all(end <= start for end, start in zip(ends, starts, strict=True))


def test_the_menu_opens_and_closes_by_keyboard_and_mouse(site, browser):
    path = "chapters/02_update_gate.html"
    with (
        serve(site) as address,
        opened(browser, address + path, "light", 390) as page,
    ):
        button, menu = page.locator(".run-in > summary"), page.locator(".run-in ul")
        button.focus()
        page.keyboard.press("Enter")
        assert menu.is_visible()
        page.keyboard.press("Tab")
        words = "document.activeElement.innerText"
        assert page.evaluate(words) == "Open in Colab"
        page.keyboard.press("Escape")
        assert not menu.is_visible()
        assert page.evaluate(words).strip() == "Run"
        button.click()
        assert menu.is_visible()
        page.mouse.click(200, 700)
        assert not menu.is_visible()


def test_without_a_home_the_book_has_no_such_links(site, copy):
    """Built again in the same folder: nothing of the home that was there is left."""
    found = {page: links(page) for page in pages(site)}
    assert all("Edit this page" in words for words in found.values())
    folder, status, output = build(copy, "none")
    assert status == 0, output
    assert output.count("home: none, so no links") == 1
    assert not (folder / "colab").exists() and (folder / "notebooks.zip").exists()
    for page in pages(folder):
        text = page.read_text("utf-8")
        assert "sample.name" not in text.lower()
        assert "run-in" not in text and "page-links" not in text
        assert "opens the notebook in Colab" not in text


def test_an_address_that_is_not_understood_fails_the_build(copy):
    _, status, output = build(copy, "github.com/o/n")
    assert status != 0
    assert "GRU_LESSON_HOME is 'github.com/o/n'; expected the address" in output
