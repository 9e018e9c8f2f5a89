"""What all figures share: the book's look, its colors, and the pieces of diagrams."""

from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.patches import FancyBboxPatch
from matplotlib_inline.backend_inline import set_matplotlib_formats

COLORS = {
    "z": "#0072B2",
    "r": "#D55E00",
    "h_tilde": "#009E73",
    "h": "#9C4DAF",
    "input": "#7A828C",
}
INK = "#1b1f24"
# Curves that are one quantity under several settings: told apart by their dashes.
STYLES = (
    {"color": COLORS["h"], "ls": "-"},
    {"color": INK, "ls": "--", "lw": 1.4},
    {"color": INK, "ls": "-.", "lw": 1.4},
    {"color": INK, "ls": ":", "lw": 1.6},
)


def use_style():
    """Use the book's look, and have notebooks draw figures as SVG."""
    plt.style.use(Path(__file__).with_name("book.mplstyle"))
    set_matplotlib_formats("svg")


# --- pieces of diagrams ---------------------------------------------------------------


def blank(ax, width, height):
    """Turn an Axes into a sheet for a diagram, with one unit of length on both axes.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        What becomes the sheet.
    width, height : float
        Its size in units.
    """
    ax.set(xlim=(0, width), ylim=(0, height), aspect="equal")
    ax.axis("off")


def write(ax, x, y, text):
    """Write centered at (x, y), large enough for a phone.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        A sheet.
    x, y : float
        Where the middle of the text goes.
    text : str
        What to write.
    """
    ax.text(x, y, text, ha="center", va="center", fontsize=14)


def box(ax, x, y, text, color, width=1.0, height=0.7):
    """Draw a rounded box centered at (x, y).

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        A sheet.
    x, y : float
        Where the middle of the box goes.
    text : str
        What stands in it.
    color : str
        The color of what it makes.
    width, height : float
        Its size.
    """
    corner = (x - width / 2, y - height / 2)
    style = "round,pad=0,rounding_size=0.14"
    patch = FancyBboxPatch(corner, width, height, style, ec=color, fc="none", lw=1.8)
    ax.add_patch(patch)
    write(ax, x, y, text)


def arrow(ax, start, end, color=INK, **style):
    """Draw an arrow.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        A sheet.
    start, end : tuple of two float
        From where, and to where.
    color : str
        The color of what flows along it.
    **style
        Goes to matplotlib's arrowprops: ls, lw, connectionstyle.
    """
    props = {"arrowstyle": "-|>", "color": color, "lw": 1.4, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", end, start, arrowprops=props | style)


def gate(ax, letter):
    """Draw a gate, what it is made of, and its arrow to the multiplication above.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        A sheet of at least 5 x 4.5 units. The old state comes in at a height of 3.6,
        and so does the product, at (3.7, 3.6).
    letter : str
        "z" or "r".
    """
    write(ax, 0.35, 3.6, "$h_{t-1}$")
    arrow(ax, (0.8, 3.6), (3.35, 3.6), COLORS["h"])
    ax.plot([1.5, 1.5, 3.25], [3.6, 1.75, 1.75], color=INK, lw=1.4)
    arrow(ax, (2.9, 1.75), (3.25, 1.75))
    write(ax, 2.35, 2.0, f"$W_{{h{letter}}}$")
    write(ax, 0.35, 1.45, "$x_t$")
    arrow(ax, (0.75, 1.45), (3.25, 1.45))
    write(ax, 2.35, 1.15, f"$W_{{x{letter}}}$")
    write(ax, 3.7, 0.35, f"$b_{letter}$")
    arrow(ax, (3.7, 0.6), (3.7, 1.25))
    box(ax, 3.7, 1.6, r"$\sigma$", COLORS[letter], 0.9)
    arrow(ax, (3.7, 1.95), (3.7, 3.25), COLORS[letter])
    write(ax, 3.43, 2.6, f"${letter}_t$")
