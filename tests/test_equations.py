"""Every equation with a tag is checked: the list, and checks not made elsewhere.

`equations.toml` says where: `chapter: ` and the first words of a statement of that
chapter's code, or the file and name of a test.
"""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

import nbformat
import numpy as np
import pytest
from notebook_checks import code_cells, markdown_cells

from gru_lesson.cell import blend, sigmoid, update_gate
from gru_lesson.gradcheck import numerical_gradient
from gru_lesson.rnn import init_rnn_params, rnn_forward, rnn_step

ROOT = Path(__file__).parents[1]

# --- the list -------------------------------------------------------------------------


def statements(cell):
    """Yield each statement of a cell: its text, and whether it compares anything."""
    for node in ast.walk(ast.parse(cell)):
        if isinstance(node, ast.stmt):
            inner = ast.walk(node)
            compares = any(isinstance(n, ast.Assert | ast.Compare) for n in inner)
            lines = cell.splitlines()[node.lineno - 1 : node.end_lineno]
            yield "\n".join(lines).strip(), compares


def reference_complaint(place, cells, tests):
    """Say what is wrong with one reference, or return None."""
    kind, _, start = place.partition(": ")
    if kind == "chapter" and start:
        found = [pair for cell in cells for pair in statements(cell)]
        found = [pair for pair in found if pair[0].startswith(start)]
        if len(found) != 1:
            return f"{len(found)} statements begin with {start!r}"
        return None if found[0][1] else f"{start!r} compares nothing"
    file, _, name = place.partition("::")
    if name not in tests.get(file, ()):
        return f"there is no {place!r}"
    return None


def complaints(tags, registry, cells, tests):
    """Compare the list with the chapters and the tests.

    `tags` and `cells` hold by chapter the tags it prints and the sources of its code,
    `registry` by chapter and tag one reference or a list, `tests` by file the names.
    """
    found = []
    for chapter in sorted(tags.keys() | registry.keys()):
        printed, listed = tags.get(chapter, []), registry.get(chapter, {})
        twice = [tag for tag, count in Counter(printed).items() if count > 1]
        found += [f"({tag}) is printed twice" for tag in twice]
        found += [f"({t}) is checked nowhere" for t in printed if t not in listed]
        found += [f"({t}) is not printed" for t in listed if t not in printed]
        for tag, places in listed.items():
            places = [places] if isinstance(places, str) else places
            if not places:
                found.append(f"({tag}) is checked nowhere")
            for place in places:
                wrong = reference_complaint(place, cells.get(chapter, []), tests)
                found += [f"({tag}): {wrong}"] if wrong else []
    return found


