"""The figures of chapter 10, GRU and LSTM."""

import numpy as np

from gru_lesson.plots.style import COLORS, INK

GRAY = COLORS["input"]
LOOKS = {
    "Elman": {"color": GRAY, "marker": "D", "mfc": GRAY},
    "GRU": {"color": COLORS["h"], "marker": "o", "mfc": COLORS["h"]},
    "LSTM": {"color": INK, "marker": "s", "mfc": INK},
    "narrow LSTM": {"color": INK, "marker": "s", "mfc": "none"},
}


def medians(ax, summaries, what, cap=None, shares=True):
    """Draw the median of each variant with its interval, one row each.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    summaries : list of dict
        Of one task and length, from `gru_lesson.study.summarize`.
    what : str
        "updates", "score" or "longest".
    cap : float, optional
        Where runs that were not solved end: a median there is drawn as an arrow.
    shares : bool
        Write at the right how many of how many runs were solved.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    rows = _rows(ax, summaries)
    for y, found in zip(rows, summaries, strict=True):
        look = LOOKS[found["cell"]] | {"ms": 5, "lw": 1.6}
        if found[what] is not None:
            middle, *ends = found[what]
            ax.plot(ends, [y, y], color=look["color"], lw=1.6)
            if cap is not None and middle >= cap:
                look |= {"marker": ">", "clip_on": False}
            ax.plot(middle, y, **look)
        if shares:
            text = f"{round(found['share'][0] * found['runs'])}/{found['runs']}"
            ax.text(1.08, y, text, transform=ax.get_yaxis_transform(), va="center")
    if cap is not None:
        ax.axvline(cap, color=INK, lw=0.8)
    return ax


def _rows(ax, variants):
    """Label a row for each variant, with gaps between the cells; return the heights."""
    cells = [variant["cell"] for variant in variants]
    gaps = [a != b for a, b in zip(cells, cells[:1] + cells, strict=False)]
    rows = np.arange(len(cells)) + 0.6 * np.cumsum(gaps)
    labels = [f"{variant['cell']} {variant['bias']}" for variant in variants]
    ax.set_yticks(rows, [label.rstrip(" -") for label in labels])
    ax.set(ylim=(rows[-1] + 0.7, -0.7))
    return rows


def longest_counts(ax, variants, trained):
    """Draw how far each start counted, a row for each variant, and the medians.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    variants : list of dict
        ``cell``, ``bias`` and ``longest``, a list: the n up to which each start was
        right.
    trained : int
        The largest n that they were trained on.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    ax.axvline(trained, color=INK, lw=0.8)
    for y, variant in zip(_rows(ax, variants), variants, strict=True):
        look = LOOKS[variant["cell"]]
        spread = y + 0.24 * np.linspace(-1, 1, len(variant["longest"]))
        ax.plot(sorted(variant["longest"]), spread, ls="", ms=3, alpha=0.7, **look)
        middle = [np.median(variant["longest"])] * 2
        ax.plot(middle, [y - 0.4, y + 0.4], color=look["color"], lw=2.2)
    ax.set(xscale="log", xlabel="right up to $n$", title=f"trained up to {trained}")
    _plain_ticks(ax, (1, 3, 10, 30, 100))
    return ax


def to_solve(axes, panels):
    """Draw how many updates each variant needed, a panel for each task.

    Parameters
    ----------
    axes : sequence of matplotlib.axes.Axes
        Where to draw; they share their y axis.
    panels : dict of tuple
        By title: what `medians` needs, the summaries and the cap.

    Returns
    -------
    sequence of matplotlib.axes.Axes
        The same Axes.
    """
    for ax, (title, (summaries, cap)) in zip(axes, panels.items(), strict=True):
        medians(ax, summaries, "updates", cap)
        ax.set(xscale="log", xlim=(40, cap), title=title, xlabel="updates")
        ax.set_xticks([100, 1000], ["100", "1000"])
        ax.set_xticks([], minor=True)
    return axes


