"""Windows of a monthly series: some months to see, one to forecast.

The parts are split by time, and whatever is estimated (mean, deviation, monthly means,
plain forecasts) is estimated from the training part alone. A forecast is worth
something if it beats the plain ones, which `Windows.forecasts` makes.
"""

from dataclasses import dataclass

import numpy as np

from gru_lesson.batch import Batch, Task, check_count


@dataclass(frozen=True)
class Windows:
    """Windows of a series in three parts, and plain forecasts to compare with.

    ``train``, ``valid``, ``test``: Batches of all windows of a part; ``times``: the
    forecast months of each part, by its name. Inputs (length, n, 3): the value in
    standard deviations from the mean, and sine and cosine of the month to forecast.
    Targets: the value `horizon` months after each step; the loss looks at the last step
    alone. ``mean``, ``std``, ``monthly`` (12,), ``damping`` (12,) and
    ``linear`` (length + 3,): estimated from the training part.
    """

    horizon: int
    train: Batch
    valid: Batch
    test: Batch
    times: dict
    mean: float
    std: float
    monthly: np.ndarray
    damping: np.ndarray
    linear: np.ndarray

    def task(self):
        """Make the task that draws windows from the training part.

        Returns
        -------
        Task
            Numbers, D = 3, K = 1, without a goal. The baseline sees this month and not
            the ones before: it is the damped anomaly, on the test part.
        """

        def make(N, rng):
            i = rng.integers(0, self.train.weights.shape[1], N)
            return Batch(*(array[:, i] for array in self.train[:3]))

        error = self.rmse(self.forecasts(self.test)["damped anomaly"], self.test)
        name, unit = f"{self.horizon} months ahead", "squared error, in variances"
        baseline = (error / self.std) ** 2
        return Task(name, 3, 1, "numbers", baseline, unit, None, make, floor=None)

    def degrees(self, ys):
        """Turn answers at the last step back into the unit of the series.

        Parameters
        ----------
        ys : ndarray, shape (length, N, 1)
            Answers of a model, or the targets of a batch.

        Returns
        -------
        ndarray, shape (N,)
            In the unit of the series.
        """
        return ys[-1, :, 0].astype(float) * self.std + self.mean

    def forecasts(self, batch):
        """Forecast without a network, in four ways.

        Parameters
        ----------
        batch : Batch
            Windows: one of the parts, or drawn by the task.

        Returns
        -------
        dict of ndarray, shape (N,)
            In the unit of the series. "persistence": the last value again. "monthly
            mean": of the training part. "damped anomaly": the monthly mean and a share
            of the last deviation from it, fitted for each month by least squares.
            "linear": least squares on the values of the window and the calendar.
        """
        last = batch.xs[-1].astype(float)
        month = np.rint(np.arctan2(last[:, 1], last[:, 2]) * 6 / np.pi).astype(int) % 12
        value, mean = last[:, 0] * self.std + self.mean, self.monthly[month]
        anomaly = value - self.monthly[(month - self.horizon) % 12]
        return {
            "persistence": value,
            "monthly mean": mean,
            "damped anomaly": mean + self.damping[month] * anomaly,
            "linear": _design(batch) @ self.linear * self.std + self.mean,
        }

    def rmse(self, forecast, batch):
        """Compute the root of the mean squared error.

        Parameters
        ----------
        forecast : ndarray, shape (N,)
            From `forecasts` or `degrees`.
        batch : Batch
            The windows it is for.

        Returns
        -------
        float
            In the unit of the series.
        """
        errors = forecast - self.degrees(batch.targets)
        return float(np.sqrt(np.mean(errors**2)))


def _design(batch):
    """Lay out what the linear forecast sees: shape (N, length + 3)."""
    values, calendar = batch.xs[:, :, 0].T, batch.xs[-1, :, 1:]
    return np.hstack([values, calendar, np.ones((len(values), 1))]).astype(float)


def windows(series, length=24, horizon=3, valid="1990-01", test="2000-01"):
    """Cut a monthly series into windows; the part is that of the month to forecast.

    Parameters
    ----------
    series : Series
        Finite values, one a month.
    length : int
        Months in a window.
    horizon : int
        How many months after the last of the window the forecast is for.
    valid, test : str or datetime64
        First months of the validation part and of the test part. Training ends before
        `valid`. A window may reach back into the part before: its past is known then.

    Returns
    -------
    Windows
        The three parts, and what is estimated from the first.

    Raises
    ------
    TypeError, ValueError
        If values are missing or the same every year, `length` or `horizon` is no whole
        number from 1 up, or the parts do not follow each other inside the series.
    """
    check_count("length", length, 1)
    check_count("horizon", horizon, 1)
    values, times = series.values, series.times.astype("datetime64[M]")
    if not np.isfinite(values).all() or (np.diff(times).astype(int) != 1).any():
        raise ValueError("series has a gap: every month must have a finite value.")
    n_valid, n_test = np.searchsorted(times, np.array([valid, test], "datetime64[M]"))
    first = length - 1 + horizon
    # a window for each number of `linear`, two years for those of each month
    least = max(first + length + 3, horizon + 24)
    if not least <= n_valid < n_test < len(values):
        raise ValueError(
            f"valid = {valid} and test = {test} must follow each other between "
            f"{times[0]} and {times[-1]}, at least {least} months after its start."
        )
    month, past = times.astype(int) % 12, slice(0, n_valid)
    monthly = np.array([values[past][month[past] == m].mean() for m in range(12)])
    mean, std = float(values[past].mean()), float(values[past].std())
    anomaly = values[past] - monthly[month[past]]
    if np.abs(anomaly).max() < 1e-6 * (np.abs(values[past]).max() or 1):
        raise ValueError("series repeats itself every year: nothing is left to learn.")
    before, after, to = anomaly[:-horizon], anomaly[horizon:], month[horizon:n_valid]
    together = np.bincount(to, before * after, minlength=12)
    damping = together / np.bincount(to, before**2, minlength=12)
    angle = 2 * np.pi * (month + horizon) / 12
    inputs = np.stack([(values - mean) / std, np.sin(angle), np.cos(angle)], axis=-1)

    def cut(start, stop):
        i = np.arange(start, stop) - first + np.arange(length)[:, None]
        weights = np.zeros(i.shape, np.float32)
        weights[-1] = 1
        xs, targets = inputs[i], inputs[i + horizon, :1]
        return Batch(xs.astype(np.float32), targets.astype(np.float32), weights)

    bounds = {
        "train": (first, n_valid),
        "valid": (n_valid, n_test),
        "test": (n_test, len(values)),
    }
    parts = {name: cut(*ends) for name, ends in bounds.items()}
    goal = parts["train"].targets[-1, :, 0].astype(float)
    return Windows(
        horizon=horizon,
        **parts,
        times={name: times[slice(*ends)] for name, ends in bounds.items()},
        mean=mean,
        std=std,
        monthly=monthly,
        damping=damping,
        linear=np.linalg.lstsq(_design(parts["train"]), goal, rcond=None)[0],
    )
