"""What comes in at the door wrong is named: the argument, the shape, the cause."""

import re
from collections import namedtuple

import numpy as np
import pytest

from gru_lesson.bptt import gru_backward, gru_forward
from gru_lesson.cell import init_params
from gru_lesson.lstm import init_lstm_params, lstm_backward, lstm_forward
from gru_lesson.rnn import init_rnn_params, rnn_backward, rnn_forward
from gru_lesson.validate import check_array

T, N, D, H = 6, 2, 3, 4
RNG = np.random.default_rng(0)
GRU, ELMAN = init_params(D, H, RNG), init_rnn_params(D, H, RNG)
XS, H0 = RNG.normal(size=(T, N, D)), np.zeros((N, H))
HS, CACHES = gru_forward(XS, H0, GRU)
ELMAN_CACHES = rnn_forward(XS, H0, ELMAN)[1]
DHS = np.ones_like(HS)
LSTM, C0 = init_lstm_params(D, H, RNG), np.ones((N, H))
LSTM_CACHES = lstm_forward(XS, (H0, C0), LSTM)[1]


def replaced(p=GRU, **arrays):
    return p | arrays


def without(name, p=GRU):
    return {key: a for key, a in p.items() if key != name}


def spoiled(array, index, value):
    array = array.copy()
    array[index] = value
    return array


