"""Every page of the built book, in light and dark, on a desk and on a telephone."""

import json
import re
from collections import Counter
from itertools import pairwise

import pytest
from served import BOOK, opened, pages

pytestmark = pytest.mark.slow
PAGES = pages() or ["no book"]
NOT_CONTENT = {"search.html", "genindex.html"}


@pytest.fixture(params=["light-1280", "light-390", "dark-1280", "dark-390"])
def look(request):
    scheme, width = request.param.split("-")
    return scheme, int(width)


@pytest.fixture(params=PAGES)
def seen(request, look, visit):
    return visit(request.param, *look)


@pytest.fixture(params=PAGES)
def once(request, visit):
    """Return what does not depend on color and width."""
    return visit(request.param, "light", 1280)


def test_asks_no_other_host(seen):
    assert not seen["elsewhere"]


def test_every_request_is_answered(seen):
    assert not seen["failed"]


def test_console_is_silent(seen):
    assert not seen["errors"]


def test_axe_finds_nothing(seen):
    assert not seen["axe"], "\n".join(seen["axe"])


def test_fits_the_screen(seen, look):
    assert seen["width"] <= look[1], seen["wide"]


def test_tag_is_beside_its_formula(seen):
    assert not seen["covered"]


def test_follows_the_color_scheme(seen, look):
    assert seen["theme"] == look[0]


def test_images_have_words(once):
    for image in once["images"]:
        if not image["decoration"]:
            assert image["text"].strip(), image["html"]
            assert not re.search(r"\.(svg|png|jpe?g|gif)$|/", image["text"]), image


def test_headings_are_in_order(once):
    levels = [level for level, _ in once["headings"]]
    assert levels.count(1) == 1, once["headings"]
    steps = pairwise(levels)
    assert all(after <= before + 1 for before, after in steps), once["headings"]


def test_has_title_and_language(once):
    assert once["title"].strip() and once["language"] == "en"


def test_mathematics_is_drawn(once):
    assert not once["refused"]
    assert not once["raw"]


def test_is_light(once, measured, request):
    weight = once["weight"]
    requests, size, compressed = weight.values()
    name = request.node.callspec.params["once"]
    measured(f"  {name}", f"{requests} requests, {size} kB, {compressed} kB gzip -6")
    assert compressed < 500


@pytest.mark.parametrize("path", [page for page in PAGES if page not in NOT_CONTENT])
def test_mathematics_of_the_source_is_there(path, visit):
    (source,) = (BOOK / "_sources").glob(path.removesuffix(".html") + ".*")
    text = source.read_text("utf-8")
    if source.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        text = "\n".join(
            "".join(c["source"]) for c in cells if c["cell_type"] == "markdown"
        )
    text = re.sub(r"^(`{3,})(?!\{).*?^\1$|`[^`\n]+`", "", text, flags=re.M | re.S)
    formulas = len(re.findall(r"\$\$.+?\$\$|(?<!\\)\$[^$\n]+\$", text, flags=re.S))
    drawn = visit(path, "light", 1280)["formulas"]
    assert drawn >= formulas


def test_descriptions_are_there_and_differ(visit):
    found = {page: visit(page, "light", 1280)["description"] for page in PAGES}
    assert all(found.values()), found
    content = Counter(found[page] for page in PAGES if page not in NOT_CONTENT)
    assert max(content.values()) == 1, content.most_common(3)


def test_search_finds_the_gate(book, browser):
    with opened(browser, book + "search.html?q=gate", "light", 390) as page:
        page.wait_for_selector("#search-results li a", timeout=5000)
        assert not page.events["errors"]
