"""The figures of the appendix on speed."""

import numpy as np

from gru_lesson.plots.style import COLORS, INK, STYLES


def ideas(ax, shares):
    """Draw the time after each idea, one row each, one curve a size.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where to draw.
    shares : dict of dict of float
        By size, then by version in the order of the rows: its time as a share of the
        first version's. The last version is the floor. At most four sizes.

    Returns
    -------
    matplotlib.axes.Axes
        The same Axes.
    """
    versions = list(next(iter(shares.values())))
    rows = np.arange(len(versions))
    looks = zip(STYLES, "os^D", strict=True)
    for (size, share), (style, marker) in zip(shares.items(), looks, strict=False):
        times = [share[version] for version in versions]
        named = style | {"marker": marker, "ms": 5}
        ax.plot(times[:-1], rows[:-1], label=size, **named)
        ax.plot(times[-1:], rows[-1:], **named)
    ax.set(xlim=(0, 1.08), xlabel="share of the taught step's time")
    ax.set_yticks(rows, versions)
    ax.invert_yaxis()
    ax.legend(loc="lower center", bbox_to_anchor=(0.4, 1), ncols=1)
    return ax


def too_small(axes, sizes, times, tiny):
    """Draw a gradient that vanishes, and under it how long its steps take.

    Parameters
    ----------
    axes : sequence of two matplotlib.axes.Axes
        Where to draw; they share their x axis.
    sizes : sequence of float, shape (T,)
        Largest entry of the gradient, from the last step back.
    times : sequence of float, shape (T,)
        Time of each step, as a multiple of what it usually takes.
    tiny : float
        The smallest normal number.

    Returns
    -------
    sequence of two matplotlib.axes.Axes
        The same Axes.
    """
    steps = np.arange(1, len(sizes) + 1)
    sizes = np.where(np.asarray(sizes) > 0, sizes, np.nan)
    axes[0].semilogy(steps, sizes, color=COLORS["h"])
    axes[0].axhline(tiny, color=COLORS["input"], lw=1)
    axes[0].set_title("largest entry of the gradient")
    axes[1].semilogy(steps, times, color=INK, lw=1.2)
    axes[1].set_title("time of the step")
    axes[1].set(xlabel="steps back", xlim=(0, len(steps)))
    return axes
