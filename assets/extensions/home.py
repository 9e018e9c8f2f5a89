"""The home of this copy of the lesson: its repository, and what follows from it.

No address is written in the repository. Home is GRU_LESSON_HOME, else the git remote
`origin` where that is on a public code host; GRU_LESSON_HOME=none is no home. The book
is published at GRU_LESSON_SITE, by default where the host puts its pages.
`python home.py FOLDER` prints both.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode, urlsplit

BRANCH = "main"  # what is published, and where links to files lead
PUBLISHED = "gh-pages"  # the branch that the built book is pushed to
REMOTE = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^/@\s]+@)?([\w.-]+)(?::\d+)?/"  # ssh://git@host/
    r"|(?:[\w.-]+@)?([\w.-]+):)"  # git@host:
    r"([\w.-]+(?:/[\w.-]+)+)/?"
)
OTHER_NAMES = {
    "www.github.com": "github.com",
    "ssh.github.com": "github.com",
    "altssh.gitlab.com": "gitlab.com",
}
SITES = {"github.com": "github.io", "gitlab.com": "gitlab.io"}
SITES["codeberg.org"] = "codeberg.page"


class Home(NamedTuple):
    """A repository on a public code host, and the address of its published book."""

    host: str
    owner: str  # on GitLab it may have slashes: groups in groups
    name: str
    site: str

    @property
    def address(self):
        """Return the address of the repository."""
        return f"https://{self.host}/{self.owner}/{self.name}"

    @property
    def runs(self):
        """Say whether Colab and Binder are told of it: links to them are for GitHub."""
        return self.host == "github.com"

    def edit(self, path):
        """Return the address of the editor of a file."""
        way = {"github.com": "edit", "gitlab.com": "-/edit", "codeberg.org": "_edit"}
        return f"{self.address}/{way[self.host]}/{BRANCH}/{quote(path)}"

    def report(self, title, page):
        """Return the address of an empty report of an error on a page."""
        words = {
            "title": f"Error on the page “{title}”",
            "body": f"Page: {self.site}{page}\n\nWhat is wrong:\n\n"
            "What would be right, and how you know:\n",
        }
        form = "issues/new"
        if self.host == "gitlab.com":
            form = "-/issues/new"
            words["issue[title]"] = words.pop("title")
            words["issue[description]"] = words.pop("body")
        return f"{self.address}/{form}?{urlencode(words, quote_via=quote)}"

    def binder(self, path):
        """Return the address that opens a notebook of the repository in Binder."""
        where = f"{self.owner}/{self.name}/{BRANCH}?urlpath=lab/tree/{quote(path)}"
        return f"https://mybinder.org/v2/gh/{where}"

    def colab(self, path):
        """Return the address that opens the published copy of a notebook in Colab."""
        where = f"{self.owner}/{self.name}/blob/{PUBLISHED}/colab/{quote(path)}"
        return f"https://colab.research.google.com/github/{where}"


def parse(address):
    """Read the address of a repository, as git or a browser has it.

    A user and a password in it are forgotten. None where it is on no known host.
    """
    match = REMOTE.fullmatch(address.strip())
    if not match:
        return None
    host = (match[1] or match[2]).lower()
    host = OTHER_NAMES.get(host, host)
    owner, _, name = match[3].removesuffix(".git").rpartition("/")
    nested = "/" in owner and host != "gitlab.com"
    if host not in SITES or nested or {".", ".."} & {name, *owner.split("/")}:
        return None
    group, _, rest = owner.partition("/")
    own = f"{group}.{SITES[host]}".lower()  # a repository of this name is the root
    parts = [part for part in (rest, name) if part and part.lower() != own]
    return Home(host, owner, name, "/".join([f"https://{own}", *parts, ""]))


def check_site(address):
    """Return the address of a site with a slash at its end; ValueError if none."""
    url = urlsplit(address.strip())
    odd = url.query or url.fragment or re.search(r"\s", address.strip())
    if url.scheme not in ("http", "https") or not url.hostname or odd:
        raise ValueError(
            f"GRU_LESSON_SITE is {address!r}; expected the address of the published "
            "book, such as https://OWNER.github.io/NAME/"
        )
    return address.strip().rstrip("/") + "/"


def remote(folder):
    """Return the address of the git remote `origin`, "" where there is none."""
    if not Path(folder, ".git").exists():  # not the remote of a folder around it
        return ""
    command = ["git", "-C", str(folder), "remote", "get-url", "origin"]
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.strip()
    except OSError:  # no git
        return ""


def find(folder, environ=os.environ):
    """Find the home of the lesson in this folder; None if it has none.

    Raises ValueError if GRU_LESSON_HOME or GRU_LESSON_SITE cannot be understood.
    """
    wanted = environ.get("GRU_LESSON_HOME", "").strip()
    site = environ.get("GRU_LESSON_SITE", "").strip()
    site = site and check_site(site)
    if wanted == "none":
        return None
    home = parse(wanted or remote(folder))
    if wanted and not home:
        raise ValueError(
            f"GRU_LESSON_HOME is {wanted!r}; expected the address of a repository on "
            f"{', '.join(SITES)}, such as https://github.com/OWNER/NAME, or none"
        )
    return home._replace(site=site) if home and site else home


def describe(home):
    """Return one line of information about a home."""
    if home:
        return f"home: {home.address}, published at {home.site}"
    return (
        "home: none, so no links to Colab, Binder and a repository (no git remote on "
        "a public code host; GRU_LESSON_HOME can name one)"
    )


if __name__ == "__main__":
    try:
        print(describe(find(*sys.argv[1:] or ["."])))
    except ValueError as problem:
        sys.exit(f"home.py: {problem}")
