"""The gradient check finds known gradients, and says in words what is wrong."""

import numpy as np
import pytest

from gru_lesson.gradcheck import compare, numerical_gradient, relative_error

# --- numerical_gradient ---------------------------------------------------------------


def test_known_gradients():
    rng = np.random.default_rng(0)
    for shape in [(), (4,), (2, 3), (2, 2, 2)]:
        a, w = rng.normal(size=shape), rng.normal(size=shape)
        cases = [
            (lambda a=a, w=w: (w * a).sum(), w),
            (lambda a=a: (a**2).sum(), 2 * a),
            (lambda a=a, w=w: (w * np.sin(a)).sum(), w * np.cos(a)),
            (lambda a=a: np.exp(a).prod(), np.full(shape, np.exp(a.sum()))),
        ]
        for loss, expected in cases:
            np.testing.assert_allclose(
                numerical_gradient(loss, a), expected, rtol=1e-8, atol=1e-9
            )


def test_differences_are_central():
    """A one-sided difference of a² would be off by the step, a central one is not."""
    a = np.array([0.3])
    grad = numerical_gradient(lambda: a[0] ** 2, a, step=0.1)
    np.testing.assert_allclose(grad, [0.6], rtol=1e-14)


def test_step_is_how_far_each_entry_moves():
    """Of a³ the central difference is 3a² + ε², and no other entry moves meanwhile."""
    a, seen = np.array([0.0, 1.0]), []
    grad = numerical_gradient(lambda: (seen.append(a.copy()), (a**3).sum())[1], a, 0.5)
    np.testing.assert_array_equal(grad, [0.25, 3.25])
    np.testing.assert_array_equal(seen, [[0.5, 1], [-0.5, 1], [0, 1.5], [0, 0.5]])


def test_the_default_step_is_1e_5():
    a, seen = np.zeros(1), []
    numerical_gradient(lambda: seen.append(a[0]) or 0.0, a)
    assert seen == [1e-5, -1e-5]


def test_array_is_restored_bit_by_bit():
    a = np.random.default_rng(0).normal(size=(3, 4))
    before = a.copy()
    numerical_gradient(lambda: a.sum(), a)
    np.testing.assert_array_equal(a, before)


@pytest.mark.parametrize("failing_call", [1, 2, 4])
def test_array_is_restored_when_the_loss_raises(failing_call):
    a, calls = np.array([0.1, 0.2]), []

    def loss():
        calls.append(1)
        if len(calls) == failing_call:
            raise ZeroDivisionError
        return a.sum()

    with pytest.raises(ZeroDivisionError):
        numerical_gradient(loss, a)
    np.testing.assert_array_equal(a, [0.1, 0.2])


def test_a_view_is_moved_in_place():
    a = np.arange(6.0).reshape(2, 3)
    grad = numerical_gradient(lambda: (a**2).sum(), a.T[:2])
    np.testing.assert_allclose(grad, 2 * a.T[:2], atol=1e-9)


@pytest.mark.parametrize(
    ("array", "kind"),
    [
        (np.ones(2, np.float32), "float32"),
        (np.ones(2, int), "int64"),
        ([1.0, 2.0], "list"),
        (1.0, "float"),
        (None, "NoneType"),
        (np.float64(1), "float64"),
    ],
)
def test_anything_but_doubles_is_refused(array, kind):
    message = f"array must be an ndarray of float64, got {kind}. .*double precision"
    with pytest.raises(TypeError, match=message):
        numerical_gradient(lambda: 0.0, array)


# --- relative_error -------------------------------------------------------------------


def test_relative_error_is_the_largest_difference_over_the_largest_entry():
    assert relative_error(np.array([4.0, 1.0]), np.array([4.0, 2.0])) == 1 / 4
    assert relative_error(np.array([1.0, 1.0]), np.array([1.0, -8.0])) == 9 / 8
    assert relative_error(np.array([[-8.0], [1.0]]), np.array([[-8.0], [0.0]])) == 1 / 8


def test_relative_error_is_symmetric_and_without_unit():
    a, n = np.array([1.0, 2.0, 3.0]), np.array([1.5, 2.0, 2.0])
    assert relative_error(a, n) == relative_error(n, a)
    assert relative_error(1024 * a, 1024 * n) == relative_error(a, n)


def test_relative_error_of_zeros():
    zero, one = np.zeros(3), np.ones(3)
    assert relative_error(zero, zero) == 0
    assert relative_error(zero, one) == relative_error(one, zero) == 1


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("other", [0.0, 1.0, np.nan, np.inf])
def test_relative_error_of_nan_and_infinity_is_nan(bad, other):
    bad, other = np.array([0.0, bad]), np.array([0.0, other])
    assert np.isnan(relative_error(bad, other))
    assert np.isnan(relative_error(other, bad))


# --- compare --------------------------------------------------------------------------


def verdict(capsys, a, n, **options):
    """Compare one array with another; return the printed line and the error."""
    error = compare({"W_hh": a}, {"W_hh": n}, **options)
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    return out.rstrip("\n"), error


@pytest.fixture
def n():
    return np.array([[1.0, 2.0], [-3.0, 4.0]])


