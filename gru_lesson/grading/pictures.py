"""Target against yours, as small pictures under a check."""

import numpy as np

MIDTONE = "#76808a"  # readable on light and on dark paper
TARGET = {"color": "#56B4E9", "lw": 5, "alpha": 0.6}  # wide and pale, below
YOURS = {"color": "#D55E00", "lw": 1.5, "ls": "--"}


def maps(label, limits=(0.0, 1.0), rows="", columns=""):
    """Return a drawing of two heat maps: the target and yours.

    Parameters
    ----------
    label : str
        What the array is called.
    limits : tuple of float
        Ends of the scale; around 0 it is a diverging one.
    rows, columns : str
        What stands beside the axes: what a row and what a column belongs to.

    Returns
    -------
    callable
        A `picture` for a `Question` whose answer is one array with two axes.
    """

    def picture(figure, arguments, target, yours):
        left, right = figure.subplots(1, 2)
        colors = "RdBu_r" if limits[0] < 0 else "viridis"
        for ax, values, title in (left, target, "target"), (right, yours, "yours"):
            shown = np.asarray(values, float)
            image = ax.imshow(shown, vmin=limits[0], vmax=limits[1], cmap=colors)
            ax.set_title(f"{label}, {title}")
            ax.set(xticks=range(shown.shape[1]), yticks=range(shown.shape[0]))
            ax.set_xlabel(columns)
        left.set_ylabel(rows)
        figure.colorbar(image, ax=[left, right], shrink=0.8)

    return picture


def curves(label, x_label="step"):
    """Return a drawing of lines: the target wide and pale, yours thin and dashed.

    Parameters
    ----------
    label, x_label : str
        What stands beside the axes.

    Returns
    -------
    callable
        A `picture` for a `Question` whose answer is a sequence, or an array whose
        first axis is drawn along x.
    """

    def picture(figure, arguments, target, yours):
        ax = figure.subplots()
        for values, name, style in (
            (target, "target", TARGET),
            (yours, "yours", YOURS),
        ):
            flat = np.asarray(values, float)
            lines = ax.plot(flat.reshape(len(flat), -1), **style)
            lines[0].set_label(name)
        ax.set(xlabel=x_label, ylabel=label)
        ax.legend(frameon=False)

    return picture
