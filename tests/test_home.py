"""The home of a copy of the lesson: how it is found, and where its links lead."""

import re
import subprocess
from urllib.parse import parse_qs, urlsplit

import home as of
import pytest

SAMPLE = "https://github.com/Sample-Owner/sample.name"
SITE = "https://sample-owner.github.io/sample.name/"


# --- to find it -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/o/n",
        "https://github.com/o/n.git",
        "https://github.com/o/n/",
        "https://user:secret@github.com/o/n.git",
        "http://www.github.com/o/n",
        "https://GitHub.com/o/n\n",
        "git@github.com:o/n.git",
        "github.com:o/n",
        "ssh://git@github.com/o/n.git",
        "ssh://git@ssh.github.com:443/o/n.git",
        "git://github.com/o/n.git",
    ],
)
def test_every_form_of_an_address_is_read(address):
    found = of.parse(address)
    assert found == ("github.com", "o", "n", "https://o.github.io/n/")
    assert found.address == "https://github.com/o/n"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "github.com/o/n",
        "https://github.com/o",
        "https://github.com/o/n/tree/main",
        "https://github.com/o/..",
        "https://github.com/o/n?tab=readme",
        "https://github.com/o w/n",
        "https://git.example.org/o/n",
        "https://github.com.example.org/o/n",
        "git@github.com-work:o/n.git",
        "/srv/git/n.git",
        "../n.git",
        "file:///srv/git/github.com/o/n",
        r"C:\lessons\n",
    ],
)
def test_other_addresses_are_no_home(address):
    assert of.parse(address) is None


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://github.com/Me/Lesson", "https://me.github.io/Lesson/"),
        ("https://github.com/Me/me.github.io", "https://me.github.io/"),
        ("https://gitlab.com/a/b", "https://a.gitlab.io/b/"),
        ("git@gitlab.com:a/b/c.git", "https://a.gitlab.io/b/c/"),
        ("https://codeberg.org/a/b", "https://a.codeberg.page/b/"),
    ],
)
def test_the_site_is_where_the_host_publishes(address, site):
    assert of.parse(address).site == site


@pytest.fixture
def clone(tmp_path):
    """Return a function that makes a clone with a remote `origin`."""

    def make(remote):
        git = ["git", "-C", tmp_path]
        subprocess.run([*git, "init", "-q"], check=True)
        subprocess.run([*git, "remote", "add", "origin", remote], check=True)
        return tmp_path

    return make


def test_the_remote_is_home_and_a_variable_goes_before_it(clone):
    folder = clone("git@github.com:o/n.git")
    assert of.find(folder, {}).address == "https://github.com/o/n"
    assert of.find(folder, {"GRU_LESSON_HOME": ""}).name == "n"
    assert of.find(folder, {"GRU_LESSON_HOME": "none"}) is None
    assert of.find(folder, {"GRU_LESSON_HOME": SAMPLE}).site == SITE
    elsewhere = {"GRU_LESSON_SITE": "https://example.org/gru"}
    assert of.find(folder, elsewhere).site == "https://example.org/gru/"


def test_a_password_in_the_remote_is_not_published(clone):
    found = of.find(clone("https://me:secret@github.com/o/n.git"), {})
    links = found.edit("a"), found.report("a", "b"), found.binder("a"), found.colab("a")
    assert "secret" not in repr((found, links, of.describe(found)))


def test_a_remote_elsewhere_is_no_home_and_is_not_named(clone):
    folder = clone("https://me:secret@git.example.org/o/n.git")
    assert of.find(folder, {}) is None
    assert of.describe(None).startswith("home: none, so no links")


def test_no_clone_is_no_home_even_inside_of_another(clone, tmp_path):
    clone("git@github.com:o/n.git")
    (tmp_path / "copy").mkdir()
    assert of.find(tmp_path / "copy", {}) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GRU_LESSON_HOME", "https://github.com/only-an-owner"),
        ("GRU_LESSON_HOME", "https://git.example.org/o/n"),
        ("GRU_LESSON_SITE", "example.org/gru"),
        ("GRU_LESSON_SITE", "https://example.org/gru?draft"),
        ("GRU_LESSON_SITE", "https://example.org/my gru"),
    ],
)
def test_a_variable_that_is_not_understood_is_an_error(name, value, tmp_path):
    with pytest.raises(ValueError, match=rf"{name} is .*; expected") as problem:
        of.find(tmp_path, {name: value})
    assert value in str(problem.value)


# --- its links ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "edit", "form"),
    [
        ("https://github.com/o/n", "edit/main", "issues/new?title=E&body=Page"),
        (
            "https://gitlab.com/a/b/n",
            "-/edit/main",
            "-/issues/new?issue[title]=E&issue[description]=Page",
        ),
        ("https://codeberg.org/o/n", "_edit/main", "issues/new?title=E&body=Page"),
    ],
)
def test_each_host_has_its_own_forms(address, edit, form):
    found = of.parse(address)
    assert found.edit("chapters/a b.ipynb") == f"{address}/{edit}/chapters/a%20b.ipynb"
    url = found.report("2 · Gates & more", "chapters/x.html")
    assert re.fullmatch(r"[!-~]+", url)
    words = list(parse_qs(urlsplit(url).query).items())
    wanted = list(parse_qs(urlsplit(form).query).items())
    assert url.startswith(f"{address}/{form.partition('?')[0]}?")
    assert [key for key, _ in words] == [key for key, _ in wanted]
    assert words[0][1] == ["Error on the page “2 · Gates & more”"]
    assert words[1][1][0].startswith(f"Page: {found.site}chapters/x.html\n")
    assert found.runs is (found.host == "github.com")


def test_binder_has_the_source_and_colab_what_was_published():
    found = of.parse("https://github.com/o/n")
    binder = "https://mybinder.org/v2/gh/o/n/main?urlpath=lab/tree/chapters/a.ipynb"
    colab = "https://colab.research.google.com/github/o/n/blob/gh-pages/colab/"
    assert found.binder("chapters/a.ipynb") == binder
    assert found.colab("chapters/a.ipynb") == f"{colab}chapters/a.ipynb"
