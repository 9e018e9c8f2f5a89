"""The figures of chapter 01, why gates."""

import numpy as np

from gru_lesson.plots.style import COLORS, INK, STYLES, arrow, blank, box, write


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
    blank(ax, 8.9, 3.1)
    centers = [2.0, 4.1, 7.0]
    for x, t in zip(centers, ("1", "2", "T"), strict=True):
        box(ax, x, 1.6, r"$\tanh$", COLORS["h"])
        arrow(ax, (x, 0.65), (x, 1.25))
        write(ax, x, 0.38, f"$x_{t}$")
        back = {"ls": "--", "connectionstyle": "arc3,rad=0.35"}
        arrow(ax, (x + 0.75, 2.0), (x - 0.75, 2.0), **back)
        write(ax, x, 2.72, rf"$J_{t}^{{\!\top}}$")
    ends = [(0.5, 1.5), (2.5, 3.6), (4.6, 5.4), (5.8, 6.5), (7.5, 8.1)]
    for start, end in ends:
        arrow(ax, (start, 1.6), (end, 1.6))
    write(ax, 5.6, 1.6, "…")
    for x, t in ((0.25, "0"), (3.05, "1"), (5.0, "2"), (8.5, "T")):
        write(ax, x, 1.6 if t in "0T" else 1.3, f"$h_{t}$")
    return ax


def norms_over_time(ax, curves):
    """Draw on a log scale how much of a change at step 0 is left after each step.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    curves : dict of ndarray, shape (T,)
        By label: ‖∂h_t/∂h_0‖₂ for t = 1 to T; up to four, the one that matters first.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    ax.axhline(1, color=INK, lw=0.8)
    for (label, norms), style in zip(curves.items(), STYLES, strict=False):
        steps = np.arange(1, len(norms) + 1)
        ax.semilogy(steps, norms, **style)
        end = (steps[-1], norms[-1])
        ax.annotate(label, end, (6, 0), textcoords="offset points", va="center")
    ax.set(xlabel="steps since the change, $t$", xlim=(0, steps[-1]))
    ax.set_title(r"$\|\partial h_t / \partial h_0\|_2$")
    return ax


def leaks(ax, target, states):
    """Draw what a leaky unit is told and what it holds, for several leaks.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    target : ndarray, shape (T,)
        What the unit is told at each step.
    states : dict of ndarray, shape (T,)
        By label: its state under one choice of leak, the one that matters first.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    steps = np.arange(1, len(target) + 1)
    ax.plot(steps, target, ".", ms=4, color=COLORS["input"], label="what it is told")
    for (label, state), style in zip(states.items(), STYLES, strict=False):
        ax.plot(steps, state, label=label, **style)
    ax.set(xlabel="step", ylim=(-0.75, 1.6), xlim=(0, steps[-1] + 1))
    ax.legend(loc="upper right", ncols=2)
    return ax


def warp(axes, plain, warped, ticks):
    """Draw a unit on a signal, and on the same signal at another speed, one Axes each.

    Parameters
    ----------
    axes : sequence of two matplotlib.axes.Axes
        Where to draw the signal as it was, and the warped one.
    plain : tuple of two ndarray, shape (n,)
        Target and state at the original speed.
    warped : tuple of three ndarray, shape (T,)
        Target, state with the old leak, and state with the leak that follows the clock.
    ticks : ndarray of int, shape (n,)
        The warped step at which each original step ends.

    Returns
    -------
    sequence of two matplotlib.axes.Axes
        The same Axes.
    """
    target, state = plain
    n = np.arange(1, len(target) + 1)
    axes[0].step(n, target, where="pre", color=COLORS["input"], lw=1.2)
    axes[0].plot(n, state, color=COLORS["h"])
    axes[0].plot(n, state, "o", ms=4, color=COLORS["h"])
    axes[0].set_title("as it was recorded")
    target, fixed, follows = warped
    t = np.arange(1, len(target) + 1)
    axes[1].step(t, target, where="pre", color=COLORS["input"], lw=1.2, label="signal")
    axes[1].plot(t, fixed, label="fixed leak", **STYLES[1])
    axes[1].plot(t, follows, color=COLORS["h"], label="leak that follows the clock")
    axes[1].plot(ticks, state, "o", ms=4, color=COLORS["h"])
    axes[1].set_title("played at a changing speed")
    axes[1].set_xlabel("step")
    axes[1].legend(loc="lower right", ncols=3, columnspacing=1.2, handlelength=1.6)
    for ax, bottom in zip(axes, (-1.25, -1.9), strict=True):
        ax.set(ylim=(bottom, 1.25), yticks=(-1, 0, 1), xlim=(0, None))
    return axes
