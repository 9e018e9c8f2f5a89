"""The figures of chapter 02, the update gate."""

import numpy as np
from matplotlib.ticker import MultipleLocator

from gru_lesson.plots.style import COLORS, INK, arrow, blank, box, gate, write


def update_gate_diagram(ax):
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
    blank(ax, 8.6, 4.5)
    z, h, h_tilde = COLORS["z"], COLORS["h"], COLORS["h_tilde"]
    gate(ax, "z")
    # what it does: its share to the old state, the rest to the candidate
    box(ax, 3.7, 3.6, "×", h, 0.7)
    arrow(ax, (4.05, 3.6), (5.85, 3.6), h)
    box(ax, 6.2, 3.6, "+", h, 0.7)
    arrow(ax, (6.55, 3.6), (7.7, 3.6), h)
    write(ax, 8.1, 3.6, "$h_t$")
    arrow(ax, (4.15, 1.6), (5.85, 1.6), z)
    write(ax, 5.0, 1.86, "$1-z_t$")
    box(ax, 6.2, 1.6, "×", h_tilde, 0.7)
    arrow(ax, (6.2, 1.95), (6.2, 3.25), h_tilde)
    write(ax, 7.9, 1.6, r"$\tilde h_t$")
    arrow(ax, (7.6, 1.6), (6.55, 1.6), h_tilde)
    return ax


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
