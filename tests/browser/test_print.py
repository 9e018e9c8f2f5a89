"""The cheat sheet on paper: one sheet of A4, and all of it there."""

import re

import pytest
from served import opened

pytestmark = pytest.mark.slow

# A4 without the margins that the style sheet sets, in pixels of 1/96 inch
WIDTH, HEIGHT = (int((a - 2 * b) / 25.4 * 96) for a, b in ((210, 10), (297, 9)))

# Every box with words in it, in the lines of its column.
LAYOUT = r"""() => {
  const sheet = document.querySelector("#cheat-sheet");
  const area = sheet.getBoundingClientRect();
  const gap = parseFloat(getComputedStyle(sheet).columnGap);
  const column = (area.width - gap) / 2;
  const over = [], cut = [];
  for (const box of sheet.querySelectorAll("h2, p, td, th, pre, .katex-html .base")) {
    if (box.closest(".visually-hidden")) continue;
    for (const rect of box.getClientRects()) {
      const spans = getComputedStyle(box).columnSpan === "all";
      const left = spans || rect.left < area.left + column + gap / 2;
      const end = spans ? area.right : left ? area.left + column : area.right;
      if (rect.right > end + 1) over.push([box.innerText, rect.right - end]);
    }
  }
  for (const box of sheet.querySelectorAll("*")) {
    const hides = getComputedStyle(box).overflowX !== "visible";
    if (hides && !box.closest(".visually-hidden, .math")
        && box.clientWidth && box.scrollWidth > box.clientWidth + 1)
      cut.push(box.outerHTML.slice(0, 80));
  }
  const whole = [...sheet.querySelectorAll("h2")].map((e) => e.firstChild.data.trim());
  return { height: area.bottom, right: area.right, over, cut, whole };
}"""


def sheets(browser, address, scheme="light"):
    """Return the number of A4 sheets that a page prints on."""
    with opened(browser, address, scheme, 1280) as page:
        return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


@pytest.fixture(scope="module")
def address(book):
    return book + "cheat_sheet.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_cheat_sheet_is_one_sheet(browser, address, scheme):
    assert sheets(browser, address, scheme) == 1


def test_sheets_are_counted(browser, book):
    assert sheets(browser, book + "chapters/01_why_gates.html") > 5


def test_nothing_on_the_cheat_sheet_is_clipped(browser, address):
    with opened(browser, address, "light", 1280) as page:
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        page.emulate_media(media="print")
        seen = page.evaluate(LAYOUT)
    assert seen["right"] <= WIDTH
    assert seen["height"] <= HEIGHT
    assert seen["over"] == []
    assert seen["cut"] == []
    assert {"Forward", "Backward", "Four corners"} <= set(seen["whole"])
