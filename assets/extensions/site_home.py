"""Links of the pages to the home of the lesson, and how to cite it."""

from pathlib import Path

import home
import yaml
from docutils import nodes
from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

LOGGER = logging.getLogger(__name__)


def find_home(app, config):
    """Find the home, once for the build."""
    try:
        config.lesson_home = home.find(app.srcdir)
    except ValueError as problem:
        raise ConfigError(str(problem)) from None
    LOGGER.info(home.describe(config.lesson_home))
    if config.lesson_home and config.lesson_home.runs:
        app.tags.add("runs_elsewhere")  # for `only` on pages


def add_links(app, pagename, templatename, context, doctree):
    """Tell the templates where a page can be run, edited and reported on."""
    where = app.config.lesson_home
    if not where or not doctree:
        return
    path = Path(app.env.doc2path(pagename, base=False)).as_posix()
    if path.endswith(".ipynb") and where.runs:
        app.add_js_file("menu.js", defer="defer")
        context["run_in"] = [
            ("Colab", "needs a Google account", where.colab(path)),
            ("Binder", "needs no account, takes minutes to start", where.binder(path)),
        ]
    title = doctree.next_node(nodes.title)
    page = app.builder.get_target_uri(pagename)
    context["report_url"] = where.report(title.astext() if title else pagename, page)
    context["edit_url"] = where.edit(source_of(path, app.srcdir))


def source_of(path, srcdir):
    """Return what is to be edited: of an exercise its master, if that is there."""
    master = Path(path).parent / "solutions" / Path(path).name
    return (master if Path(srcdir, master).exists() else Path(path)).as_posix()


class CiteThisLesson(SphinxDirective):
    """How to cite the lesson, from CITATION.cff and its home."""

    def run(self):
        """Return a sentence and an entry for BibTeX."""
        file = Path(self.env.srcdir, "CITATION.cff")
        self.env.note_dependency(str(file))
        facts = yaml.safe_load(file.read_text("utf-8"))
        where = self.config.lesson_home
        names = [name_of(author) for author in facts["authors"]]
        year = str(facts["date-released"])[:4]
        text = f"{'; '.join(names)}. {year}. {facts['title']}. "
        text += f"Version {facts['version']}."
        sentence = nodes.paragraph("", text)
        fields = {
            "author": " and ".join(names if len(names) > 1 else [f"{{{names[0]}}}"]),
            "title": f"{{{facts['title']}}}",
            "year": year,
            "note": f"Version {facts['version']}",
        }
        if where:
            fields["url"] = where.site
            sentence += nodes.Text(" ")
            sentence += nodes.reference("", where.site, refuri=where.site)
        lines = [f"  {key} = {{{value}}}" for key, value in fields.items()]
        entry = ",\n".join(["@misc{gru_lesson", *lines]) + "\n}"
        return [sentence, nodes.literal_block(entry, entry, language="bibtex")]


class Badges(SphinxDirective):
    """Where the first chapter can be run, as badges; nothing without a home."""

    def run(self):
        """Return a line of links."""
        where, first = self.config.lesson_home, "chapters/01_why_gates.ipynb"
        if not where or not where.runs:
            return []
        line = nodes.paragraph(classes=["badges"])
        for name, url in ("Colab", where.colab(first)), ("Binder", where.binder(first)):
            line += nodes.reference("", f"Run in {name}", refuri=url)
            line += nodes.Text(" ")
        return [line]


def name_of(author):
    """Return the name of a person or of a group, as BibTeX wants it."""
    given = author.get("given-names")
    return author.get("name") or ", ".join(
        part for part in (author["family-names"], given) if part
    )


def setup(app):
    """Register all of it with Sphinx."""
    app.add_config_value("lesson_home", None, "env")
    app.add_directive("cite-this-lesson", CiteThisLesson)
    app.add_directive("badges", Badges)
    app.connect("config-inited", find_home)
    app.connect("html-page-context", add_links)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
