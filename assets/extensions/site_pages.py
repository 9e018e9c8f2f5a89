"""Finishing touches on the pages, and the removal of what none of them loads."""

import html
import os
import re
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.transforms import SphinxTransform

SHAPE = re.compile(r"\([^()\s]{1,7},( [^()\s]{1,7})+\)")
# Parts of the theme that no page asks for, relative to _static.
DEAD_WEIGHT = (
    "**/*.map",
    "scripts/fontawesome.js*",
    "vendor/fontawesome",
    "locales",
    "webpack-macros.html",
    "sbt-webpack-macros.html",
)
ICONS = re.compile(
    r'(?:\.fa-[\w-]+:before,?)+\{content:"[^"]*"\}|@font-face\{[^}]*fontawesome[^}]*\}'
)


class UnbrokenShapes(SphinxTransform):
    """Keep a shape such as (N, H) on one line, however narrow its column is."""

    default_priority = 800

    def apply(self):
        """Replace the spaces in short parentheses in tables."""
        for entry in self.document.findall(nodes.entry):
            for text in list(entry.findall(nodes.Text)):
                if not isinstance(text.parent, nodes.math | nodes.literal):
                    new = SHAPE.sub(lambda m: m[0].replace(" ", "\xa0"), text)
                    text.parent.replace(text, nodes.Text(new))


def complete_page(app, pagename, templatename, context, doctree):
    """Describe the pages that Sphinx writes, and mend a role of the others."""
    if doctree:
        # The role that docutils gives has been withdrawn; the entries stand in a list.
        old, new = 'role="doc-biblioentry"', 'role="listitem"'
        context["body"] = context["body"].replace(old, new)
    else:
        text = html.escape(f"{pagename.title()}: {app.config.html_title}")
        context["metatags"] = f'<meta name="description" content="{text}" />'


def drop_dead_weight(app, exception):
    """Delete what the theme copies and no page loads, and its 1,900 icons."""
    if app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    for pattern in DEAD_WEIGHT:
        for path in static.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    style = static / "styles" / "pydata-sphinx-theme.css"
    if style.exists():
        style.write_text(ICONS.sub("", style.read_text("utf-8")), "utf-8")


def setup(app):
    """Register all of it with Sphinx."""
    # The kernels inherit it: a page shows what training gave, not its progress bar.
    os.environ["TQDM_DISABLE"] = "1"
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # the arrays are too small for more
    # Jupyter Book sets it for an extension that this book does not load.
    app.add_config_value("comments_config", None, "")
    app.add_transform(UnbrokenShapes)
    app.connect("html-page-context", complete_page)
    app.connect("build-finished", drop_dead_weight)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
