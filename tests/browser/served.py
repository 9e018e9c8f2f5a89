"""The built book behind a loopback server, and a Chromium to look at it with."""

import os
import shutil
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
BOOK = Path(os.environ.get("GRU_LESSON_HTML", ROOT / "_build" / "html"))
PREFIX = "/sub/dir/"  # a link that starts at the root of the host fails here
ARGS = [
    "--headless",
    "--no-sandbox",  # root, in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Handler(SimpleHTTPRequestHandler):
    """Serve a folder below PREFIX, in silence."""

    def translate_path(self, path):
        if not path.startswith(PREFIX):
            return os.path.join(self.directory, "nothing-outside-of-the-prefix")
        return super().translate_path("/" + path.removeprefix(PREFIX))

    def log_message(self, *args):
        pass


@contextmanager
def serve(folder=BOOK):
    """Yield the address of the folder; stop the server afterwards."""
    handler = partial(Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
        finally:
            server.shutdown()
            thread.join()


def find_chromium():
    """Return the path of a Chromium, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = (shutil.which(name) for name in names)
    return os.environ.get("CHROMIUM") or next(filter(None, found), None)


@contextmanager
def chromium():
    """Yield a running browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGS)
        try:
            yield browser
        finally:
            browser.close()


def pages():
    """Return the paths of the book's pages, relative to it."""
    return sorted(path.relative_to(BOOK).as_posix() for path in BOOK.rglob("*.html"))


def complain(message, errors):
    """Keep a message of the console that is more than information."""
    if message.type in ("error", "warning"):
        errors.append(message.text)


@contextmanager
def opened(browser, address, scheme, width):
    """Yield a page that has loaded; its cache is empty, as a new reader's is."""
    context = browser.new_context(
        color_scheme=scheme,
        reduced_motion="reduce",
        viewport={"width": width, "height": 844 if width < 600 else 800},
    )
    try:
        page = context.new_page()
        seen = page.events = {"requests": [], "responses": [], "errors": []}
        page.on("request", lambda request: seen["requests"].append(request))
        page.on("response", lambda response: seen["responses"].append(response))
        page.on("pageerror", lambda error: seen["errors"].append(str(error)))
        page.on("console", lambda message: complain(message, seen["errors"]))
        page.goto(address, wait_until="load")
        page.evaluate("document.fonts.ready.then(() => true)")
        yield page
    finally:
        context.close()
