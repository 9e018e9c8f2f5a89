"""The figures of chapter 06, the whole cell."""

import numpy as np
from matplotlib.colors import ListedColormap, to_rgba

from gru_lesson.plots.style import COLORS, INK, arrow, blank, box, write

OCHRE = "#B58900"  # negative states


def cell_diagram(ax):
    """Draw the GRU cell: two gates, the candidate, and the state along the top.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    blank(ax, 9.6, 5.0)
    z, r, h_tilde, h = (COLORS[name] for name in ("z", "r", "h_tilde", "h"))
    # the state passes along the top and branches off to the candidate
    write(ax, 0.55, 4.3, "$h_{t-1}$")
    arrow(ax, (1.0, 4.3), (5.35, 4.3), h)
    box(ax, 5.7, 4.3, "×", h, 0.7)
    arrow(ax, (6.05, 4.3), (7.25, 4.3), h)
    box(ax, 7.6, 4.3, "+", h, 0.7)
    arrow(ax, (7.95, 4.3), (8.75, 4.3), h)
    write(ax, 9.15, 4.3, "$h_t$")
    ax.plot([1.35, 1.35, 1.7], [4.3, 2.7, 2.7], color=h, lw=1.4)
    arrow(ax, (1.5, 2.7), (1.85, 2.7), h)
    # the reset gate scales what the candidate sees of it
    box(ax, 2.2, 2.7, "×", r, 0.7)
    box(ax, 2.2, 1.3, r"$\sigma$", r, 0.9)
    arrow(ax, (2.2, 1.65), (2.2, 2.35), r)
    write(ax, 2.55, 1.98, "$r_t$")
    arrow(ax, (2.55, 2.7), (3.35, 2.7), r)
    box(ax, 4.0, 2.7, r"$\tanh$", h_tilde, 1.3)
    write(ax, 4.0, 1.25, "$x_t$")
    arrow(ax, (4.0, 1.55), (4.0, 2.35))
    # the update gate deals out two shares; its line hops over the candidate's
    box(ax, 5.7, 1.3, r"$\sigma$", z, 0.9)
    turn = np.linspace(-np.pi / 2, np.pi / 2, 30)
    hop_x, hop_y = 5.7 + 0.16 * np.cos(turn), 2.7 + 0.16 * np.sin(turn)
    ax.plot(np.r_[5.7, hop_x, 5.7], np.r_[1.65, hop_y, 3.6], color=z, lw=1.4)
    arrow(ax, (5.7, 3.4), (5.7, 3.95), z)
    write(ax, 5.35, 3.4, "$z_t$")
    arrow(ax, (4.65, 2.7), (7.25, 2.7), h_tilde)
    write(ax, 6.75, 3.1, r"$\tilde h_t$")
    box(ax, 7.6, 2.7, "×", h_tilde, 0.7)
    arrow(ax, (7.6, 3.05), (7.6, 3.95), h_tilde)
    ax.plot([6.15, 7.6, 7.6], [1.3, 1.3, 2.0], color=z, lw=1.4)
    arrow(ax, (7.6, 1.8), (7.6, 2.35), z)
    write(ax, 8.2, 1.75, "$1-z_t$")
    for x in (2.2, 5.7):
        write(ax, x, 0.3, "$x_t,\\; h_{t-1}$")
        arrow(ax, (x, 0.55), (x, 0.95))
    return ax


def unrolled(ax):
    """Draw the cell once for each step, with the same parameters at every step.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    blank(ax, 8.9, 3.5)
    h = COLORS["h"]
    box(ax, 4.35, 3.1, "the nine arrays of $p$", INK, 4.2, 0.66)
    for x, t in zip((2.0, 4.1, 7.0), ("1", "2", "T"), strict=True):
        box(ax, x, 1.6, "cell", h)
        arrow(ax, (x, 0.65), (x, 1.25))
        write(ax, x, 0.38, f"$x_{t}$")
        start = (min(max(x, 2.9), 5.8), 2.77)
        arrow(ax, start, (x, 1.95), ls="--")
    for start, end in [(0.5, 1.5), (2.5, 3.6), (4.6, 5.4), (5.8, 6.5), (7.5, 8.1)]:
        arrow(ax, (start, 1.6), (end, 1.6), h)
    write(ax, 5.6, 1.6, "…")
    for x, t in ((0.25, "0"), (3.05, "1"), (5.0, "2"), (8.5, "T")):
        write(ax, x, 1.6 if t in "0T" else 1.3, f"$h_{t}$")
    return ax


def inside(axes, z, r, hs):
    """Draw gates and state of a cell over a sequence, as heat maps.

    Parameters
    ----------
    axes : sequence of three matplotlib.axes.Axes
        Where to draw the update gate, the reset gate and the state.
    z, r, hs : ndarray, shape (T, H)
        Update gate, reset gate and state of one sequence.

    Returns
    -------
    sequence of three matplotlib.axes.Axes
        The same Axes.
    """
    T, H = hs.shape

    def fade(color):  # zero is transparent: the page's own color, light or dark
        return [to_rgba(color, alpha) for alpha in np.linspace(0, 1, 128)]

    top = np.ceil(10 * np.abs(hs).max()) / 10
    maps = [
        ("update gate $z_t$", z, (0, 0.5, 1), fade(COLORS["z"])),
        ("reset gate $r_t$", r, (0, 0.5, 1), fade(COLORS["r"])),
        ("state $h_t$", hs, (-top, 0, top), fade(OCHRE)[::-1] + fade(COLORS["h"])),
    ]
    for ax, (title, values, ticks, colors) in zip(axes, maps, strict=True):
        cmap = ListedColormap(colors)
        image = ax.imshow(
            values.T,
            cmap=cmap,
            vmin=ticks[0],
            vmax=ticks[-1],
            aspect="auto",
            interpolation="nearest",
            extent=(0.5, T + 0.5, H + 0.5, 0.5),
        )
        ax.set(yticks=(1, H), ylabel="unit")
        ax.set_title(title)
        ax.grid(False)
        bar = ax.figure.colorbar(image, ax=ax, ticks=ticks)
        bar.outline.set_visible(False)
    axes[-1].set(xlabel="step")
    return axes
