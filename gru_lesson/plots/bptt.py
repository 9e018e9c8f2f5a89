"""The figures of chapter 07, back-propagation through time."""

import numpy as np

from gru_lesson.plots.style import COLORS, INK, STYLES, arrow, blank, box, write


def step_graph(ax):
    """Draw one step as a graph, with the four edges by which the old state enters.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    blank(ax, 9.7, 5.8)
    z, r, h_tilde, h = (COLORS[name] for name in ("z", "r", "h_tilde", "h"))
    write(ax, 0.5, 3.1, "$h_{t-1}$")
    ends = [((1.05, 3.2), (7.85, 3.4)), ((0.9, 3.4), (3.1, 4.6))]
    ends += [((1.05, 3.0), (4.35, 2.2)), ((0.9, 2.8), (2.6, 1.3))]
    for number, (start, end) in enumerate(ends, 1):
        arrow(ax, start, end, h)
        at = [0.3, 0.45, 0.5, 0.5][number - 1]
        x, y = (s + at * (e - s) for s, e in zip(start, end, strict=True))
        write(ax, x, y + 0.32, f"{number}")
    box(ax, 3.6, 4.75, r"$\sigma$", z)
    write(ax, 6.1, 4.65, "$z_t$")
    arrow(ax, (4.1, 4.7), (7.85, 3.65), z)
    box(ax, 3.1, 1.1, r"$\sigma$", r)
    write(ax, 4.35, 1.3, "$r_t$")
    arrow(ax, (3.6, 1.2), (4.4, 1.85), r)
    box(ax, 4.7, 2.15, "×", r, 0.7)
    write(ax, 5.45, 2.5, "$g_t$")
    arrow(ax, (5.05, 2.15), (5.85, 2.15), r)
    box(ax, 6.4, 2.15, r"$\tanh$", h_tilde, 1.1)
    write(ax, 7.75, 2.45, r"$\tilde h_t$")
    arrow(ax, (6.95, 2.25), (7.95, 3.1), h_tilde)
    box(ax, 8.25, 3.45, "+", h, 0.8)
    arrow(ax, (8.65, 3.45), (9.15, 3.45), h)
    write(ax, 9.45, 3.45, "$h_t$")
    for x, low, high in ((3.6, 5.65, 5.1), (3.1, 0.2, 0.75), (6.4, 1.25, 1.8)):
        arrow(ax, (x, low), (x, high))
        write(ax, x + 0.45, low, "$x_t$")
    return ax


def step_sizes(ax, steps, errors):
    """Draw the error of a numerical gradient against its step, on log scales.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    steps : ndarray, shape (n,)
        How far an entry was moved.
    errors : dict of ndarray, shape (n,)
        Relative errors, by the kind of difference; at most four.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    for (kind, values), style in zip(errors.items(), STYLES, strict=False):
        ax.loglog(steps, values, label=kind, **style)
    ax.set(xlabel=r"step $\varepsilon$")
    ax.set_title("relative error")
    ax.legend(loc="upper center")
    return ax


def red_lines(axes, errors, names, paths):
    """Draw the errors of gradient checks as a table of colors, one Axes a table.

    Parameters
    ----------
    axes : sequence of matplotlib.axes.Axes
        Where to draw.
    errors : dict of ndarray, shape (len(names), len(paths))
        Relative errors by title.
    names, paths : list of str
        What the rows check, and what each column leaves out.

    Returns
    -------
    sequence of matplotlib.axes.Axes
        The same Axes.
    """
    for ax, (title, table) in zip(axes, errors.items(), strict=True):
        wrong = np.where(table > 1e-7, np.log10(np.maximum(table, 1e-7)), np.nan)
        ax.imshow(wrong, cmap="Oranges", vmin=-4, vmax=3, aspect="auto")
        for (i, j), error in np.ndenumerate(table):
            # on a colored field the ink stays dark, in dark mode too
            mark, ink = (f"{error:.1g}", "#111111") if error > 1e-7 else ("ok", INK)
            ax.text(j, i, mark, ha="center", va="center", fontsize=9, color=ink)
        ax.set_xticks(range(len(paths)), paths, rotation=40, ha="right")
        ax.set_yticks(range(len(names)), names)
        ax.grid(visible=False)
        ax.set_title(title)
        ax.tick_params(length=0)
    axes[-1].set_yticks([])
    return axes


def truncation(ax, windows, curves):
    """Draw the error of a truncated gradient against the window, on a log scale.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    windows : sequence of int
        Steps between two cuts.
    curves : dict of ndarray, shape (len(windows),)
        Relative error, by label; at most four.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    for (label, values), style in zip(curves.items(), STYLES, strict=False):
        ax.loglog(windows, values, marker=".", label=label, **style)
    ax.set_xticks(windows, [f"{window}" for window in windows])
    ax.minorticks_off()
    ax.set(xlabel="steps between two cuts")
    ax.set_title("relative error of the gradient")
    ax.legend(loc="lower left")
    return ax
