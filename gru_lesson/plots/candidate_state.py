"""The figures of chapter 04, the candidate state."""

import numpy as np

from gru_lesson.plots.style import COLORS, INK, STYLES, arrow, blank, box, write


def candidate_diagram(ax):
    """Draw the candidate twice: reset before the matrix product, and after it.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    blank(ax, 9.2, 5.6)
    r, h, h_tilde = COLORS["r"], COLORS["h"], COLORS["h_tilde"]
    product = ("$W_{hh}$", INK, 1.2)
    gate = ("×", r, 0.7)
    rows = ((3.75, "before", (gate, product)), (0.85, "after", (product, gate)))
    for y, title, boxes in rows:
        ax.text(0, y + 1.35, title, ha="left", va="center", fontsize=14, style="italic")
        write(ax, 0.4, y, "$h_{t-1}$")
        start = 0.85
        for x, (text, color, width) in zip((2.0, 3.8), boxes, strict=True):
            arrow(ax, (start, y), (x - width / 2, y), h)
            box(ax, x, y, text, color, width)
            start = x + width / 2
            if text == "×":
                write(ax, x, y + 1.35, "$r_t$")
                arrow(ax, (x, y + 1.1), (x, y + 0.35), r)
        arrow(ax, (start, y), (5.05, y), h)
        box(ax, 5.4, y, "+", h_tilde, 0.7)
        write(ax, 5.4, y + 1.35, "$x_t W_{xh} + b_h$")
        arrow(ax, (5.4, y + 1.1), (5.4, y + 0.35))
        arrow(ax, (5.75, y), (6.5, y), h_tilde)
        box(ax, 7.05, y, r"$\tanh$", h_tilde, 1.1)
        arrow(ax, (7.6, y), (8.4, y), h_tilde)
        write(ax, 8.8, y, r"$\tilde h_t$")
    return ax


def orders(ax, scales, differences):
    """Draw how far reset before and reset after are apart, by size of the weights.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    scales : sequence of float
        By what the weights were multiplied.
    differences : dict of ndarray, shape (n, seeds)
        By label: the largest difference for each scale and seed, at most four; the
        line is the median, the dots are the seeds.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    for (label, values), style in zip(differences.items(), STYLES, strict=False):
        color = style["color"]
        ax.loglog(scales, values, ".", ms=3, alpha=0.5, color=color)
        ax.loglog(scales, np.median(values, axis=1), label=label, **style)
    ax.set_xscale("log", base=2)
    ax.set_xticks(scales, [f"{scale:g}" for scale in scales])
    ax.set(xlabel="weights multiplied by")
    ax.set_title("largest difference, before against after")
    ax.legend(loc="lower right")
    return ax
