"""The figures of the book, one function each: arrays and an Axes in, the Axes out.

Call `use_style` once at the top of a notebook; `COLORS` holds the fixed color of each
quantity, the same in plots, diagrams and live figures.
"""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MultipleLocator
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


# --- chapter 01 ----------------------------------------------------------------------


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


# --- chapter 02 ----------------------------------------------------------------------


def memory(ax, gates, steps):
    """Draw what is left of a state under constant gates, and mark the half-lives.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    gates : sequence of float
        Values of z in (0, 1), at most four.
    steps : int
        How many steps to draw.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    t = np.arange(steps + 1)
    ax.axhline(0.5, color=INK, lw=0.8)
    looks = zip(("-", "--", "-.", ":"), (0.75, 0.3, 0.04, 0.02), strict=True)
    for z, (ls, height) in zip(gates, looks, strict=False):
        ax.plot(t, z**t, ls, color=COLORS["z"])
        half = -np.log(2) / np.log(z)
        if half < steps:
            ax.plot(half, 0.5, "o", color=COLORS["z"])
        place = (np.log(height) / np.log(z), height)  # on the curve, at this height
        ax.annotate(f"{z:g}", place, (5, 3), textcoords="offset points")
    ax.set(xlabel="steps", ylim=(0, 1.02), xlim=(0, steps))
    ax.set_title("share left, by gate $z$")
    return ax


def half_life(ax, biases, half_lives, marked):
    """Draw the half-life of a gate against its bias, on a log scale.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    biases, half_lives : ndarray, shape (n,)
        The bias b_z, and the half-life in steps that it gives.
    marked : dict of float
        Some of the points again, half-life by bias, to be labeled.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    ax.semilogy(biases, half_lives, color=COLORS["z"])
    ax.plot(list(marked), list(marked.values()), "o", color=COLORS["z"])
    for bias, value in marked.items():
        ax.annotate(f"{value:.1f}", (bias, value), (7, -11), textcoords="offset points")
    ax.set(xlabel="bias $b_z$", xlim=(biases[0], biases[-1]))
    ax.xaxis.set_major_locator(MultipleLocator(2))
    ax.set_title("half-life, in steps")
    return ax


def hold(axes, told, gate, state):
    """Draw a unit that takes a number when it is marked and holds it in between.

    Parameters
    ----------
    axes : sequence of two matplotlib.axes.Axes
        Where to draw the gate, and the signals.
    told : ndarray, shape (T,)
        The value that comes in at each step.
    gate : ndarray, shape (T,)
        The update gate z.
    state : ndarray, shape (T,)
        The state h.

    Returns
    -------
    sequence of two matplotlib.axes.Axes
        The same Axes.
    """
    t = np.arange(1, len(told) + 1)
    axes[0].step(t, gate, where="mid", color=COLORS["z"])
    axes[0].set(ylim=(-0.08, 1.08), yticks=(0, 0.5, 1))
    axes[0].set_title("update gate $z_t$")
    axes[1].plot(t, told, ".", ms=5, color=COLORS["input"], label="value that comes in")
    axes[1].step(t, state, where="mid", color=COLORS["h"], label="state $h_t$")
    axes[1].set(xlabel="step", ylim=(-1.1, 1.5), xlim=(0.5, len(told) + 0.5))
    axes[1].legend(loc="upper right", ncols=2)
    return axes
