"""The figures of chapter 05, the final state."""

import numpy as np

from gru_lesson.plots.style import COLORS, INK, STYLES, arrow


def between(ax, h_prev, h_tilde, gates):
    """Draw the new state of one unit against its update gate.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    h_prev, h_tilde : float
        Old state and candidate, from -1 to 1.
    gates : sequence of float
        Values of z in (0, 1) at which the step from the old state is drawn.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    h, green = COLORS["h"], COLORS["h_tilde"]
    ax.plot((0, 1), (h_prev, h_prev), ":", color=INK, lw=1.2)
    ax.plot((0, 1), (h_tilde, h_prev), color=h)
    for z in gates:
        new = z * h_prev + (1 - z) * h_tilde
        arrow(ax, (z, h_prev), (z, new), shrinkB=4)
        ax.plot(z, new, "o", color=h)
    ax.plot(0, h_tilde, "o", color=green, clip_on=False)
    ax.plot(1, h_prev, "o", color=h, clip_on=False)
    away = {"textcoords": "offset points", "fontsize": 14}
    ax.annotate(r"$\tilde h_t$", (0, h_tilde), (12, 2), color=green, **away)
    ax.annotate("$h_{t-1}$", (0, h_prev), (12, -17), color=h, **away)
    ax.annotate("$h_t$", (0.5, (h_prev + h_tilde) / 2), (12, 6), color=h, **away)
    ax.set(xlabel="update gate $z_t$", xlim=(0, 1), ylim=(-1, 1))
    ax.set(xticks=(0, 0.25, 0.5, 0.75, 1), yticks=(-1, -0.5, 0, 0.5, 1))
    ax.set_title("new state, by update gate")
    return ax


def corners(axes, traces):
    """Draw what a unit does in each corner of the plane of its two gates.

    Parameters
    ----------
    axes : ndarray of matplotlib.axes.Axes, shape (2, 2)
        Where to draw: r from 1 in the upper row to 0, z from 0 on the left to 1.
    traces : dict of ndarray, shape (T, 2)
        By name, z and r, a tuple: the states from two different starts.

    Returns
    -------
    ndarray of matplotlib.axes.Axes
        The same Axes.
    """
    for (name, z, r), states in traces.items():
        ax = axes[1 - r, z]
        t = np.arange(len(states))
        ax.plot(t, states[:, 0], **STYLES[0])
        ax.plot(t, states[:, 1], **STYLES[1])
        ax.set_title(f"{name}: $z={z}$, $r={r}$")
        ax.set(ylim=(-1.1, 1.1), yticks=(-1, 0, 1), xlim=(0, len(states) - 1))
    for ax in axes[1]:
        ax.set(xlabel="step", xticks=range(0, len(states), 4))
    return axes


def step_responses(ax, responses):
    """Draw how states follow a candidate that jumps from 0 to 1.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    responses : dict of ndarray, shape (T + 1,)
        By gate z in [0, 1), at most four: the state after 0 to T steps.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    share = 1 - np.exp(-1)
    ax.axhline(share, color=INK, lw=0.8)
    for (z, states), style in zip(responses.items(), STYLES, strict=False):
        ax.plot(states, label=f"$z = {z:g}$", **style)
        tau = -1 / np.log(z) if z > 0 else np.inf
        if tau < len(states):
            ax.plot(tau, 1 - z**tau, "o", color=COLORS["h"])
    ax.set(xlabel="steps since the jump", ylim=(0, 1.04), xlim=(0, len(states) - 1))
    ax.set_title("state $h$")
    ax.legend(loc="lower right")
    return ax


def counting(ax, tied, untied):
    """Draw a unit with tied shares beside a cell that adds, both told to count.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    tied : ndarray, shape (n + 1,)
        State h after 0 to n steps, kept and written shares adding up to 1.
    untied : ndarray, shape (n + 1,)
        State c after 0 to n steps, both shares equal to 1.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    n = np.arange(len(tied))
    ax.axhline(1, color=INK, lw=0.8)
    ax.plot(n, untied, "o--", color=INK, lw=1.4, ms=4)
    ax.plot(n, tied, "o-", color=COLORS["h"], ms=4)
    away = {"textcoords": "offset points", "ha": "right"}
    ax.annotate("LSTM, cell state $c$", (n[-3], untied[-3]), (-12, 4), **away)
    ax.annotate("GRU, state $h$", (n[-1], tied[-1]), (0, 12), **away)
    ax.set(xlabel="steps", xlim=(0, n[-1]), ylim=(-0.2, n[-1] + 0.5))
    return ax
