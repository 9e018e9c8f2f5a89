"""The exercises: what a reader is shown, what is folded away, what is downloaded."""

import json

import nbformat
import pytest
from served import BOOK, ROOT, opened, pages

from gru_lesson.grading.release import leaks

pytestmark = pytest.mark.slow
PAGES = [page for page in pages() if page.startswith("exercises/")] or ["no book"]

# The background and the filter of each picture that a check has drawn.
PICTURES = """() => [...document.querySelectorAll(".cell_output img")].map((e) => {
  const { backgroundColor, filter } = getComputedStyle(e);
  return [backgroundColor, filter, e.naturalWidth > 0];
})"""


def student(page):
    return ROOT / page.replace(".html", ".ipynb")


def master(page):
    return ROOT / page.replace("exercises/", "exercises/solutions/").replace(
        ".html", ".ipynb"
    )


@pytest.fixture(params=PAGES)
def path(request):
    return request.param


@pytest.fixture(params=["light", "dark"])
def page(path, request, book, browser):
    with opened(browser, book + path, request.param, 390) as page:
        yield page


def test_every_question_has_a_solution_that_is_folded(path, page):
    cells = json.loads(student(path).read_text("utf-8"))["cells"]
    about = [cell["metadata"].get("gru_lesson", {}) for cell in cells]
    asked = [of["question"] for of in about if of.get("role") == "check"]
    offered = page.locator("details.solution > summary").all_inner_texts()
    withheld = not master(path).exists()
    assert asked
    assert offered == [
        f"Show a solution of exercise {number}" for number in asked if not withheld
    ]
    assert page.locator("details.solution[open]").count() == 0
    assert not any(box.is_visible() for box in page.locator(".solution pre").all())


def test_a_solution_is_shown_by_keyboard_and_copied(path, page):
    if not master(path).exists():
        pytest.skip("the solutions are withheld")
    fold = page.locator("details.solution").first
    code = fold.locator("pre")
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    assert code.is_visible()
    assert code.locator(".k, .nf, .o, .n").count()  # it is highlighted
    page.keyboard.press("Tab")
    reached = "document.activeElement.closest('.solution') !== null"
    assert page.evaluate(reached)
    assert fold.locator("button.copybtn").count() == 1
    fold.locator("summary").focus()
    page.keyboard.press("Space")
    assert not code.is_visible()


def test_pictures_stand_on_the_page_without_a_box(path, page):
    for background, filtered, loaded in page.evaluate(PICTURES):
        assert (background, filtered, loaded) == ("rgba(0, 0, 0, 0)", "none", True)


def test_the_student_edition_is_downloaded(path, page):
    with page.expect_download() as download:
        page.locator("a.download-notebook").click()
    given = download.value.path().read_bytes()
    assert given == student(path).read_bytes()
    if master(path).exists():
        editions = nbformat.read(master(path), 4), nbformat.reads(given, 4)
        assert leaks(*editions) == []


def test_no_master_is_published():
    files = [path for path in BOOK.rglob("*") if path.is_file()]
    assert not [path for path in files if b"BEGIN SOLUTION" in path.read_bytes()]