def test_every_equation_is_checked_somewhere(measured):
    tags, cells = {}, {}
    for path in sorted(ROOT.glob("chapters/*.ipynb")):
        notebook, chapter = nbformat.read(path, as_version=4), path.stem.split("_")[0]
        text = "\n".join(markdown_cells(notebook))
        tags[chapter] = re.findall(r"\\tag\{(.*?)\}", text)
        cells[chapter] = [cell.source for cell in code_cells(notebook)]
    tests = {}
    for path in ROOT.glob("tests/test_*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        tests[f"tests/{path.name}"] = {n for n in names if n.startswith("test_")}
    registry = tomllib.loads((ROOT / "tests/equations.toml").read_text("utf-8"))
    wrong = complaints(tags, registry, cells, tests)
    assert not wrong, "\n" + "\n".join(wrong)
    printed = sum(map(len, tags.values()))
    checked = sum(map(len, registry.values()))
    measured("equations", f"{printed} with a tag, {checked} checked")


TAGS = {"01": ["1.1", "1.2"]}
CELLS = {"01": ["b = 2\n", "a = b + 1\nfor b in (1, 2):\n    assert a == 3  # (1.1)"]}
TESTS = {"tests/test_x.py": {"test_a"}}
GOOD = {"1.1": "chapter: assert a == 3", "1.2": ["tests/test_x.py::test_a"]}


def test_a_complete_list_passes():
    assert complaints(TAGS, {"01": GOOD}, CELLS, TESTS) == []


@pytest.mark.parametrize(
    ("entries", "complaint"),
    [
        ({"1.1": GOOD["1.1"]}, "(1.2) is checked nowhere"),
        (GOOD | {"1.2": []}, "(1.2) is checked nowhere"),
        (GOOD | {"1.3": GOOD["1.1"]}, "(1.3) is not printed"),
        (
            GOOD | {"1.1": "chapter: assert a == 4"},
            "(1.1): 0 statements begin with 'assert a == 4'",
        ),
        (
            GOOD | {"1.1": "chapter: == 3"},
            "(1.1): 0 statements begin with '== 3'",
        ),
        (GOOD | {"1.1": "chapter: a = b"}, "(1.1): 'a = b' compares nothing"),
        (GOOD | {"1.1": "chapter: b"}, "(1.1): 'b' compares nothing"),
        (GOOD | {"1.1": "chapter: "}, "(1.1): there is no 'chapter: '"),
        (
            GOOD | {"1.2": ["tests/test_x.py::test_a", "tests/test_x.py::test_b"]},
            "(1.2): there is no 'tests/test_x.py::test_b'",
        ),
        (
            GOOD | {"1.2": "tests/test_y.py::test_a"},
            "(1.2): there is no 'tests/test_y.py::test_a'",
        ),
        (GOOD | {"1.2": "test_a"}, "(1.2): there is no 'test_a'"),
    ],
)
def test_a_gap_in_the_list_is_found(entries, complaint):
    assert complaints(TAGS, {"01": entries}, CELLS, TESTS) == [complaint]


def test_a_chapter_without_a_list_and_a_list_without_a_chapter_are_found():
    assert complaints(TAGS, {}, CELLS, TESTS) == [
        "(1.1) is checked nowhere",
        "(1.2) is checked nowhere",
    ]
    assert complaints({}, {"01": {"1.2": GOOD["1.2"]}}, {}, TESTS) == [
        "(1.2) is not printed"
    ]


def test_a_tag_twice_and_an_ambiguous_reference_are_found():
    assert complaints({"01": [*TAGS["01"], "1.1"]}, {"01": GOOD}, CELLS, TESTS) == [
        "(1.1) is printed twice"
    ]
    assert complaints(TAGS, {"01": GOOD}, {"01": 2 * CELLS["01"]}, TESTS) == [
        "(1.1): 2 statements begin with 'assert a == 3'"
    ]


# --- chapter 01 -----------------------------------------------------------------------


@pytest.fixture
def elman():
    """Return inputs (T, 1, D), a state and random parameters of an Elman network."""
    T, D, H = 6, 3, 4
    rng = np.random.default_rng(0)
    p = init_rnn_params(D, H, rng)
    p = {name: rng.uniform(-1, 1, array.shape) for name, array in p.items()}
    return rng.normal(size=(T, 1, D)), rng.uniform(-1, 1, (1, H)), p


def differences(function, h, step=1e-5):
    """Estimate the Jacobian of a function of a state: row i is the nudged unit."""
    nudges = step * np.eye(h.shape[1])
    rows = [function(h + nudge) - function(h - nudge) for nudge in nudges]
    return np.concatenate(rows) / (2 * step)


def elman_jacobians(xs, h0, p):
    return [p["W_hh"] * (1 - h**2) for h in rnn_forward(xs, h0, p)[0]]


def test_jacobians_multiply_from_left_to_right(elman):
    """Check (1.4)."""
    xs, h0, p = elman
    product = np.linalg.multi_dot(elman_jacobians(xs, h0, p))
    numeric = differences(lambda h: rnn_forward(xs, h, p)[0][-1], h0)
    np.testing.assert_allclose(product, numeric, rtol=0, atol=1e-9)


@pytest.mark.parametrize("scale", [0.3, 1, 3])
def test_the_norm_of_the_product_is_bounded(elman, scale):
    """Check (1.7)."""
    xs, h0, p = elman
    p = p | {"W_hh": scale * p["W_hh"]}
    Js = elman_jacobians(xs, h0, p)
    norm = np.linalg.norm(np.linalg.multi_dot(Js), ord=2)
    norms = np.prod([np.linalg.norm(J, ord=2) for J in Js])
    s_max = np.linalg.svd(p["W_hh"])[1].max()
    assert 0 < norm <= norms <= s_max ** len(xs)


def test_a_leaky_unit_solves_its_differential_equation():
    """Check (1.9) against small steps of (1.8)."""
    tau, h_tilde, h, small = 3.0, -0.8, 0.5, 50_000
    k = np.exp(-1 / tau)
    expected = k * h + (1 - k) * h_tilde
    for _ in range(small):
        h += (h_tilde - h) / tau / small
    assert h == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("k", [0, 0.3, 0.9])
def test_the_jacobian_of_a_leaky_step(elman, k):
    """Check (1.10)."""
    xs, h0, p = elman

    def step(h):
        return k * h + (1 - k) * rnn_step(xs[0], h, p)[0]

    h_tilde, _ = rnn_step(xs[0], h0, p)
    J = k * np.eye(h0.shape[1]) + (1 - k) * p["W_hh"] @ np.diag(1 - h_tilde[0] ** 2)
    np.testing.assert_allclose(J, differences(step, h0), rtol=0, atol=1e-9)


def test_what_a_fixed_leak_keeps_of_a_number():
    """Check (1.11)."""
    for k, m, n in [(0.5, 6, 60), (0.98, 6, 60), (0.7, 1, 3)]:
        h = 0.0
        for h_tilde in [1.0] * m + [0.0] * n:
            h = k * h + (1 - k) * h_tilde
        assert h == pytest.approx((1 - k**m) * k**n, rel=1e-12)


def test_a_clock_changes_the_rate_and_the_leak():
    """Check (1.12) by differences, and (1.13) against the recording's own state."""
    tau, h_tilde, h0 = 4.0, 0.9, -0.5

    def u(t):  # the clock: never backwards, now slow, now fast
        return t + 0.9 * np.sin(t)

    def g(t):  # the unit where the recording was at time u(t): (1.8) solved
        return h_tilde + (h0 - h_tilde) * np.exp(-u(t) / tau)

    t, small = np.linspace(0, 20, 50), 1e-5
    dg = (g(t + small) - g(t - small)) / (2 * small)
    du = (u(t + small) - u(t - small)) / (2 * small)
    np.testing.assert_allclose(dg, (h_tilde - g(t)) / tau * du, rtol=0, atol=1e-9)

    h = h0
    for t in range(1, 21):
        k = np.exp(-(u(t) - u(t - 1)) / tau)
        h = k * h + (1 - k) * h_tilde
        assert h == pytest.approx(g(t), abs=1e-12)


# --- chapter 02 -----------------------------------------------------------------------


def test_an_update_gate_worked_on_paper():
    """Check (2.8)."""
    p = {"W_xz": np.array([[0.6], [0.2]]), "W_hz": np.array([[1.0]])}
    p["b_z"] = np.array([1.5])
    z = update_gate(np.array([[1.0, -2.0]]), np.array([[0.5]]), p).item()
    assert np.log(z / (1 - z)) == pytest.approx(2.2, rel=1e-12)
    assert z == pytest.approx(0.900, abs=5e-4)


@pytest.mark.parametrize("z", [0.5, 0.9, 0.99])
def test_a_constant_gate_forgets_geometrically(z):
    """Check (2.9), and the meaning of (2.10) and (2.11)."""
    h = 0.8
    for n in range(1, 51):
        h = blend(z, h, 0.0)
        assert h == pytest.approx(z**n * 0.8, rel=1e-12)
    assert z ** (-np.log(2) / np.log(z)) == pytest.approx(1 / 2, rel=1e-12)
    assert z ** (-1 / np.log(z)) == pytest.approx(1 / np.e, rel=1e-12)


def test_the_time_constant_that_a_bias_gives():
    """Check (2.12): the equality, and how close e^b comes from 2 upward."""
    b = np.linspace(-5, 10, 100)
    tau = 1 / np.log(1 + np.exp(-b))
    np.testing.assert_allclose(tau, -1 / np.log(sigmoid(b)), rtol=1e-9)
    assert np.all(abs(tau / np.exp(b) - 1)[b >= 2] < 0.07)


# --- chapter 04 -----------------------------------------------------------------------


@pytest.mark.slow
def test_the_candidate_of_pytorch():
    """Check (4.9), and its second bias, against a cell of PyTorch."""
    torch = pytest.importorskip("torch")
    D, H, N = 3, 5, 4
    rng = np.random.default_rng(0)
    cell = torch.nn.GRUCell(D, H, dtype=torch.float64)
    arrays = {name: rng.normal(size=a.shape) for name, a in cell.named_parameters()}
    x, h_prev = rng.normal(size=(N, D)), rng.uniform(-1, 1, (N, H))
    values = {name: torch.tensor(array) for name, array in arrays.items()}
    inputs = torch.tensor(x), torch.tensor(h_prev)
    theirs = torch.func.functional_call(cell, values, inputs).detach().numpy()

    W_xr, W_xz, W_xh = np.split(arrays["weight_ih"].T, 3, axis=1)
    W_hr, W_hz, W_hh = np.split(arrays["weight_hh"].T, 3, axis=1)
    b_r, b_z, b_h = np.split(arrays["bias_ih"], 3)
    b_hr, b_hz, b_hn = np.split(arrays["bias_hh"], 3)
    z = sigmoid(x @ W_xz + h_prev @ W_hz + b_z + b_hz)
    r = sigmoid(x @ W_xr + h_prev @ W_hr + b_r + b_hr)
    h_tilde = np.tanh(x @ W_xh + b_h + r * (h_prev @ W_hh + b_hn))
    np.testing.assert_allclose(blend(z, h_prev, h_tilde), theirs, rtol=0, atol=1e-14)


# --- chapter 06 -----------------------------------------------------------------------


@pytest.mark.slow
def test_pytorch_reports_the_second_bias():
    """Check (6.5), and the 9,600 of section 6.1."""
    torch = pytest.importorskip("torch")
    for D, H in [(16, 32), (1, 1), (5, 3)]:
        for directions in (1, 2):
            gru = torch.nn.GRU(D, H, bidirectional=directions == 2)
            reported = sum(array.numel() for array in gru.parameters())
            assert reported == directions * 3 * (D * H + H * H + 2 * H)
    gru = torch.nn.GRU(16, 32, bidirectional=True)
    assert sum(array.numel() for array in gru.parameters()) == 9600


# --- chapter 07 -----------------------------------------------------------------------


@pytest.mark.parametrize("step", [1e-2, 1e-3])
def test_differences_are_off_by_the_next_term_of_taylor(step):
    """Check (7.15): ε² L''' / 6 is left two-sided, ε L'' / 2 one-sided."""
    a = np.array([0.3])
    two_sided = numerical_gradient(lambda: np.exp(a).item(), a, step).item()
    one_sided = (np.exp(0.3 + step) - np.exp(0.3)) / step
    exact = np.exp(0.3)  # and so are all its derivatives
    assert two_sided - exact == pytest.approx(step**2 * exact / 6, rel=1e-3)
    assert one_sided - exact == pytest.approx(step * exact / 2, rel=step)