def snapshot(value):
    """Write down everything about arguments that a function could have changed."""
    if isinstance(value, dict):
        return {key: snapshot(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [snapshot(v) for v in value]
    if isinstance(value, np.ndarray):
        return (value.dtype.str, value.shape, value.tobytes(), id(value))
    return repr(value)


def refused(error, message, function, *args):
    """Assert that the call raises `error`, holds `message` and changes no argument."""
    before = snapshot(args)
    with pytest.raises(error, match=re.escape(message)) as caught:
        function(*args)
    assert type(caught.value) is error
    assert caught.traceback[-1].path.name == "validate.py"
    assert snapshot(args) == before


def test_what_is_right_passes():
    assert gru_forward(XS, H0, GRU)[0].shape == (T, N, H)
    assert gru_backward(DHS, CACHES, GRU)[0].shape == XS.shape
    assert rnn_backward(DHS, ELMAN_CACHES, ELMAN)[1].shape == H0.shape
    assert np.shape(lstm_backward(DHS, LSTM_CACHES, LSTM)[1]) == (2, N, H)
    lstm_forward(XS, [H0, C0], LSTM)
    single = {name: a.astype(np.float32) for name, a in GRU.items()}
    gru_forward(XS.astype(np.float32), H0.astype(np.float32), single)
    gru_forward(XS.transpose(2, 1, 0).copy().T, H0, GRU)  # any memory order
    gru_forward(XS, H0, dict(reversed(GRU.items())))  # any order of names


def test_caches_of_a_class_defined_anew_in_a_notebook_pass():
    Anew = namedtuple("GRUCache", CACHES[0]._fields)
    dxs, _, _ = gru_backward(DHS, [Anew(*cache) for cache in CACHES], GRU)
    np.testing.assert_array_equal(dxs, gru_backward(DHS, CACHES, GRU)[0])


# --- shapes ---------------------------------------------------------------------------

WRONG_XS = {
    "no batch axis": (XS[:, 0], "(6, 3). One sequence still needs its batch axis: xs["),
    "too many inputs": (np.zeros((T, N, 5)), "(6, 2, 5). D = 3 comes from W_xz."),
    "four axes": (XS[None], "(1, 6, 2, 3)."),
    "one axis": (np.zeros(3), "(3,)."),
    "no axis": (np.array(0.0), "()."),
}


@pytest.mark.parametrize(("xs", "got"), WRONG_XS.values(), ids=WRONG_XS)
def test_wrong_shape_of_xs(xs, got):
    refused(
        ValueError, f"xs must have shape (T, N, 3), got {got}", gru_forward, xs, H0, GRU
    )


WRONG_H0 = {
    "one state for all": (H0[0], "(4,). One state for each sequence of the batch: "),
    "layer axis": (H0[None], "(1, 2, 4). PyTorch's leading layer axis is not used"),
    "two layers": (np.zeros((2, N, H)), "(2, 2, 4). N is the batch size of xs, H the"),
    "other batch": (np.zeros((3, H)), "(3, 4). N is the batch size of xs"),
    "other units": (np.zeros((N, 5)), "(2, 5). N is the batch size of xs"),
    "transposed": (H0.T, "(4, 2). N is the batch size of xs"),
    "no axis": (np.array(0.0), "(). N is the batch size of xs"),
}


@pytest.mark.parametrize(("h0", "got"), WRONG_H0.values(), ids=WRONG_H0)
def test_wrong_shape_of_h0(h0, got):
    refused(
        ValueError, f"h0 must have shape (2, 4), got {got}", gru_forward, XS, h0, GRU
    )


def test_batch_first_is_recognized():
    message = "h0 must have shape (6, 4), got (2, 4). xs looks batch first; time comes"
    refused(ValueError, message, gru_forward, XS.swapaxes(0, 1), H0, GRU)
    message = "xs must have shape (T, N, 3), got (2, 4)."
    refused(ValueError, message, gru_forward, H0, XS, GRU)


@pytest.mark.parametrize("name", GRU)
def test_wrong_shape_of_each_parameter(name):
    want = {"W_x": (D, H), "W_h": (H, H)}.get(name[:3], (H,))
    for shape in [(), (2,), (2, 2), (1, *want), (*want, 1), (*want[:-1], H + 1)]:
        bad = replaced(**{name: np.zeros(shape)})
        message = f"{name} must have shape {want}, got {shape}. D = 3 and H = 4 are"
        refused(ValueError, message, gru_forward, XS, H0, bad)
        refused(ValueError, message, gru_backward, DHS, CACHES, bad)


def test_a_transposed_weight_is_recognized_even_if_all_are():
    looks = "_xz must have shape (3, 4), got (4, 3). It looks transposed: this lesson"
    one = replaced(W_xz=GRU["W_xz"].T)
    refused(ValueError, "W" + looks, gru_forward, XS, H0, one)
    every = {name: a.T for name, a in GRU.items()}
    refused(ValueError, "W" + looks, gru_forward, XS, H0, every)
    elman = {name: a.T for name, a in ELMAN.items()}
    refused(
        ValueError,
        "W_xh must have shape (3, 4), got (4, 3). It looks transposed",
        rnn_forward,
        XS,
        H0,
        elman,
    )


def test_parameters_without_any_axis():
    scalars = {name: np.array(0.0) for name in GRU}
    refused(ValueError, "W_xz must have shape", gru_forward, XS, H0, scalars)
    inputs = {name: np.array(0.0) for name in GRU if name.startswith("W_x")}
    refused(ValueError, "W_xz must have shape (", gru_forward, XS, H0, GRU | inputs)


WRONG_DHS = {
    "last step only": (DHS[-1], "(2, 4). It needs the shape of hs, with zeros where"),
    "steps missing": (DHS[:3], "(3, 2, 4)."),
    "other batch": (np.ones((T, 1, H)), "(6, 1, 4)."),
    "other units": (np.ones((T, N, 1)), "(6, 2, 1)."),
    "batch first": (DHS.swapaxes(0, 1), "(2, 6, 4)."),
    "a number": (np.array(1.0), "()."),
}


@pytest.mark.parametrize(("dhs", "got"), WRONG_DHS.values(), ids=WRONG_DHS)
def test_wrong_shape_of_dhs(dhs, got):
    message = f"dhs must have shape (6, 2, 4), got {got}"
    refused(ValueError, message, gru_backward, dhs, CACHES, GRU)
    refused(ValueError, message, rnn_backward, dhs, ELMAN_CACHES, ELMAN)


EMPTY = "with at least one step, one sequence, one input and one unit."


@pytest.mark.parametrize(
    ("xs", "h0", "shape"),
    [(XS[:0], H0, (0, 2, 3)), (XS[:, :0], H0[:0], (6, 0, 3))],
    ids=["no step", "no sequence"],
)
def test_nothing_to_run_over(xs, h0, shape):
    message = f"xs is empty, shape {shape}: expected (T, N, 3) {EMPTY}"
    refused(ValueError, message, gru_forward, xs, h0, GRU)
    refused(ValueError, message, rnn_forward, xs, h0, ELMAN)


def test_a_cell_without_inputs():
    p = init_params(0, H, RNG)
    message = f"W_xz is empty, shape (0, 4): expected (0, 4) {EMPTY}"
    refused(ValueError, message, gru_forward, XS[..., :0], H0, p)


# --- types ----------------------------------------------------------------------------

FORWARD = {"xs": XS, "h0": H0, "p": GRU}
BACKWARD = {"dhs": DHS, "caches": CACHES, "p": GRU}
NOT_ARRAYS = [None, 0.5, "xs", [1.0], [[1.0], [1.0, 2.0]], {}, np.float64(1), object()]


def swap(arguments, **changed):
    return (arguments | changed).values()


@pytest.mark.parametrize("bad", NOT_ARRAYS, ids=lambda bad: type(bad).__name__)
def test_what_is_no_array_is_refused_by_name_and_type(bad):
    kind = type(bad).__name__
    for name in ("xs", "h0"):
        message = f"{name} must be a NumPy array of floats, got {kind}. Convert it: np."
        refused(TypeError, message, gru_forward, *swap(FORWARD, **{name: bad}))
    message = f"dhs must be a NumPy array of floats, got {kind}. Convert it: np."
    refused(TypeError, message, gru_backward, *swap(BACKWARD, dhs=bad))
    message = f"b_r must be a NumPy array of floats, got {kind}. Convert it: np."
    refused(TypeError, message, gru_forward, *swap(FORWARD, p=replaced(b_r=bad)))


@pytest.mark.parametrize("dtype", [int, bool, complex, object, str, "M8[s]"])
def test_arrays_of_anything_but_floats_are_refused(dtype):
    for name, good in (("xs", XS), ("h0", H0)):
        bad = np.zeros(good.shape, int).astype(dtype)
        message = f"{name} must hold floats, got dtype {bad.dtype}. Convert it: {name}."
        refused(TypeError, message, gru_forward, *swap(FORWARD, **{name: bad}))
    bad = np.zeros(DHS.shape, int).astype(dtype)
    message = f"dhs must hold floats, got dtype {bad.dtype}."
    refused(TypeError, message, gru_backward, *swap(BACKWARD, dhs=bad))
    bad = replaced(W_hh=np.zeros((H, H), int).astype(dtype))
    refused(TypeError, "W_hh must hold floats, got", gru_forward, XS, H0, bad)


def test_subclasses_that_compute_otherwise_are_refused():
    matrix = GRU["W_hz"].view(np.matrix)
    refused(
        TypeError,
        "W_hz must be a NumPy array of floats, got matrix",
        gru_forward,
        XS,
        H0,
        replaced(W_hz=matrix),
    )
    masked = np.ma.masked_less(XS, 0)
    refused(
        TypeError,
        "xs must be a NumPy array of floats, got MaskedArray",
        gru_forward,
        masked,
        H0,
        GRU,
    )


@pytest.mark.parametrize("p", [None, list(GRU.values()), GRU["W_xz"], "p", set()])
def test_parameters_that_are_no_dict(p):
    message = f"p must be a dict of arrays by name, got {type(p).__name__}. Make one"
    refused(TypeError, message, gru_forward, XS, H0, p)
    refused(TypeError, message, gru_backward, DHS, CACHES, p)


# --- values ---------------------------------------------------------------------------


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_nan_and_infinity_are_found_with_their_place(value):
    xs = spoiled(XS, (4, 1, 2), value)
    message = f"xs must be finite, got {value} at [4, 1, 2] and in 1 of 36 entries."
    refused(ValueError, message, gru_forward, xs, H0, GRU)
    refused(ValueError, message, rnn_forward, xs, H0, ELMAN)
    h0 = spoiled(H0, (1, slice(2, 4)), value)
    message = f"h0 must be finite, got {value} at [1, 2] and in 2 of 8 entries."
    refused(ValueError, message, gru_forward, XS, h0, GRU)
    dhs = spoiled(DHS, (0, 0, 3), value)
    message = f"dhs must be finite, got {value} at [0, 0, 3] and in 1 of 48 entries."
    refused(ValueError, message, gru_backward, dhs, CACHES, GRU)


@pytest.mark.parametrize("name", GRU)
def test_nan_in_each_parameter(name):
    last = tuple(n - 1 for n in GRU[name].shape)
    bad = replaced(**{name: spoiled(GRU[name], last, np.nan)})
    message = f"{name} must be finite, got nan at {list(last)} and in 1 of"
    refused(ValueError, message, gru_forward, XS, H0, bad)
    refused(ValueError, message, gru_backward, DHS, CACHES, bad)


# --- names ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", GRU)
def test_each_missing_parameter_is_named(name):
    message = f"p has no '{name}'. Expected the names {', '.join(GRU)}."
    refused(ValueError, message, gru_forward, XS, H0, without(name))
    refused(ValueError, message, gru_backward, DHS, CACHES, without(name))


@pytest.mark.parametrize("typo", ["Wxz", "w_xz", "W_zx", "W_xz ", "dW_xz"])
def test_a_misspelling_is_pointed_out(typo):
    p = without("W_xz") | {typo: GRU["W_xz"]}
    message = f"p has no 'W_xz'. Expected the names {', '.join(GRU)}. Is {typo!r} a mis"
    refused(ValueError, message, gru_forward, XS, H0, p)


def test_an_unlike_name_is_not_taken_for_a_misspelling():
    with pytest.raises(ValueError, match=r"p has no 'b_h'.*b_h\.$"):
        gru_forward(XS, H0, without("b_h") | {"weight": H0})
    with pytest.raises(ValueError, match=r"p has no 'b_h'.*b_h\.$"):
        gru_forward(XS, H0, without("b_h") | {7: H0})


def test_an_unknown_name_is_refused():
    more = "Expected W_xz, W_hz, b_z, W_xr, W_hr, b_r, W_xh, W_hh, b_h and nothing else"
    for name in ("W_hy", "b_n", 7, None, ("W", "y")):
        message = f"p has the unknown name {name!r}. {more}"
        refused(ValueError, message, gru_forward, XS, H0, GRU | {name: H0})


def test_the_parameters_of_the_other_cell():
    message = "p has no 'W_xz'. Expected the names W_xz, W_hz"
    refused(ValueError, message, gru_forward, XS, H0, ELMAN)
    message = "p has the unknown name 'W_xz'. Expected W_xh, W_hh, b_h and nothing else"
    refused(ValueError, message, rnn_forward, XS, H0, GRU)
    refused(ValueError, "p has no 'W_xz'.", gru_forward, XS, H0, {})


# --- caches ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "caches", [None, 3, "caches", HS, CACHES[0], tuple(CACHES), {0: 1}, iter(CACHES)]
)
def test_caches_that_are_no_list(caches):
    kind = type(caches).__name__
    message = f"caches must be the list that the forward pass returned, got {kind}."
    refused(TypeError, message, gru_backward, DHS, caches, GRU)


def test_no_caches():
    message = "caches is empty: expected the list of the forward pass."
    refused(ValueError, message, gru_backward, DHS, [], GRU)


def test_caches_of_something_else():
    refused(
        TypeError,
        "caches[0] must be of class GRUCache, got RNNCache.",
        gru_backward,
        DHS,
        ELMAN_CACHES,
        GRU,
    )
    refused(
        TypeError,
        "caches[0] must be of class RNNCache, got GRUCache.",
        rnn_backward,
        DHS,
        CACHES,
        ELMAN,
    )
    refused(
        TypeError,
        "caches[5] must be of class GRUCache, got NoneType.",
        gru_backward,
        DHS,
        [*CACHES[:5], None],
        GRU,
    )
    refused(
        TypeError,
        "caches[0] must be of class GRUCache, got ndarray.",
        gru_backward,
        DHS,
        list(HS),
        GRU,
    )


@pytest.mark.parametrize("sizes", [(D, H + 1), (D + 1, H), (H, D)])
def test_caches_of_a_cell_of_another_size(sizes):
    message = (
        "caches come from a cell with D = 3 and H = 4, p has D = {} and H = {}. Pass "
        "the parameters that the forward pass was given."
    )
    p = init_params(*sizes, RNG)
    refused(ValueError, message.format(*sizes), gru_backward, DHS, CACHES, p)


# --- the LSTM, whose state is a pair --------------------------------------------------


@pytest.mark.parametrize(
    "state", [H0, np.stack([H0, C0]), None, (H0,), (H0, C0, C0), {"h0": H0, "c0": C0}]
)
def test_a_state_that_is_no_pair(state):
    message = f"the initial state must be the pair (h0, c0), got {type(state).__name__}"
    refused(TypeError, message, lstm_forward, XS, state, LSTM)


@pytest.mark.parametrize("name", ["h0", "c0"])
def test_each_state_of_the_pair_is_checked(name):
    def with_state(bad):
        return XS, (bad, C0) if name == "h0" else (H0, bad), LSTM

    message = f"{name} must have shape (2, 4), got (4,). One state for each sequence of"
    refused(ValueError, message, lstm_forward, *with_state(H0[0]))
    message = f"is not used here: {name}[0]."
    refused(ValueError, message, lstm_forward, *with_state(H0[None]))
    message = f"{name} must have shape (2, 4), got (2, 5). N is the batch size of xs"
    refused(ValueError, message, lstm_forward, *with_state(np.zeros((N, 5))))
    message = f"{name} must be a NumPy array of floats, got NoneType."
    refused(TypeError, message, lstm_forward, *with_state(None))
    message = f"{name} must be finite, got nan at [1, 2] and in 1 of 8 entries."
    bad = spoiled(H0, (1, 2), np.nan)
    refused(ValueError, message, lstm_forward, *with_state(bad))


def test_a_gru_takes_no_pair():
    message = "h0 must be a NumPy array of floats, got tuple."
    refused(TypeError, message, gru_forward, XS, (H0, C0), GRU)
    refused(TypeError, message, rnn_forward, XS, (H0, C0), ELMAN)


def test_parameters_and_caches_of_the_lstm():
    message = f"p has no 'W_xf'. Expected the names {', '.join(LSTM)}."
    refused(ValueError, message, lstm_forward, XS, (H0, C0), GRU)
    refused(ValueError, message, lstm_backward, DHS, LSTM_CACHES, without("W_xf", LSTM))
    message = "caches[0] must be of class LSTMCache, got GRUCache."
    refused(TypeError, message, lstm_backward, DHS, CACHES, LSTM)
    message = "dhs must have shape (6, 2, 4), got (2, 4)."
    refused(ValueError, message, lstm_backward, DHS[-1], LSTM_CACHES, LSTM)
    message = "b_c must have shape (4,), got (5,)."
    bad = LSTM | {"b_c": np.zeros(5)}
    refused(ValueError, message, lstm_forward, XS, (H0, C0), bad)


# --- one array ------------------------------------------------------------------------


def test_one_array_is_checked_for_type_shape_and_values():
    check_array("ys", XS, ("T", N, "D"))
    refused(
        TypeError, "ys must hold floats, got", check_array, "ys", np.ones(3, int), ()
    )
    message = "ys must have shape (T, 5), got (6, 2, 3). Because."
    refused(ValueError, message, check_array, "ys", XS, ("T", 5), "Because.")
    bad = spoiled(XS, (0, 0, 0), np.inf)
    refused(ValueError, "ys must be finite", check_array, "ys", bad, XS.shape)
    check_array("ys", bad, XS.shape, finite=False)
