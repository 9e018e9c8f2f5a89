"""Photograph the pages of the built book: `python photograph.py FOLDER [PAGE ...]`."""

import sys
from pathlib import Path

from served import chromium, opened, pages, serve


def main(folder, *wanted):
    """Write one PNG a page, color scheme and width."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    with serve() as book, chromium() as browser:
        for path in wanted or pages():
            for scheme in ("light", "dark"):
                for width in (1280, 390):
                    name = f"{path.removesuffix('.html').replace('/', '-')}"
                    file = Path(folder, f"{name}-{scheme}-{width}.png")
                    with opened(browser, book + path, scheme, width) as page:
                        page.screenshot(path=file, full_page=True)
                    print(file)


if __name__ == "__main__":
    main(*sys.argv[1:])
