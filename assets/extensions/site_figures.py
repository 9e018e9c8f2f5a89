"""Vector figures of notebooks, standing in the page and in the ink of the page."""

import html
import re
from pathlib import Path
from urllib.parse import unquote

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
DEAD = re.compile(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", re.S)
PAPER = re.compile(r'<g id="patch_1">.*?</g>', re.S)


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
    svg = PAPER.sub("", DEAD.sub("", svg), count=1)
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
        outputs = [
            box
            for box in self.document.findall(nodes.container)
            if box.get("nb_element") == "cell_code_output"
        ]
        for figure in (f for box in outputs for f in box.findall(nodes.figure)):
            if next(figure.findall(nodes.image), None) is None:
                self.complain(
                    figure, "a cell with a caption has an output that is no picture"
                )
        images = [image for box in outputs for image in box.findall(nodes.image)]
        for number, image in enumerate(images, 1):
            if not image.get("alt"):
                self.complain(
                    image,
                    f"picture {number} has no alternative text: its cell needs the "
                    'metadata {"mystnb": {"image": {"alt": "..."}}}',
                )
            elif image["uri"].endswith(".svg"):
                path = Path(self.app.srcdir, unquote(image["uri"]).lstrip("/"))
                svg = inline_svg(path.read_text("utf-8"), image["alt"], f"f{number}-")
                image.replace_self(nodes.raw("", svg, format="html"))

    def complain(self, node, message):
        """Warn, with a place; `-W` makes it an error."""
        LOGGER.warning(message, location=node, type="figure")


def setup(app):
    """Register the transform with Sphinx."""
    app.add_post_transform(InlineFigures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
