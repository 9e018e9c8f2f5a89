"""Ask for each address that a built site links to; print and count those that fail.

    python .github/outer_links.py _build/html

A server that refuses programs (401, 403, 405, 429, 999) is not counted.
"""

import re
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path

REFUSED = {401, 403, 405, 429, 999}
LINK = re.compile(r'<a\b[^>]*\bhref="(https?://[^"#]+)')


def outer_links(folder):
    """Return the addresses that pages link to, each with one page that does."""
    found = {}
    for page in sorted(Path(folder).rglob("*.html")):
        for link in LINK.findall(page.read_text("utf-8")):
            found.setdefault(unescape(link), page.relative_to(folder).as_posix())
    return found


def complaint(link):
    """Return what is wrong with an address, or None."""
    request = urllib.request.Request(link, headers={"User-Agent": "link check"})
    try:
        with urllib.request.urlopen(request, timeout=30):
            return None
    except urllib.error.HTTPError as error:
        return None if error.code in REFUSED else f"{error.code}"
    except (OSError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


def main(folder):
    """Print what fails; return how many."""
    found = outer_links(folder)
    with ThreadPoolExecutor(8) as pool:
        answers = dict(zip(found, pool.map(complaint, found), strict=True))
    failed = {link: why for link, why in answers.items() if why}
    for link, why in failed.items():
        print(f"{found[link]}: {link}: {why}")
    print(f"{len(found)} addresses, {len(failed)} failed")
    return min(len(failed), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
