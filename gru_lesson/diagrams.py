"""The diagrams of the book, one function each: an Axes in, the Axes out.

They are drawn in the fixed colors of `plots.COLORS`; what one says is said in words
beside it too.
"""

from matplotlib.patches import FancyBboxPatch

from gru_lesson.plots import COLORS, INK


def _blank(ax, width, height):
    """Turn an Axes into a sheet of width x height units, all of the same length."""
    ax.set(xlim=(0, width), ylim=(0, height), aspect="equal")
    ax.axis("off")
    return ax


def _label(ax, x, y, text):
    """Write centered at (x, y), large enough for a phone."""
    ax.text(x, y, text, ha="center", va="center", fontsize=14)


def _box(ax, x, y, text, color, width=1.0, height=0.7):
    """Draw a rounded box centered at (x, y), outlined in the color of what it makes."""
    corner = (x - width / 2, y - height / 2)
    style = "round,pad=0,rounding_size=0.14"
    patch = FancyBboxPatch(corner, width, height, style, ec=color, fc="none", lw=1.8)
    ax.add_patch(patch)
    _label(ax, x, y, text)


def _arrow(ax, start, end, color=INK, **style):
    """Draw an arrow from start to end; `style` goes to its arrowprops."""
    props = {"arrowstyle": "-|>", "color": color, "lw": 1.4, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", end, start, arrowprops=props | style)


def elman_chain(ax):
    """Draw the Elman network unrolled, and the Jacobian that each step back costs.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    _blank(ax, 8.9, 3.1)
    centers = [2.0, 4.1, 7.0]
    for x, t in zip(centers, ("1", "2", "T"), strict=True):
        _box(ax, x, 1.6, r"$\tanh$", COLORS["h"])
        _arrow(ax, (x, 0.65), (x, 1.25))
        _label(ax, x, 0.38, f"$x_{t}$")
        back = {"ls": "--", "connectionstyle": "arc3,rad=0.35"}
        _arrow(ax, (x + 0.75, 2.0), (x - 0.75, 2.0), **back)
        _label(ax, x, 2.72, rf"$J_{t}^{{\!\top}}$")
    ends = [(0.5, 1.5), (2.5, 3.6), (4.6, 5.4), (5.8, 6.5), (7.5, 8.1)]
    for start, end in ends:
        _arrow(ax, (start, 1.6), (end, 1.6))
    _label(ax, 5.6, 1.6, "…")
    for x, t in ((0.25, "0"), (3.05, "1"), (5.0, "2"), (8.5, "T")):
        _label(ax, x, 1.6 if t in "0T" else 1.3, f"$h_{t}$")
    return ax


def update_gate(ax):
    """Draw how the update gate is computed and what it does to the state.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    _blank(ax, 8.6, 4.5)
    z, h, h_tilde = COLORS["z"], COLORS["h"], COLORS["h_tilde"]
    # the state passes along the top, the gate is computed below it
    _label(ax, 0.35, 3.6, "$h_{t-1}$")
    _arrow(ax, (0.8, 3.6), (3.35, 3.6), h)
    _box(ax, 3.7, 3.6, "×", h, 0.7)
    _arrow(ax, (4.05, 3.6), (5.85, 3.6), h)
    _box(ax, 6.2, 3.6, "+", h, 0.7)
    _arrow(ax, (6.55, 3.6), (7.7, 3.6), h)
    _label(ax, 8.1, 3.6, "$h_t$")
    # what z does: its share to the old state, the rest to the candidate
    _box(ax, 3.7, 1.6, r"$\sigma$", z, 0.9)
    _arrow(ax, (3.7, 1.95), (3.7, 3.25), z)
    _label(ax, 3.45, 2.6, "$z_t$")
    _box(ax, 6.2, 1.6, "×", h_tilde, 0.7)
    _arrow(ax, (4.15, 1.6), (5.85, 1.6), z)
    _label(ax, 5.0, 1.86, "$1-z_t$")
    _arrow(ax, (6.2, 1.95), (6.2, 3.25), h_tilde)
    _label(ax, 7.9, 1.6, r"$\tilde h_t$")
    _arrow(ax, (7.6, 1.6), (6.55, 1.6), h_tilde)
    # what z is made of
    ax.plot([1.5, 1.5, 3.25], [3.6, 1.75, 1.75], color=INK, lw=1.4)
    _arrow(ax, (2.9, 1.75), (3.25, 1.75))
    _label(ax, 2.35, 2.0, "$W_{hz}$")
    _label(ax, 0.35, 1.45, "$x_t$")
    _arrow(ax, (0.75, 1.45), (3.25, 1.45))
    _label(ax, 2.35, 1.15, "$W_{xz}$")
    _label(ax, 3.7, 0.35, "$b_z$")
    _arrow(ax, (3.7, 0.6), (3.7, 1.25))
    return ax
