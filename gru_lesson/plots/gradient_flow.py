"""The figures of chapter 08, gradient flow."""

from itertools import pairwise

import numpy as np
from matplotlib.colors import to_rgb

from gru_lesson.plots.style import COLORS, INK, STYLES

POSITIVE, NEGATIVE = "#B5482F", "#2F6DB5"


def path_matrices(axes, parts):
    """Draw matrices side by side: positive entries red, negative blue, zero empty.

    Parameters
    ----------
    axes : sequence of matplotlib.axes.Axes
        Where to draw, one for each matrix.
    parts : dict of ndarray, shape (H, H)
        By name. Each is scaled to its own largest entry, which stands below it.

    Returns
    -------
    sequence of matplotlib.axes.Axes
        The same Axes.
    """
    for ax, (title, matrix) in zip(axes, parts.items(), strict=True):
        largest = abs(matrix).max()
        image = np.empty((*matrix.shape, 4))
        for color, where in ((POSITIVE, matrix > 0), (NEGATIVE, matrix <= 0)):
            image[where, :3] = to_rgb(color)
        image[..., 3] = abs(matrix) / largest  # see-through, on any page
        ax.imshow(image, interpolation="nearest")
        ax.set(xticks=[], yticks=[], xlabel=f"largest {largest:.2g}")
        ax.set_title(title.replace("_", " "))
        ax.grid(visible=False)
        ax.spines[["top", "right"]].set_visible(True)
    return axes


def whole_and_gates(ax, whole, gates):
    """Draw what is left of a change, and what the gates alone would leave, by bias.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    whole, gates : dict of ndarray, shape (T,)
        By label: the norm of the product of Jacobians, and the largest product of
        update gates, after 1 to T steps.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    named = {"color": COLORS["h"], "label": r"$\|J_1 \cdots J_t\|_2$"}
    alone = {"color": COLORS["z"], "ls": "--", "label": r"$\max_i \prod z_{i}$"}
    steps = np.arange(1, len(next(iter(whole.values()))) + 1)
    for label, norms in whole.items():
        ax.semilogy(steps, norms, **named)
        ax.semilogy(steps, gates[label], **alone)
        end = {"textcoords": "offset points", "va": "center"}
        ax.annotate(label, (steps[-1], norms[-1]), (6, 2), **end)
        named.pop("label", None)
        alone.pop("label", None)
    ax.set(xlabel="steps since the change, $t$", xlim=(0, steps[-1]))
    ax.legend(loc="lower left")
    return ax


def norms_by_bias(axes, cells, plain):
    """Draw what is left of a change, one Axes a cell, one curve an initial bias.

    Parameters
    ----------
    axes : sequence of matplotlib.axes.Axes
        Where to draw; they share their y axis.
    cells : dict of dict of ndarray, shape (T,)
        By title, then by label: norms after 1 to T steps; up to four labels.
    plain : ndarray, shape (T,)
        The Elman network, drawn in gray for comparison.

    Returns
    -------
    sequence of matplotlib.axes.Axes
        The same Axes.
    """
    for ax, (title, curves) in zip(axes, cells.items(), strict=True):
        steps = np.arange(1, len(plain) + 1)
        ax.axhline(1, color=INK, lw=0.8)
        ax.semilogy(steps, plain, color=COLORS["input"])
        ends = {"Elman": plain[-1]}
        for (label, norms), style in zip(curves.items(), STYLES, strict=False):
            ax.semilogy(steps, norms, **style)
            ends[label] = norms[-1]
        heights = _apart(np.log10(list(ends.values())), 2.0)
        for label, height in zip(ends, heights, strict=True):
            end = {"textcoords": "offset points", "va": "center"}
            ax.annotate(label, (steps[-1], 10.0**height), (5, 0), **end)
        ax.set(xlabel="steps, $t$", xlim=(0, steps[-1]), title=title)
    return axes


def _apart(heights, gap):
    """Move heights up, from the lowest on, until neighbors are a gap apart."""
    placed = np.array(heights)
    order = np.argsort(placed)
    for below, above in pairwise(order):
        placed[above] = max(placed[above], placed[below] + gap)
    return placed


def before_and_after(ax, curves, markers):
    """Draw how much of a change of each state reaches the last one.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    curves : dict of ndarray, shape (T,)
        By the pair (cell, "before" or "after"): ‖∂h_T/∂h_t‖₂ for t = 0 to T - 1. The
        cells are GRU and Elman.
    markers : sequence of int
        The steps of the marked numbers.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    colors = {"GRU": COLORS["h"], "Elman": COLORS["input"]}
    for step in markers:
        ax.axvline(step, color=COLORS["input"], lw=1.0, ls=":")
    for (cell, when), norms in curves.items():
        style = {"color": colors[cell], "ls": "-" if when == "after" else "--"}
        ax.semilogy(np.arange(len(norms)), norms, label=f"{cell} {when}", **style)
    ax.set(xlabel="state changed, $t$", xlim=(0, len(norms)))
    ax.set_title(r"$\|\partial h_T / \partial h_t\|_2$")
    ax.legend(loc="lower right", bbox_to_anchor=(0.94, 0.0))
    return ax


def holding(axes, gates, gradient, markers):
    """Draw update gates of single units, and the gradient of the answer.

    Parameters
    ----------
    axes : sequence of matplotlib.axes.Axes
        Where to draw, one for each gate and the last for the gradient.
    gates : dict of ndarray, shape (T,)
        By title: z of a unit at steps 1 to T.
    gradient : ndarray, shape (T,)
        Size of the gradient of the answer with respect to the states 0 to T - 1.
    markers : sequence of int
        The steps of the marked numbers.

    Returns
    -------
    sequence of matplotlib.axes.Axes
        The same Axes.
    """
    for ax in axes:
        for step in markers:
            ax.axvline(step, color=COLORS["input"], lw=1.0, ls=":")
    for ax, (title, z) in zip(axes[:-1], gates.items(), strict=True):
        ax.plot(np.arange(1, len(z) + 1), z, color=COLORS["z"], lw=1.5)
        ax.set(ylim=(0, 1.02), xlim=(0, len(z)), title=title)
    axes[-1].plot(np.arange(len(gradient)), gradient, color=COLORS["h"])
    axes[-1].set(xlabel="step", ylim=(0, None))
    axes[-1].set_title(r"gradient of the answer, $\|\partial y_T / \partial h_t\|$")
    return axes
