"""Training: it learns, it stops when told, and it resumes to the bit."""

import json
import os
import subprocess
import sys

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from gru_lesson import engine, nn, optim, tasks
from gru_lesson.checkpoint import Run
from gru_lesson.train import Diverged, evaluate, fit

TASK = tasks.adding(6)


class Learner:
    """A small GRU on the adding problem, with an optimizer and a generator of its own.

    `fit` is that of the package, with what belongs to this learner filled in.
    """

    def __init__(self, seed=0, H=8, rate=0.02, make=optim.Adam, task=TASK):
        self.rng, self.task = np.random.default_rng(seed), task
        layer = engine.GRU(task.D, H, self.rng)
        self.model = nn.Model(layer, nn.Dense(H, task.K, self.rng))
        self.optimizer = make(self.model.params, rate=rate)

    def fit(self, steps, **options):
        self.history = fit(
            self.model, self.task, self.optimizer, self.rng, steps, **options
        )
        return self.history

    def everything(self):
        """Return a copy of all that the next step depends on."""
        arrays = self.model.params | {
            f"o/{name}": a for name, a in self.optimizer.state().items()
        }
        arrays = {name: np.array(a) for name, a in arrays.items()}
        return arrays | {"rng": json.dumps(self.rng.bit_generator.state)}


def same(one, other):
    return one.keys() == other.keys() and all(
        np.array_equal(one[name], other[name]) for name in one
    )


@pytest.fixture
def held_out():
    return TASK.draw(200, np.random.default_rng(1))


# --- it learns ------------------------------------------------------------------------


def test_training_lowers_the_test_loss_far_below_the_baseline(held_out):
    learner = Learner()
    before = evaluate(learner.model, TASK, held_out)
    history = learner.fit(400, test=held_out)
    assert before > TASK.baseline / 2
    assert history.test_losses[-1] < TASK.baseline / 10
    assert history.test_losses[-1] == evaluate(learner.model, TASK, held_out)


def test_a_step_is_forward_backward_clip_and_update():
    one, other = Learner(make=optim.SGD, rate=0.5), Learner(make=optim.SGD, rate=0.5)
    history = one.fit(1, batch=5, clip_norm=0.1)
    batch = TASK.draw(5, other.rng)
    ys = other.model.forward(batch.xs)
    loss, dys = nn.squared_error(ys, batch.targets, batch.weights)
    other.model.backward(dys)
    grads = {name: g.copy() for name, g in other.model.grads.items()}
    norm = np.sqrt(sum((g.astype(float) ** 2).sum() for g in grads.values()))
    assert history.losses == [pytest.approx(loss)]
    assert history.norms == [pytest.approx(norm, rel=1e-5)]
    assert norm > 0.1  # or else clipping is not seen
    for name, a in other.model.params.items():
        expected = a - 0.5 * grads[name] * 0.1 / norm
        np.testing.assert_allclose(one.model.params[name], expected, atol=1e-6)


def test_without_a_limit_nothing_is_clipped():
    free, wide = Learner(make=optim.SGD), Learner(make=optim.SGD)
    free.fit(3, clip_norm=None)
    wide.fit(3, clip_norm=1e9)
    tight = Learner(make=optim.SGD)
    tight.fit(3, clip_norm=1e-3)
    assert same(free.everything(), wide.everything())
    assert not same(free.everything(), tight.everything())


def test_the_same_seed_gives_the_same_run_to_the_bit():
    first, second, third = Learner(3), Learner(3), Learner(4)
    for learner in (first, second, third):
        learner.fit(20)
    assert first.history.losses == second.history.losses
    assert same(first.everything(), second.everything())
    assert first.history.losses != third.history.losses


def test_symbols_are_trained_by_cross_entropy():
    task = tasks.counting(1, 3)
    learner = Learner(task=task, rate=0.05)
    test = task.draw(100, np.random.default_rng(1))
    history = learner.fit(150, test=test)
    assert history.test_losses[-1] < 0.5 * history.losses[0]
    logits = learner.model.forward(test.xs, mask=test.mask)
    expected = nn.cross_entropy(logits, test.targets, test.weights)[0]
    assert history.test_losses[-1] == pytest.approx(expected)


# --- history and stopping -------------------------------------------------------------


