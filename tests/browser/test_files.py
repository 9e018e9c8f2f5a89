"""The files of the built book: links that resolve, and nothing that no page needs."""

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from served import BOOK, ROOT, pages

pytestmark = pytest.mark.slow
ASSETS = ROOT / "assets"


class Page(HTMLParser):
    """What a page points to, and what can be pointed to on it."""

    def __init__(self, path):
        super().__init__()
        self.links, self.ids, self.anchors = [], [], {"", "top"}
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.anchors |= {attrs.get("id"), attrs.get("name")}
        self.links += [attrs[a] for a in ("href", "src") if attrs.get(a)]


@pytest.fixture(scope="module")
def parsed():
    if not pages():
        pytest.fail(f"no book at {BOOK}: run `make book`", pytrace=False)
    return {BOOK / path: Page(BOOK / path) for path in pages()}


def test_links_resolve(parsed):
    broken = []
    anchors = {path.resolve(): page.anchors for path, page in parsed.items()}
    for path, page in parsed.items():
        for link in page.links:
            url = urlsplit(link)
            if url.scheme or url.netloc:
                continue
            target = (path.parent / unquote(url.path)) if url.path else path
            target = target.resolve()
            if not target.is_relative_to(BOOK.resolve()):
                broken.append(f"{path.name}: {link} leaves the book")
            elif not target.is_file():
                broken.append(f"{path.name}: {link} leads to no file")
            elif unquote(url.fragment) not in anchors.get(target, {url.fragment}):
                broken.append(f"{path.name}: {link} has no anchor")
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("pattern", ["*.map", "fontawesome*.js*", "*.ttf", "*.woff"])
def test_ships_no_dead_weight(parsed, pattern):
    assert not list(BOOK.rglob(pattern))


def test_style_and_script_of_mathematics_are_of_one_version():
    style = (ASSETS / "static/vendor/katex/katex.min.css").read_text("utf-8")
    script = (ASSETS / "extensions/katex.min.js").read_text("utf-8")
    (version,) = re.findall(r'version:"([\d.]+)"', script)
    assert f'"{version}"' in style


def test_identifiers_are_unique(parsed):
    for path, page in parsed.items():
        twice = [name for name, times in Counter(page.ids).items() if times > 1]
        assert not twice, f"{path.name}: {twice}"
