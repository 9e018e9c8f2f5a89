"""Save a training run, and go on from it with the same numbers to the bit."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from zipfile import BadZipFile

import numpy as np


class Run:
    """A training run as `gru_lesson.train.fit` sees it: all that a step depends on.

    Parameters
    ----------
    model : gru_lesson.nn.Model
        Its parameters are saved, and restored in place.
    optimizer : gru_lesson.optim.SGD or gru_lesson.optim.Adam
        Its state is saved; its rate is the caller's.
    rng : numpy.random.Generator
        Its state is saved, so that the next batch is the same.
    history : gru_lesson.train.History
        Its fields are saved.
    label : str
        What the run is about, in words; a checkpoint with another label is refused.
    """

    def __init__(self, model, optimizer, rng, history, label):
        self.params, self.optimizer, self.rng = model.params, optimizer, rng
        self.history, self.best = history, {}
        shapes = [f"{name} {a.shape} {a.dtype}" for name, a in self.params.items()]
        self.label = "; ".join([label, type(optimizer).__name__, *shapes])

    def remember_the_best(self):
        """Keep a copy of the parameters if the last test was the best one."""
        losses = self.history.test_losses
        if losses[-1] <= min(losses):
            self.best = {name: a.copy() for name, a in self.params.items()}

    def give_back_the_best(self):
        """Put the parameters of the best test back into the model."""
        for name, a in self.best.items():
            self.params[name][...] = a

    def save(self, path):
        """Write the run to a file; an interrupted write leaves the old file whole.

        Parameters
        ----------
        path : path
            Where to, ``.npz``.
        """
        words = {
            "label": self.label,
            "rng": self.rng.bit_generator.state,
            "history": asdict(self.history),
        }
        kinds = {"p": self.params, "o": self.optimizer.state(), "best": self.best}
        arrays = {f"{k}/{n}": a for k, group in kinds.items() for n, a in group.items()}
        new = Path(f"{path}.new")
        with open(new, "wb") as file:
            np.savez(file, words=json.dumps(words, default=np.ndarray.tolist), **arrays)
        os.replace(new, path)

    def load(self, path):
        """Go on from a file.

        Parameters
        ----------
        path : path
            What `save` wrote.

        Raises
        ------
        ValueError
            If the file is damaged or no checkpoint, or belongs to another run.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                words = json.loads(str(file["words"]))
                groups = {"p": {}, "o": {}, "best": {}}
                for key in file.files:
                    if key != "words":
                        kind, _, name = key.partition("/")
                        groups[kind][name] = file[key]
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise ValueError(
                f"{path} is not a checkpoint of fit, or it is damaged ({error}). Name "
                "another file, or delete it to begin anew."
            ) from error
        if words["label"] != self.label:
            raise ValueError(
                f"{path} belongs to another run. It has: {words['label']}. This one "
                f"is: {self.label}. Name another file, or delete it to begin anew."
            )
        for name, a in groups["p"].items():
            self.params[name][...] = a
        self.optimizer.restore(groups["o"])
        self.best = groups["best"]
        self.rng.bit_generator.state = words["rng"]
        for name, value in words["history"].items():
            setattr(self.history, name, value)