def ratios(ax, found):
    """Draw ratios with their intervals, one row each, and a line at 1.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    found : dict of dict of tuple
        By the label of a row, then by that of a mark: (ratio, low, high), or None where
        there is none. At most two marks.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    looks = dict(LOOKS["LSTM"]), dict(LOOKS["narrow LSTM"])
    ax.axvline(1, color=INK, lw=0.8)
    named = set()
    for y, marks in enumerate(found.values()):
        for k, (label, mark) in enumerate(marks.items()):
            if mark is None:
                continue
            middle, low, high = mark
            where = y + 0.3 * (k - (len(marks) - 1) / 2)
            ax.plot([low, high], [where, where], color=INK, lw=1.6)
            name = "" if label in named else label
            ax.plot(middle, where, ls="", ms=5, label=name, **looks[k])
            named.add(label)
    ax.set_yticks(range(len(found)), list(found))
    ax.set(xscale="log", ylim=(len(found) - 0.4, -0.6))
    _plain_ticks(ax, (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4))
    ax.legend(loc="lower center", bbox_to_anchor=(0.4, 1), ncols=2)
    return ax


def _plain_ticks(ax, marks):
    """Put ticks where the marks lie within the axis."""
    low, high = ax.get_xlim()
    marks = [mark for mark in marks if low <= mark <= high]
    ax.set_xticks(marks, [f"{mark:.3g}" for mark in marks])
    ax.set_xticks([], minor=True)


def time_ratios(ax, rows):
    """Draw the time of a GRU in times of an LSTM, one row a size.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    rows : dict of dict of tuple
        By the label of a size, then by implementation: lower quartile, median, upper
        quartile. At most four implementations.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    looks = (
        {"color": COLORS["h"], "marker": "o", "mfc": COLORS["h"]},
        {"color": INK, "marker": "s", "mfc": INK},
        {"color": INK, "marker": "s", "mfc": "none"},
        {"color": GRAY, "marker": "^", "mfc": GRAY},
    )
    for x, style in ((3 / 4, "--"), (1, "-")):
        ax.axvline(x, color=INK, lw=0.8, ls=style)
    for y, by in enumerate(rows.values()):
        for k, (name, (low, middle, high)) in enumerate(by.items()):
            where = y + 0.18 * (k - (len(by) - 1) / 2)
            ax.plot([low, high], [where, where], color=looks[k]["color"], lw=1.4)
            label = name if y == 0 else ""
            ax.plot(middle, where, ls="", ms=5, label=label, **looks[k])
    ax.set_yticks(range(len(rows)), list(rows))
    ax.set(xscale="log", ylim=(len(rows) - 0.4, -0.6))
    _plain_ticks(ax, (0.5, 0.75, 1, 2, 4))
    ax.set_xlabel("time of the GRU / time of the LSTM")
    ax.legend(loc="lower center", bbox_to_anchor=(0.4, 1), ncols=2)
    return ax


def counters(axes, curves):
    """Draw what a unit holds while strings are read, above each other.

    Parameters
    ----------
    axes : sequence of two matplotlib.axes.Axes
        Where to draw: a GRU, then an LSTM.
    curves : sequence of two dicts of ndarray, shape (2n,)
        By n: the value of the unit after each symbol of the string.

    Returns
    -------
    sequence of two matplotlib.axes.Axes
        The same Axes.
    """
    titles = "GRU: $h$ of the unit", "LSTM: $c$ of the unit"
    colors = COLORS["h"], INK
    for ax, by_n, title, color in zip(axes, curves, titles, colors, strict=True):
        for n, values in by_n.items():
            ax.plot(np.arange(len(values) + 1), [0, *values], color=color, lw=1.5)
            ax.axvline(n, color=GRAY, lw=0.8, ls=":")
        ax.set_title(title)
    axes[0].set(ylim=(-1.05, 1.05), yticks=(-1, 0, 1))
    axes[1].set(xlabel="symbols read", xlim=(0, None))
    return axes
