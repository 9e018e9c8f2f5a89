import gzip
import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from served import BOOK, chromium, find_chromium, opened, serve

# What a page says of itself, asked once. Dropdowns are opened: they are read too.
FACTS = r"""() => {
  document.querySelectorAll("details").forEach((d) => (d.open = true));
  const shown = (e) => e.getClientRects().length > 0;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const raw = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.data;
    if (/\$\$|\\\(|\\\[|\\frac|\\begin\{/.test(text)
        && !walker.currentNode.parentElement.closest("pre, code, script, .katex"))
      raw.push(text.trim().slice(0, 80));
  }
  const edge = (e, side) => e.getBoundingClientRect()[side];
  return {
    title: document.title,
    description: document.querySelector("meta[name=description]")?.content ?? "",
    language: document.documentElement.lang,
    theme: document.documentElement.dataset.theme,
    width: document.documentElement.scrollWidth,
    wide: all("body *").filter((e) => edge(e, "right") > innerWidth + 1
      && !e.closest(".formula, pre, .pst-scrollable-table-container, .output"))
      .slice(0, 5).map((e) => e.outerHTML.slice(0, 120)),
    headings: all("h1, h2, h3, h4, h5, h6").map((e) => [+e.tagName[1], e.innerText]),
    images: all("img, svg[role=img]").map((e) => ({
      html: e.outerHTML.slice(0, 160),
      decoration: e.getAttribute("alt") === "" && !e.closest("main"),
      text: e.getAttribute("alt") ?? e.getAttribute("aria-label") ?? "",
    })),
    formulas: document.querySelectorAll(".katex").length,
    refused: document.querySelectorAll(".katex-error").length,
    raw,
    covered: all("div.math > .tag").filter((tag) =>
      edge(tag, "left") < edge(tag.previousElementSibling, "right") - 1)
      .map((tag) => tag.innerText),
  };
}"""


@pytest.fixture(scope="session")
def browser():
    if not find_chromium():
        message = "no Chromium: install the package `chromium`, or name one in CHROMIUM"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def book():
    if not (BOOK / "index.html").exists():
        pytest.fail(f"no book at {BOOK}: run `make book`", pytrace=False)
    with serve() as address:
        yield address


@pytest.fixture(scope="session")
def visit(book, browser):
    """Return what was seen on a page; each is visited once for all the tests."""
    seen = {}

    def look(path, scheme, width):
        with opened(browser, book + path, scheme, width) as page:
            facts = page.evaluate(FACTS)
            facts["elsewhere"] = [
                request.url
                for request in page.events["requests"]
                if not request.url.startswith((book, "data:", "blob:"))
            ]
            facts["failed"] = [
                f"{answer.status} {answer.url}"
                for answer in page.events["responses"]
                if answer.status >= 400
            ]
            facts["errors"] = list(page.events["errors"])
            if (scheme, width) == ("light", 1280):
                facts["weight"] = weigh(page.events["responses"])
            # Last, for axe fetches the style sheets again, from wrong addresses.
            facts["axe"] = [
                f"{rule['id']}: {node['html'][:160]}"
                for rule in Axe().run(page).response["violations"]
                for node in rule["nodes"]
            ]
        return facts

    def cached(*key):
        if key not in seen:
            seen[key] = look(*key)
        return seen[key]

    return cached


def weigh(responses):
    """Say how many requests a page makes, and what comes back, also compressed."""
    bodies = [r.body() for r in responses if r.ok and r.url.startswith("http")]
    small = [min(len(gzip.compress(body, 6)), len(body)) for body in bodies]
    return {
        "requests": len(bodies),
        "kB": round(sum(map(len, bodies)) / 1000),
        "kB_compressed": round(sum(small) / 1000),
    }
