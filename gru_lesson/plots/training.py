"""The figures of chapter 09, training."""

import numpy as np

from gru_lesson.plots.style import COLORS, INK, STYLES


def learning_curves(ax, curves, lines=None):
    """Draw losses against updates, on a log scale.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    curves : dict of tuple
        By label: a pair (updates, losses), or a list of such pairs, one for each run;
        at most four labels.
    lines : dict of float, optional
        Losses to compare with, by label: thin horizontal lines.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    for (label, runs), style in zip(curves.items(), STYLES, strict=False):
        runs = runs if isinstance(runs, list) else [runs]
        for i, (updates, losses) in enumerate(runs):
            ax.semilogy(updates, losses, label="" if i else label, **style)
    for label, loss in (lines or {}).items():
        ax.axhline(loss, color=COLORS["input"], lw=1)
        where = ax.get_yaxis_transform()
        ax.annotate(label, (0, loss), (3, -3), where, "offset points", va="top")
    ax.set(xlabel="updates", xlim=(0, None))
    ax.legend(loc="best")
    return ax


def standing_still(axes, updates, losses, reaches):
    """Draw the test loss, and under it how much of the gradient reaches step 1.

    Parameters
    ----------
    axes : sequence of two matplotlib.axes.Axes
        Where to draw.
    updates : dict of sequence of int
        By cell, the one that matters first: after how many updates it was measured.
    losses, reaches : dict of sequence of float
        By cell: test loss, and ‖∂L/∂x_1‖ / ‖∂L/∂x_T‖, the latter also before the first
        update, and so one more.

    Returns
    -------
    sequence of two matplotlib.axes.Axes
        The same Axes.
    """
    for (cell, steps), style in zip(updates.items(), STYLES, strict=False):
        axes[0].semilogy(steps, losses[cell], label=cell, **style)
        axes[1].semilogy([0, *steps], reaches[cell], label=cell, **style)
    axes[0].axhline(1 / 6, color=COLORS["input"], lw=1)
    axes[0].set_title("test loss (gray: always answering 1)")
    axes[1].set_title("share of the gradient that reaches step 1")
    axes[1].set(xlabel="updates")
    axes[0].legend(loc="lower left")
    for ax in axes:
        ax.set(xlim=(0, None))
    return axes


def gate_maps(axes, gates, marks):
    """Draw gates over a sequence as heat maps, with the marked steps on top.

    Parameters
    ----------
    axes : sequence of matplotlib.axes.Axes
        Where to draw, one for each gate.
    gates : dict of ndarray, shape (T, H)
        Values from 0 to 1, by title; units in the order of the rows.
    marks : sequence of int
        The marked steps, counted from 1.

    Returns
    -------
    sequence of matplotlib.axes.Axes
        The same Axes.
    """
    for ax, (title, values) in zip(axes, gates.items(), strict=True):
        T, H = values.shape
        box = (0.5, T + 0.5, H + 0.5, 0.5)
        image = ax.imshow(
            values.T, vmin=0, vmax=1, cmap="viridis", aspect="auto", extent=box
        )
        y = [1.05] * len(marks)
        across = ax.get_xaxis_transform()
        ax.plot(marks, y, "v", ms=6, color=INK, transform=across, clip_on=False)
        ax.set_title(title, pad=14)
        ax.set(xlim=box[:2], ylim=box[2:], ylabel="unit")
        ax.grid(visible=False)
        ax.figure.colorbar(image, ax=ax, ticks=(0, 0.5, 1), pad=0.02, aspect=12)
    axes[-1].set_xlabel("step")
    return axes


def what_it_knows(ax, shares, marks):
    """Draw how well numbers can be read from the state, step by step.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    shares : dict of ndarray, shape (T,)
        Share of the variance that the state explains, by what is read; at most four.
    marks : sequence of int
        The marked steps, counted from 1.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    for (label, values), style in zip(shares.items(), STYLES, strict=False):
        ax.plot(np.arange(1, len(values) + 1), values, label=label, **style)
    across = ax.get_xaxis_transform()
    y = [1.05] * len(marks)
    ax.plot(marks, y, "v", ms=6, color=INK, transform=across, clip_on=False)
    ax.set(xlabel="step", ylim=(-0.1, 1.05), yticks=(0, 0.5, 1), xlim=(0, len(values)))
    ax.set_title("share of the variance", pad=14)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.24), ncols=3)
    return ax


def forecasts(ax, times, measured, curves):
    """Draw a series and its forecasts over time.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    times : ndarray of datetime64, shape (N,)
        The months.
    measured : ndarray, shape (N,)
        What was measured.
    curves : dict of ndarray, shape (N,)
        Forecasts for these months by name, the one that matters first.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    years = 1970 + times.astype("datetime64[M]").astype(int) / 12
    ax.plot(years, measured, ".", ms=4, color=COLORS["input"], label="measured")
    for (label, values), style in zip(curves.items(), STYLES, strict=False):
        ax.plot(years, values, label=label, **style)
    low, high = ax.get_ylim()
    ax.set(ylim=(low, high + 0.3 * (high - low)), xlabel="year", ylabel="°C")
    ax.legend(loc="upper center", ncols=3)
    return ax