def test_the_history_has_each_step_and_each_test(held_out):
    history = Learner().fit(25, every=10, test=held_out)
    assert len(history.losses) == len(history.norms) == 25
    assert history.test_steps == [10, 20, 25]
    assert len(history.test_losses) == 3
    assert history.stopped == "steps" and history.seconds > 0


def test_it_stops_at_the_target(held_out):
    history = Learner().fit(2000, test=held_out, target=0.02, every=20)
    assert history.stopped == "target"
    assert len(history.losses) == history.test_steps[-1] < 2000
    assert history.test_losses[-1] < 0.02 <= min(history.test_losses[:-1])


def test_patience_stops_and_gives_back_the_best_parameters(held_out):
    learner = Learner(rate=0.3)  # so large that the loss soon goes up and down
    history = learner.fit(2000, test=held_out, every=5, patience=3)
    assert history.stopped == "patience"
    best = int(np.argmin(history.test_losses))
    assert len(history.test_losses) == best + 1 + 3
    assert history.test_losses[best] < history.test_losses[-1]
    given_back = evaluate(learner.model, TASK, held_out)
    assert given_back == history.test_losses[best]


def test_who_watches_can_stop_it(held_out):
    seen = []

    def watch(history):
        seen.append(len(history.losses))
        return len(seen) == 2

    history = Learner().fit(100, every=10, watch=watch)
    assert seen == [10, 20] and len(history.losses) == 20
    assert history.stopped == "watch"


def test_an_interrupt_ends_the_run_and_keeps_the_history():
    def watch(history):
        raise KeyboardInterrupt

    history = Learner().fit(100, every=10, watch=watch)
    assert history.stopped == "interrupted" and len(history.losses) == 10


def test_an_overflow_says_what_to_try_and_keeps_the_history():
    learner = Learner(make=optim.SGD)

    def watch(history):
        learner.model.params["W_hy"][...] = 1e30

    with pytest.raises(Diverged) as raised:  # and no warning of NumPy's, which fails
        learner.fit(9, every=5, watch=watch)
    assert "Step 6 of the training failed" in str(raised.value)
    assert "Lower the learning rate" in str(raised.value)
    assert len(raised.value.history.losses) == 5


# --- resuming -------------------------------------------------------------------------


@pytest.mark.parametrize("make", [optim.SGD, optim.Adam])
def test_a_resumed_run_equals_an_uninterrupted_one_to_the_bit(make, held_out, tmp_path):
    whole, first, second = (Learner(make=make) for _ in range(3))
    options = {"test": held_out, "every": 10}
    whole.fit(60, **options)
    first.fit(30, checkpoint=tmp_path / "run.npz", **options)
    second.rng.random(7)  # its own state must not matter
    second.model.params["W_hz"][...] = 0
    second.fit(60, checkpoint=tmp_path / "run.npz", **options)
    assert same(whole.everything(), second.everything())
    for name in ("losses", "norms", "test_steps", "test_losses", "stopped"):
        assert getattr(whole.history, name) == getattr(second.history, name), name


def test_an_interrupted_run_loses_only_what_came_after_its_checkpoint(
    held_out, tmp_path
):
    def cut(history):
        if len(history.losses) == 30:
            raise KeyboardInterrupt

    whole, broken, again = Learner(), Learner(), Learner()
    options = {"test": held_out, "every": 10}
    file = tmp_path / "run.npz"
    whole.fit(50, **options)
    broken.fit(50, checkpoint=file, watch=cut, **options)
    again.fit(50, checkpoint=file, **options)
    assert same(whole.everything(), again.everything())
    assert again.history.losses == whole.history.losses


def test_the_best_parameters_survive_a_resumption(held_out, tmp_path):
    whole, first, second = (Learner(rate=0.3) for _ in range(3))
    options = {"test": held_out, "every": 5, "patience": 3}
    whole.fit(2000, **options)
    cut = whole.history.test_steps[-2]
    first.fit(cut, checkpoint=tmp_path / "run.npz", **options)
    second.fit(2000, checkpoint=tmp_path / "run.npz", **options)
    assert same(whole.everything(), second.everything())


