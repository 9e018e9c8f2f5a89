"""The files of the built book: links that resolve, and nothing that no page needs."""

from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from served import BOOK, pages

pytestmark = pytest.mark.slow


class Page(HTMLParser):
    """What a page points to, and what can be pointed to on it."""

    def __init__(self, path):
        super().__init__()
        self.links, self.anchors = [], {"", "top"}
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.anchors |= {attrs.get("id"), attrs.get("name")}
        self.links += [attrs[a] for a in ("href", "src") if attrs.get(a)]


@pytest.fixture(scope="module")
def parsed():
    if not pages():
        pytest.fail(f"no book at {BOOK}: run `make book`", pytrace=False)
    return {BOOK / path: Page(BOOK / path) for path in pages()}


def test_links_resolve(parsed):
    broken = []
    for path, page in parsed.items():
        for link in page.links:
            url = urlsplit(link)
            if url.scheme or url.netloc:
                continue
            target = (path.parent / unquote(url.path)).resolve() if url.path else path
            if not target.is_relative_to(BOOK.resolve()) and url.path:
                broken.append(f"{path.relative_to(BOOK)}: {link} leaves the book")
            elif not target.is_file():
                broken.append(f"{path.relative_to(BOOK)}: {link}")
            elif target.suffix == ".html" and url.fragment:
                known = {p.resolve(): found for p, found in parsed.items()}
                if unquote(url.fragment) not in known[target.resolve()].anchors:
                    broken.append(f"{path.relative_to(BOOK)}: {link} has no anchor")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("pattern", ["*.map", "fontawesome*.js*", "*.ttf", "*.woff"])
def test_ships_no_dead_weight(parsed, pattern):
    assert not list(BOOK.rglob(pattern))


def test_identifiers_are_unique(parsed):
    for path in parsed:
        seen = HTMLIds(path).ids
        assert len(seen) == len(set(seen)), f"{path}: {duplicates(seen)}"


class HTMLIds(HTMLParser):
    """Every id of a page, in order."""

    def __init__(self, path):
        super().__init__()
        self.ids = []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]


def duplicates(values):
    return sorted({value for value in values if values.count(value) > 1})
