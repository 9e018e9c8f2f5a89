"""Real data: the temperature of the Pacific, month by month.

The file ``data/elnino.dat`` comes with the package; ``data/README.md`` says from where.
``windows`` cuts it for training.
"""

import hashlib
from importlib.resources import files
from typing import NamedTuple

import numpy as np

SHA256 = "334b52745a1434c677fadeed0991dc8144b7ee2058cd9af335a0ee8b8696a11e"
ORIGIN = (
    "NOAA National Weather Service, Climate Prediction Center, ERSST.V3B; the file "
    "datasets/elnino/src/elnino.dat of statsmodels 0.15.0"
)
LICENSE = "This data is in the public domain."  # statsmodels, datasets/elnino/data.py
COLUMNS = {"1+2": 2, "3": 4, "4": 6, "3.4": 8}


class Series(NamedTuple):
    """A monthly series and where it comes from.

    ``values``: float (M,), in ``unit``. ``times``: the months, datetime64 (M,).
    ``origin``: who measured it. ``license``: what the origin says. ``sha256``: of the
    file it was read from.
    """

    values: np.ndarray
    times: np.ndarray
    unit: str
    origin: str
    license: str
    sha256: str


def sea_temperature(region="3.4"):
    """Read the monthly mean temperature of the sea surface, 1950 to 2010.

    Parameters
    ----------
    region : {"3.4", "1+2", "3", "4"}
        Part of the Pacific. Niño 3.4 (5° S to 5° N, 170° to 120° W) is the one that El
        Niño is judged by; 1+2 is the coast of South America.

    Returns
    -------
    Series
        732 months, in °C.

    Raises
    ------
    ValueError
        If the region is unknown, or the file is not the one that was released.
    """
    if region not in COLUMNS:
        raise ValueError(f"region must be one of {list(COLUMNS)}, got {region!r}.")
    return _read((files("gru_lesson") / "data" / "elnino.dat").read_bytes(), region)


def _read(data, region):
    data = data.replace(b"\r\n", b"\n")  # as Git may check it out on Windows
    found = hashlib.sha256(data).hexdigest()
    if found != SHA256:
        raise ValueError(
            f"data/elnino.dat was changed: its SHA-256 is {found}, expected {SHA256}. "
            "Install the package again."
        )
    table = np.loadtxt(data.decode().splitlines(), skiprows=1)
    times = np.datetime64("1950-01") + np.arange(len(table))
    values = table[:, COLUMNS[region]]
    return Series(values, times, "°C", ORIGIN, LICENSE, found)