def test_a_finished_run_is_not_continued(tmp_path):
    file = tmp_path / "run.npz"
    first, second = Learner(), Learner()
    first.fit(20, checkpoint=file)
    history = second.fit(20, checkpoint=file)
    assert len(history.losses) == 20
    assert same(first.everything(), second.everything())


def test_a_checkpoint_of_another_run_is_refused(tmp_path):
    file = tmp_path / "run.npz"
    Learner().fit(10, checkpoint=file)
    before = file.read_bytes()
    for other, options in [
        (Learner(H=9), {}),
        (Learner(make=optim.SGD), {}),
        (Learner(), {"batch": 7}),
        (Learner(task=tasks.adding(7)), {}),
    ]:
        with pytest.raises(ValueError, match="belongs to another run"):
            other.fit(10, checkpoint=file, **options)
    assert file.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"no archive", None])
def test_a_damaged_checkpoint_is_refused(content, tmp_path):
    file = tmp_path / "run.npz"
    if content is None:
        np.savez(file, W_xz=np.zeros(3))
    else:
        file.write_bytes(content)
    with pytest.raises(ValueError, match="is not a checkpoint of fit"):
        Learner().fit(10, checkpoint=file)


def test_a_failed_write_leaves_the_old_checkpoint_whole(tmp_path, monkeypatch):
    file = tmp_path / "run.npz"
    learner = Learner()
    learner.fit(10, checkpoint=file)
    before = file.read_bytes()

    def full(*arguments, **arrays):
        arguments[0].write(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(np, "savez", full)
    run = Run(learner.model, learner.optimizer, learner.rng, learner.history, "x")
    with pytest.raises(OSError, match="no space"):
        run.save(file)
    assert file.read_bytes() == before


# --- at the door, and the bar ---------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"steps": 0}, "steps must be an integer from 1 up, got 0"),
        ({"steps": 2.5}, "steps must be an integer"),
        ({"steps": 5, "batch": 0}, "batch must be"),
        ({"steps": 5, "every": -1}, "every must be"),
        ({"steps": 5, "target": 0.1}, "test is None"),
        ({"steps": 5, "patience": 2}, "test is None"),
    ],
)
def test_arguments_out_of_range_are_refused_before_any_step(options, message):
    learner = Learner()
    before = learner.everything()
    with pytest.raises(ValueError, match=message):
        learner.fit(**options)
    assert same(before, learner.everything())


SHORT = """
import numpy as np
from gru_lesson import engine, nn, optim, tasks, train
rng, task = np.random.default_rng(0), tasks.adding(5)
model = nn.Model(engine.GRU(2, 4, rng), nn.Dense(4, 1, rng))
train.fit(model, task, optim.Adam(model.params), rng, 20, every=5, progress=PROGRESS)
"""


@pytest.mark.parametrize(
    ("progress", "variable", "shown"),
    [(True, {}, True), (False, {}, False), (True, {"TQDM_DISABLE": "1"}, False)],
)
def test_the_bar_shows_steps_and_loss_unless_it_is_turned_off(
    progress, variable, shown
):
    environment = {k: v for k, v in os.environ.items() if k != "TQDM_DISABLE"}
    code = SHORT.replace("PROGRESS", str(progress))
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=environment | variable,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    if shown:
        assert "adding" in done.stderr and "20/20" in done.stderr
        assert "loss 0." in done.stderr
    else:
        assert done.stderr == ""


@pytest.mark.parametrize("off", [False, True])
@pytest.mark.filterwarnings("default")  # of the client, not of the notebook
def test_in_a_notebook_the_bar_is_a_widget_or_nothing_at_all(off, monkeypatch):
    monkeypatch.setenv("TQDM_DISABLE", str(int(off)))
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    cell = nbformat.v4.new_code_cell(SHORT.replace("PROGRESS", "True") + "done = 1")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    NotebookClient(notebook, timeout=60).execute()
    kinds = [set(output.data) for output in notebook.cells[0].outputs]
    view = "application/vnd.jupyter.widget-view+json"
    assert kinds == ([] if off else [{view, "text/plain"}])


def test_training_loads_neither_matplotlib_nor_widgets():
    code = "import sys, gru_lesson.train; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert not {"matplotlib", "ipywidgets", "tqdm", "IPython"} & set(loaded)
