"""Deliberate mistakes, each of which the tests must notice.

One row is (what is wrong, file, old text, new text). The old text stands in the file
exactly once, unless a fifth entry says how often; then all of them are replaced.
"""

STEP = "    h = blend(z, h_prev, h_tilde)\n"
LOOP = "        for name in grads:\n            grads[name] += step_grads[name]\n"
LOSE_KEEP = ("dh * z + da_z @", "da_z @")
RNN_LOOP = "dhs[t] + dh, caches[t], p"

CELL = [
    ("sigmoid overflows", "np.where(a >= 0, 1, e) / (1 + e)", "1 / (1 + np.exp(-a))"),
    ("sigmoid of 2a", "np.exp(-np.abs(a))", "np.exp(-2 * np.abs(a))"),
    ("sigmoid mirrored", "np.where(a >= 0, 1, e)", "np.where(a < 0, 1, e)"),
    ("sigmoid off in the last digits", "0, 1, e)", "0, 1, e * (1 + 2e-15))"),
    ("init on ±1/H", "bound = 1 / np.sqrt(H)", "bound = 1 / H"),
    (
        "init on [0, 1/√H]",
        "uniform(-bound, bound, (H, H))",
        "uniform(0, bound, (H, H))",
    ),
    ("init biases at one", "np.zeros(H)", "np.ones(H)"),
    ("gates in another order", 'for gate in "zrh"', 'for gate in "rzh"'),
    (
        "z swapped in the blend",
        "z * h_prev + (1 - z) * h_tilde",
        "(1 - z) * h_prev + z * h_tilde",
    ),
    ("z left out of the blend", "return z * h_prev", "return h_prev"),
    ("W_hr reads W_hz", 'h_prev @ p["W_hr"]', 'h_prev @ p["W_hz"]'),
    ("b_r left out", ' + p["b_r"]\n', "\n"),
    ("b_z subtracted", '+ p["b_z"]', '- p["b_z"]'),
    ("candidate with a sigmoid", "np.tanh(a_h)", "sigmoid(a_h)"),
    ("r left out of the candidate", "(r * h_prev) @ p", "h_prev @ p"),
    (
        "r @ h_prev, a product of matrices",
        "(r * h_prev) @ p",
        "(r @ h_prev.T @ h_prev) @ p",
    ),
    ("reset after the product", '(r * h_prev) @ p["W_hh"]', 'r * (h_prev @ p["W_hh"])'),
    (
        "a lost transpose in the forward pass",
        'h_prev @ p["W_hz"] +',
        'h_prev @ p["W_hz"].T +',
    ),
    ("input changed in place", STEP, STEP + "    h_prev *= 1\n    x += 1e-9\n"),
    ("cache keeps the new state", "GRUCache(x, h_prev, z", "GRUCache(x, h, z"),
    ("sign of dz", "dh * (h_prev - h_tilde)", "dh * (h_tilde - h_prev)"),
    (
        "σ' from the activation again",
        "dz * z * (1 - z)",
        "dz * sigmoid(z) * (1 - sigmoid(z))",
    ),
    ("σ' without 1 - z", "dz * z * (1 - z)", "dz * z"),
    ("tanh' not squared", "(1 - h_tilde**2)", "(1 - h_tilde)"),
    ("candidate gets the share of z", "dh_tilde = dh * (1 - z)", "dh_tilde = dh * z"),
    ("path through h~ blocked in W_hh", 'da_h @ p["W_hh"].T', 'da_h @ p["W_hh"]'),
    ("dr forgets h_prev", "dr = dg * h_prev", "dr = dg"),
    ("keep path forgotten", "dh_prev = dh * z + da_z", "dh_prev = da_z"),
    ("path through z forgotten", 'dh * z + da_z @ p["W_hz"].T +', "dh * z +"),
    ("path through h~ forgotten", " + dg * r + ", " + "),
    ("path through r forgotten", ' + dg * r + da_r @ p["W_hr"].T', " + dg * r"),
    ("a lost transpose in dh_prev", 'da_r @ p["W_hr"].T', 'da_r @ p["W_hr"]'),
    ("dx forgets the reset gate", ' + da_r @ p["W_xr"].T', ""),
    ("dW_hh without r", "(r * h_prev).T @ da_h", "h_prev.T @ da_h"),
    ("dW_hr from da_z", "h_prev.T @ da_r", "h_prev.T @ da_z"),
    ("bias not summed over the batch", "da_r.sum(axis=0)", "da_r[0]"),
    ("bias averaged over the batch", "da_z.sum(axis=0)", "da_z.mean(axis=0)"),
    (
        "bias summed over the units",
        "da_h.sum(axis=0)",
        "da_h.sum(axis=0) * 0 + da_h.sum()",
    ),
]
BPTT = [
    ("gradient overwritten", "grads[name] += step", "grads[name] = step"),
    (
        "gradient through time not carried",
        "gru_step_backward(dhs[t] + dh,",
        "gru_step_backward(dhs[t],",
    ),
    (
        "gradient of the outside forgotten",
        "gru_step_backward(dhs[t] + dh,",
        "gru_step_backward(dhs[-1] * (t == len(caches) - 1) + dh,",
    ),
    (
        "backward runs forward in time",
        "in reversed(range(len(caches)))",
        "in range(len(caches))",
    ),
    ("state not carried", "gru_step(x, h, p)", "gru_step(x, h0, p)"),
    (
        "states stored before the step",
        "        h, cache = gru_step(x, h, p)\n        hs.append(h)\n",
        "        hs.append(h)\n        h, cache = gru_step(x, h, p)\n",
    ),
    ("time reversed", "for x in xs:", "for x in xs[::-1]:"),
    ("forward not checked", 'check_arrays("zrh", p, forward=(xs, h0))', "pass"),
    (
        "backward not checked",
        'check_arrays("zrh", p, backward=(dhs, caches, GRUCache))',
        "pass",
    ),
    ("gradients written over the parameters", "np.zeros_like(value)", "value"),
]
RNN = [
    ("init on ±1/H", "bound = 1 / np.sqrt(H)", "bound = 1 / H"),
    ("init biases at one", "np.zeros(H)", "np.ones(H)"),
    ("bias left out", ' + p["b_h"]\n', "\n"),
    ("no tanh", "h = np.tanh(a_h)", "h = a_h"),
    ("tanh' not squared", "(1 - h**2)", "(1 - h)"),
    ("a lost transpose", 'da_h @ p["W_hh"].T', 'da_h @ p["W_hh"]'),
    ("dW_hh from the new state", "h_prev.T @ da_h", "h.T @ da_h"),
    ("bias not summed over the batch", "da_h.sum(axis=0)", "da_h[0]"),
    ("gradient overwritten", "grads[name] += step", "grads[name] = step"),
    ("gradient through time not carried", RNN_LOOP, "dhs[t], caches[t], p"),
    (
        "backward runs forward in time",
        "in reversed(range(len(caches)))",
        "in range(len(caches))",
    ),
    ("state not carried", "rnn_step(x, h, p)", "rnn_step(x, h0, p)"),
]
GRADCHECK = [
    ("one-sided difference", "array[i] = old - step", "array[i] = old"),
    ("not divided by two", "(2 * step)", "step"),
    ("step ignored", "array[i] = old + step", "array[i] = old + 1e-5"),
    ("another default step", "step=1e-5", "step=1e-3"),
    (
        "array not restored after an error",
        "        finally:\n",
        "        except KeyError:\n            raise\n        else:\n",
    ),
    ("float32 accepted", "or array.dtype != np.float64", ""),
    (
        "error relative to the mean",
        "np.abs(analytic - numeric).max() / scale",
        "np.abs(analytic - numeric).mean() / scale",
    ),
    (
        "error not relative",
        "np.abs(analytic - numeric).max() / scale",
        "np.abs(analytic - numeric).max()",
    ),
    (
        "NaN hidden behind zeros",
        "np.maximum(np.abs(analytic).max(), np.abs(numeric).max())",
        "max(np.abs(analytic).max(), np.abs(numeric).max())",
    ),
    ("tolerance ignored", "if error <= tolerance", "if error <= 1e-7"),
    ("everything passes", "if error <= tolerance", "if True"),
    ("shapes broadcast", "if a.shape == n.shape else np.inf", ""),
    ("last error instead of worst", "worst = max(worst, error) if", "worst = error if"),
    ("NaN forgotten", "if error == error else np.nan", "if error == error else worst"),
    ("names not compared", "if analytic.keys() != numeric.keys()", "if False"),
    ("every error a multiple", "abs(ratio - 1) > 1e-3 and ", ""),
    ("transpose not recognized", 'text + "; the transpose fits"', "text"),
]
VALIDATE = [
    ("finiteness not checked", "if len(bad):", "if False:"),
    ("infinity let through", "~np.isfinite(array)", "np.isnan(array)"),
    ("h0 may hold NaN", '        _check_finite("h0", h0)\n', ""),
    ("parameters may hold NaN", "        _check_finite(name, p[name])\n", ""),
    ("unknown names accepted", "    if unknown:", "    if False:"),
    ("missing names accepted", "if name not in p:", "if False:"),
    ("integers accepted", "np.floating", "np.number"),
    ("matrices accepted", "if odd or not", "if not"),
    ("empty sequences accepted", "if array.size == 0:", "if False:"),
    (
        "shape of h0 not checked",
        '        _check_shape("h0", h0, (N, H),',
        "        ((), h0, (N, H),",
    ),
    (
        "caches of another size accepted",
        "if (D_cached, H_cached) != (D, H):",
        "if False:",
    ),
    (
        "caches of another cell accepted",
        'getattr(cache, "_fields", None) != kind._fields',
        "False",
    ),
    ("place of a NaN reversed", "for i in bad[0]", "for i in bad[0][::-1]"),
]

MUTANTS = [
    (what, f"{module}.py", *edit)
    for module, table in [
        ("cell", CELL),
        ("bptt", BPTT),
        ("rnn", RNN),
        ("gradcheck", GRADCHECK),
        ("validate", VALIDATE),
    ]
    for what, *edit in table
]