def test_compare_prints_a_line_for_each_array(capsys):
    analytic = {"W_xz": np.ones((2, 3)), "b_z": np.zeros(3), "h0": np.ones((4, 1))}
    numeric = {k: a + 4e-9 for k, a in analytic.items()}
    numeric["b_z"] = np.zeros(3)
    assert compare(analytic, numeric) == pytest.approx(4e-9, rel=1e-6)
    assert capsys.readouterr().out.splitlines() == [
        "W_xz  (2, 3)       4.0e-09  ok",
        "b_z   (3,)         0.0e+00  ok",
        "h0    (4, 1)       4.0e-09  ok",
    ]


def test_compare_draws_the_line_at_the_tolerance(capsys, n):
    assert verdict(capsys, n + 4.1e-7, n)[0].split("  ")[-1].startswith("WRONG")
    assert verdict(capsys, n + 3.9e-7, n)[0].endswith("ok")
    assert verdict(capsys, n + 0.01, n, tolerance=0.1)[0].endswith("ok")
    assert "WRONG" in verdict(capsys, n + 1e-9, n, tolerance=1e-12)[0]


def test_compare_returns_the_worst_error_of_all(capsys, n):
    right, wrong, worse = {"a": n}, {"b": n + 1}, {"c": n - 3}
    numeric = {"a": n, "b": n, "c": n}
    for analytic in (right | wrong | worse, worse | wrong | right):
        assert compare(analytic, numeric) == 3 / 6
    out = capsys.readouterr().out
    assert out.count("WRONG") == 4
    assert out.count("ok") == 2


def test_compare_names_the_entry_that_differs_most(capsys, n):
    a = n.copy()
    a[1, 0] += 0.5
    line, error = verdict(capsys, a, n)
    assert line == "W_hh  (2, 2)       1.2e-01  WRONG: at [1, 0] -2.5, expected -3"
    assert error == 0.5 / 4


def test_compare_recognizes_a_transpose(capsys, n):
    line, _ = verdict(capsys, n.T, n)
    assert line.endswith("at [0, 1] -3, expected 2; the transpose fits")


@pytest.mark.parametrize("factor", [2, -1, 0.25, 32])
def test_compare_recognizes_a_multiple(capsys, n, factor):
    line, _ = verdict(capsys, factor * n, n)
    assert line.endswith(f"; {factor:.3g} times the numeric gradient")


def test_compare_does_not_call_a_small_error_a_multiple(capsys, n):
    line, _ = verdict(capsys, n + 1e-5, n)
    assert "times" not in line
    assert "WRONG: at [" in line


def test_compare_recognizes_a_gradient_that_was_never_filled(capsys, n):
    line, error = verdict(capsys, 0 * n, n)
    assert line.endswith("at [1, 1] 0, expected 4; all zero")
    assert error == 1


def test_compare_of_a_gradient_that_should_be_zero(capsys, n):
    line, error = verdict(capsys, n, 0 * n)
    assert line.endswith("WRONG: at [1, 1] 4, expected 0")
    assert error == 1


def test_compare_reports_nan_and_infinity_and_is_not_reassured_later(capsys, n):
    for bad in (np.nan, np.inf):
        broken = n.copy()
        broken[0, 1] = bad
        line, error = verdict(capsys, broken, n)
        assert line.endswith("WRONG: it holds NaN or infinity")
        assert np.isnan(error)
        line, error = verdict(capsys, 0 * n, broken)
        assert line.endswith("WRONG: the numeric gradient holds NaN or infinity")
        assert np.isnan(error)
        assert np.isnan(compare({"a": broken, "b": n}, {"a": n, "b": n}))
        assert np.isnan(compare({"b": n + 1, "a": broken}, {"a": n, "b": n}))
        capsys.readouterr()


def test_compare_reports_shapes_that_differ(capsys, n):
    line, error = verdict(capsys, n.sum(axis=0, keepdims=True), n)
    assert line.endswith("WRONG: shape (1, 2), expected (2, 2)")
    assert error == np.inf
    # not even where the two would broadcast
    assert verdict(capsys, np.ones((1, 2)), np.ones((2,)))[1] == np.inf


def test_compare_refuses_different_names(n):
    with pytest.raises(ValueError, match="same names; only one has W_xh, dW_xh"):
        compare({"dW_xh": n, "b": n}, {"W_xh": n, "b": n})


def test_compare_of_two_numbers(capsys):
    line, error = verdict(capsys, np.array(3.0), np.array(4.0))
    assert "at [] 3, expected 4" in line
    assert error == 1 / 4


def test_a_gradient_of_the_lesson_with_a_mistake_is_found(capsys):
    """The use it is made for: a product whose gradient lost its transpose."""
    rng = np.random.default_rng(0)
    x, W, dy = (rng.normal(size=(3, 3)) for _ in range(3))
    numeric = {
        "x": numerical_gradient(lambda: (dy * (x @ W)).sum(), x),
        "W": numerical_gradient(lambda: (dy * (x @ W)).sum(), W),
    }
    assert compare({"x": dy @ W.T, "W": x.T @ dy}, numeric) < 1e-9
    assert compare({"x": dy @ W, "W": x.T @ dy}, numeric) > 0.1
    assert capsys.readouterr().out.count("WRONG") == 1
