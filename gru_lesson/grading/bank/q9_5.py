"""9.5: three bugs in a training loop: in Adam, in what is best, in the waiting."""

import numpy as np

from gru_lesson.grading.pictures import TARGET, YOURS
from gru_lesson.grading.question import Mistake, Question


def reference(gradient, test_loss, w, batches, rate, patience):
    """Return the best w (D,), and the test losses before and after each update."""
    w, m, v = w.copy(), np.zeros_like(w), np.zeros_like(w)
    best, losses, waited = w.copy(), [test_loss(w)], 0
    for k, batch in enumerate(batches, 1):
        g = gradient(w, batch)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        m_hat, v_hat = m / (1 - 0.9**k), v / (1 - 0.999**k)
        w -= rate * m_hat / (np.sqrt(v_hat) + 1e-8)
        loss = test_loss(w)
        if loss < min(losses):
            best, waited = w.copy(), 0
        else:
            waited += 1
        losses.append(loss)
        if waited == patience:
            break
    return best, losses


def given(gradient, test_loss, w, batches, rate, patience):
    """Return what the code of the stub does."""
    m, v = np.zeros_like(w), np.zeros_like(w)
    best, losses, waited = w, [test_loss(w)], 0
    for k, batch in enumerate(batches, 1):
        g = gradient(w, batch)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g**2
        m_hat, v_hat = m / (1 - 0.9**k), v / (1 - 0.9**k)
        w -= rate * m_hat / (np.sqrt(v_hat) + 1e-8)
        loss = test_loss(w)
        if loss < min(losses):
            best = w
        else:
            waited += 1
        losses.append(loss)
        if waited == patience:
            break
    return best, losses


def inputs(rng):
    """Draw a bumpy test loss, D = 3: each way to wait stops at another update.

    It begins with a wait that is not long enough to stop.
    """
    while True:
        *others, batches, rate, patience = _draw(rng)
        _, losses = reference(*others, batches[: patience - 1], rate, patience)
        if min(losses[1:]) <= losses[0]:
            continue
        _, losses = reference(*others, batches, rate, 99)  # all, without a stop
        stops = [
            _stop(losses, patience),
            _stop(losses, patience + 1),
            _stop(losses, patience + 3),
            _stop(losses, patience, in_a_row=False),
            _stop(losses, patience, with_the_last=True),
        ]
        lowest = np.minimum.accumulate(losses)
        close = np.abs(np.array(losses[1:]) - lowest[:-1]).min() < 1e-3
        if len(set(stops)) == len(stops) and 6 <= stops[0] < 18 and not close:
            return *others, batches, rate, patience


def _stop(losses, patience, in_a_row=True, with_the_last=False):
    """Return after which update a loop with these test losses stops."""
    waited, lowest = 0, losses[0]
    for k in range(1, len(losses)):
        better = losses[k] < (losses[k - 1] if with_the_last else lowest)
        lowest = min(lowest, losses[k])
        waited = 0 if better and in_a_row else waited + (not better)
        if waited == patience:
            return k
    return len(losses)


def _draw(rng):
    D, updates = 3, 25
    goal, turn = rng.normal(size=(2, D))
    batches = list(goal + rng.normal(size=(updates, D)))
    w = goal + rng.uniform(1, 2, D) * rng.choice([-1, 1], D)

    def gradient(w, batch):
        return 2 * (w - batch)

    def test_loss(w):
        return float(((w - goal) ** 2).mean() + 0.5 + 0.5 * np.sin(8 * w @ turn))

    return gradient, test_loss, w, batches, rng.uniform(0.1, 0.3), 3


def picture(figure, arguments, target, yours):
    """Draw the test losses, and where the best weights stand."""
    ax = figure.subplots()
    for (best, losses), name, style in (
        (target, "target", TARGET),
        (yours, "yours", YOURS),
    ):
        losses = np.asarray(losses, float).reshape(-1)
        ax.plot(losses, label=name, **style)
        found = arguments[1](np.asarray(best, float).reshape(-1))
        ax.axhline(found, **style | {"lw": style["lw"] / 2})
    ax.set(xlabel="updates", ylabel="test loss")
    ax.set_title("level lines: test loss of the weights given back", fontsize=9)
    ax.legend(frameon=False)


QUESTION = Question(
    title="Three bugs in a training loop",
    points=2,
    where="section 9.5, equations 9.10 to 9.12; section 9.8",
    reference=reference,
    inputs=inputs,
    returns=("best", "losses"),
    decimals=3,
    picture=picture,
    hints=(
        "Take the three reports one by one. Each has a cause of its own: in Adam's "
        "correction, in what best is, in when waited changes.",
        "Work out m_hat and v_hat for k = 1. Which array does best name once w -= has "
        "changed it? Which line makes waited smaller?",
        "Section 9.5, equations 9.10 and 9.11: each mean has a β, which stands in both "
        "equations. Section 9.8: patience counts tests in a row.",
    ),
    mistakes=(
        Mistake(
            "all three bugs are still there, as they were given",
            instead=given,
            advice="take one report at a time, and ask which lines could cause it.",
        ),
        Mistake(
            "the mean of the squared gradient is corrected with the 0.9 of the other",
            "v / (1 - 0.999**k)", "v / (1 - 0.9**k)",
            "correct each mean with its own β: 0.9 for m, 0.999 for v.",
            "section 9.5, equation 9.11",
        ),
        Mistake(
            "the mean of the gradient is corrected with the 0.999 of the other",
            "m / (1 - 0.9**k)", "m / (1 - 0.999**k)",
            "correct each mean with its own β: 0.9 for m, 0.999 for v.",
            "section 9.5, equation 9.11",
        ),
        Mistake(
            "what comes back are the last weights, not the best",
            "return best, losses", "return w, losses",
            "copy the weights when they are the best: w -= changes the array in place, "
            "whatever its names are, and a slice such as w[:] is no copy.",
            "section 9.8",
        ),
        Mistake(
            "waiting is not counted anew after a better test",
            "best, waited = w.copy(), 0", "best = w.copy()",
            "set waited to 0 when a test is the best so far: patience counts tests in "
            "a row.",
            "section 9.8",
        ),
        Mistake(
            "the means of Adam are not corrected",
            "m / (1 - 0.9**k), v / (1 - 0.999**k)", "m, v",
            "divide m by 1 - 0.9**k and v by 1 - 0.999**k before the update.",
            "section 9.5, equation 9.11",
        ),
        Mistake(
            "only the mean of the gradient is corrected, not that of its square",
            "v / (1 - 0.999**k)", "v",
            "divide v by 1 - 0.999**k too.",
            "section 9.5, equation 9.11",
        ),
        Mistake(
            "only the mean of the squared gradient is corrected",
            "m / (1 - 0.9**k)", "m",
            "divide m by 1 - 0.9**k too.",
            "section 9.5, equation 9.11",
        ),
        Mistake(
            "the loop waits for one test more than patience",
            "waited == patience", "waited > patience",
            "stop as soon as patience tests in a row have brought no lower loss.",
            "section 9.8",
        ),
        Mistake(
            "a test is compared with the one before, not with the best",
            "loss < min(losses)", "loss < losses[-1]",
            "compare with the lowest loss so far.",
            "section 9.8",
        ),
    ),
)  # fmt: skip
