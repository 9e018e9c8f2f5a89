"""The figures of chapter 03, the reset gate."""

import numpy as np

from gru_lesson.plots.style import COLORS, INK, STYLES, arrow, blank, box, gate, write


def reset_gate_diagram(ax):
    """Draw how the reset gate is computed and what it does to the candidate.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    blank(ax, 8.6, 4.5)
    r, h, h_tilde = COLORS["r"], COLORS["h"], COLORS["h_tilde"]
    gate(ax, "r")
    # what it does: its share of the old state goes on to the candidate
    box(ax, 3.7, 3.6, "×", r, 0.7)
    arrow(ax, (4.05, 3.6), (5.95, 3.6), h)
    write(ax, 5.0, 3.92, "$W_{hh}$")
    box(ax, 6.5, 3.6, r"$\tanh$", h_tilde, 1.1)
    arrow(ax, (7.05, 3.6), (7.8, 3.6), h_tilde)
    write(ax, 8.15, 3.6, r"$\tilde h_t$")
    # the input, again, and the bias of the candidate
    write(ax, 5.6, 1.6, "$x_t$")
    arrow(ax, (5.75, 1.9), (6.3, 3.25))
    write(ax, 5.4, 2.6, "$W_{xh}$")
    write(ax, 7.4, 1.6, "$b_h$")
    arrow(ax, (7.25, 1.9), (6.7, 3.25))
    return ax


def restarts(ax, target, marks, totals):
    """Draw a running total that starts over at marks, and what cells make of it.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    target : ndarray, shape (T,)
        The total that is asked for at each step.
    marks : ndarray, shape (T,)
        1 where the total starts over, else 0.
    totals : dict of ndarray, shape (T,)
        By label: what a cell answers, the one that matters first; at most four.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    steps = np.arange(1, len(target) + 1)
    for t in steps[marks == 1]:
        ax.axvline(t, ymax=0.84, color=INK, lw=0.8, alpha=0.5)
    for (label, total), style in zip(totals.items(), STYLES, strict=False):
        ax.plot(steps, total, label=label, **style)
    ax.plot(steps, target, "o", ms=4, color=COLORS["input"], label="asked for")
    lines = [target, *totals.values()]
    low, high = min(map(np.min, lines)), max(map(np.max, lines))
    pad = 0.05 * (high - low)  # and room for the legend above
    ax.set(ylim=(low - pad, high + 5 * pad), xlim=(0.5, len(target) + 0.5))
    ax.set_xlabel("step")
    ax.set_title("running total")
    ax.legend(loc="upper left", ncols=3, columnspacing=1.2, handlelength=1.8)
    return ax


def pasts(ax, rs, left):
    """Draw how much of the difference between two pasts one step leaves.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    rs : ndarray, shape (n,)
        Values of the reset gate.
    left : dict of ndarray, shape (n,)
        By update gate z, at most four: the share of the difference that is left.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    for (z, share), ls in zip(left.items(), ("-", "--", "-.", ":"), strict=False):
        ax.plot(rs, share, ls, color=COLORS["z"])
        place = (rs[len(rs) // 4], share[len(rs) // 4])
        offset = {"xytext": (0, 5), "textcoords": "offset points", "ha": "right"}
        ax.annotate(f"$z = {z:g}$", place, **offset)
    ax.set(xlabel="reset gate $r$", xlim=(0, 1), ylim=(0, 1.12))
    ax.set_title("share of the difference left")
    return ax
