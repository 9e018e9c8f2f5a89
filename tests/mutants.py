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
LSTM = [
    ("init on ±1/H", "bound = 1 / np.sqrt(H)", "bound = 1 / H"),
    ("init biases at one", "np.zeros(H)", "np.ones(H)"),
    ("gates in another order", 'for gate in "fioc"', 'for gate in "ifoc"'),
    ("forget bias forgotten", '    p["b_f"] += forget_bias\n', ""),
    ("forget bias in the input gate", 'p["b_f"] += ', 'p["b_i"] += '),
    ("f and i swapped", "f * c_prev + i * c_tilde", "i * c_prev + f * c_tilde"),
    ("write not gated", "f * c_prev + i * c_tilde", "f * c_prev + c_tilde"),
    ("i tied to f", "f * c_prev + i * c_tilde", "f * c_prev + (1 - f) * c_tilde"),
    ("output not gated", "h = o * np.tanh(c)", "h = np.tanh(c)"),
    ("memory shown as it is", "h = o * np.tanh(c)", "h = o * c"),
    ("o reads W_hf", 'h_prev @ p["W_ho"]', 'h_prev @ p["W_hf"]'),
    ("b_c left out", ' + p["b_c"])', ")"),
    ("gates read the memory", 'h_prev @ p["W_hi"]', 'c_prev @ p["W_hi"]'),
    ("cache keeps the new memory", "(x, h_prev, c_prev, f", "(x, h_prev, c, f"),
    ("dc of the next step lost", "dc = dc + dh * o", "dc = dh * o"),
    ("dc through h lost", "dc = dc + dh * o * (1 - tanh_c**2)", "dc = dc + 0"),
    ("tanh' of c not squared", "(1 - tanh_c**2)", "(1 - tanh_c)"),
    ("dc changed in place", "dc = dc + dh", "dc += dh"),
    ("df from the new memory", "dc * c_prev * f", "dc * c * f"),
    ("σ' without 1 - i", "i * (1 - i)", "i"),
    ("do from c", "dh * tanh_c * o", "dh * c * o"),
    ("dc~ without i", "dc * i * (1 - c_tilde**2)", "dc * (1 - c_tilde**2)"),
    ("memory keeps all of its gradient", "dc_prev = dc * f", "dc_prev = dc"),
    ("a lost transpose", 'p[f"W_h{gate}"].T', 'p[f"W_h{gate}"]'),
    ("dW_h from the memory", "h_prev.T @ da", "c_prev.T @ da"),
    ("bias not summed over the batch", "da[gate].sum(axis=0)", "da[gate][0]"),
    ("gradient overwritten", "grads[name] += step", "grads[name] = step"),
    ("dh through time not carried", "(dhs[t] + dh, dc)", "(dhs[t], dc)"),
    ("dc through time not carried", "(dhs[t] + dh, dc)", "(dhs[t] + dh, 0 * dc)"),
    (
        "backward runs forward in time",
        "in reversed(range(len(caches)))",
        "in range(len(caches))",
    ),
    ("state not carried", "lstm_step(x, state, p)", "lstm_step(x, state0, p)"),
    ("memory taken for the output", "hs.append(state[0])", "hs.append(state[1])"),
    ("forward not checked", 'check_arrays("fioc", p, forward=(xs, state0))', "pass"),
    (
        "backward not checked",
        'check_arrays("fioc", p, backward=(dhs, caches, LSTMCache))',
        "pass",
    ),
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
    ("finiteness not checked", "if not finite.all():", "if False:"),
    ("infinity let through", "np.isfinite(array)", "~np.isnan(array)"),
    ("arrays may hold NaN", "    if finite:\n", "    if False:\n"),
    (
        "states may hold NaN",
        "N, H), _state_hint(name, array, T, N, H))",
        "N, H), _state_hint(name, array, T, N, H), finite=False)",
    ),
    (
        "parameters may hold NaN",
        "check_array(name, p[name], shape, hint)",
        "check_array(name, p[name], shape, hint, finite=False)",
    ),
    ("unknown names accepted", "    if unknown:", "    if False:"),
    ("missing names accepted", "if name not in p:", "if False:"),
    ("integers accepted", "np.floating", "np.number"),
    ("matrices accepted", "if odd or not", "if not"),
    ("empty sequences accepted", "if array.size == 0:", "if False:"),
    (
        "shape of h0 not checked",
        "check_array(name, array, (N, H),",
        "check_array(name, array, getattr(array, 'shape', ()),",
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
    (
        "a stack is taken for a pair",
        "not isinstance(start, tuple | list) or len(start) != 2",
        "len(start) != 2",
    ),
    ("c0 not checked", 'zip(("h0", "c0"), start', 'zip(("h0",), start[:1]'),
    ("place of a NaN reversed", "for i in bad[0]", "for i in bad[0][::-1]"),
]
NN = [
    ("bias left out", "self._hs @ W_hy + b_y", "self._hs @ W_hy"),
    ("init on ±1/H", "bound = 1 / np.sqrt(H)", "bound = 1 / H"),
    ("another precision", "hs.astype(W_hy.dtype, copy=False)", "hs"),
    (
        "sizes not checked",
        'check_array("hs", hs, shape, hint',
        'check_array("hs", hs, np.shape(hs), hint',
    ),
    ("a lost transpose", "return dys @ W_hy.T", "return dys @ W_hy.reshape(K, H)"),
    (
        "bias averaged",
        "dys.reshape(-1, K).sum(axis=0)",
        "dys.reshape(-1, K).mean(axis=0)",
    ),
    (
        "weight of the last step alone",
        "self._hs.reshape(-1, H).T @ dys.reshape(-1, K)",
        "np.atleast_3d(self._hs.T).T[-1].T @ np.atleast_3d(dys.T).T[-1]",
    ),
    ("gradients rebound", 'self.grads["b_y"][...] =', 'self.grads["b_y"] ='),
    ("gradients added up", 'self.grads["b_y"][...] =', 'self.grads["b_y"][...] +='),
    ("backward without forward", "if self._hs is None:", "if False:"),
    ("embedding uniform", "rng.normal(size=(V, D))", "rng.uniform(-1.7, 1.7, (V, D))"),
    ("symbols kept by reference", "self._ids = ids.copy()", "self._ids = ids"),
    ("negative symbols wrap", 'check_symbols("ids", ids, len(W_e))', "None"),
    (
        "repeated symbols count once",
        "np.add.at(dW_e, self._ids, dxs.astype(dW_e.dtype, copy=False))",
        "dW_e[self._ids] += dxs.astype(dW_e.dtype, copy=False)",
    ),
    ("rows of the last batch stay", "        dW_e[...] = 0\n", ""),
    (
        "mask not passed on",
        "self.layer.forward(xs, h0, mask)",
        "self.layer.forward(xs, h0)",
    ),
    (
        "h0 not passed on",
        "self.layer.forward(xs, h0, mask)",
        "self.layer.forward(xs, None, mask)",
    ),
    ("embedding not trained", "else self.embed.backward(dxs)", "else None"),
    ("names may clash", "        if twice:", "        if False:"),
    ("precisions may differ", "if len(dtypes) > 1:", "if False:"),
    ("parameters handed out as a plain dict", "MappingProxyType(merged)", "merged"),
]
LOSSES = [
    ("squared error not halved over K", "[..., None] / ys.shape[-1]", "[..., None]"),
    (
        "gradient without the 2",
        "dys = 2 * share * difference\n",
        "dys = share * difference\n",
    ),
    ("target minus output", "ys.astype(float) - targets", "targets - ys.astype(float)"),
    (
        "overflow",
        "logits - logits.max(axis=-1, keepdims=True)\n    log_sum",
        "logits\n    log_sum",
    ),
    (
        "maximum of the whole batch",
        "a = logits - logits.max(axis=-1, keepdims=True)",
        "a = logits - logits.max()",
    ),
    (
        "sum over the wrong axis",
        "np.exp(a).sum(axis=-1, keepdims=True))",
        "np.exp(a).sum(axis=0, keepdims=True))",
    ),
    ("sign of the loss", "errors = -np.take", "errors = np.take"),
    (
        "one-hot forgotten",
        "np.exp(log_p) - (targets[..., None] == np.arange(logits.shape[-1]))",
        "np.exp(log_p)",
    ),
    (
        "gradient not weighted",
        "dlogits * share[..., None].astype(a.dtype)",
        "(dlogits / share.size).astype(a.dtype)",
    ),
    (
        "softmax overflows",
        "np.exp(logits - logits.max(axis=-1, keepdims=True))",
        "np.exp(logits)",
    ),
    ("weights not shared out", "return weights / total", "return weights"),
    (
        "mean over all entries",
        "return weights / total",
        "return weights / weights.size",
    ),
    ("negative weights", "weights.min() < 0 or ", ""),
    ("no weight at all", " or total == 0", ""),
    ("a symbol too many", "symbols.max() < count", "symbols.max() <= count"),
    ("symbols as floats", "np.issubdtype(kind, np.integer)", "True"),
    (
        "targets may broadcast",
        'check_array("targets", targets, ys.shape,',
        'check_array("targets", targets, np.shape(targets),',
    ),
]
OPTIM = [
    ("momentum forgotten", "            v *= self.momentum\n", "            v *= 0\n"),
    ("momentum dampened", "v += grads[name]", "v += (1 - self.momentum) * grads[name]"),
    ("uphill", "value -= float(self.rate) * v", "value += float(self.rate) * v"),
    (
        "parameters rebound",
        "value -= float(self.rate) * v",
        "self.params[name] = value - float(self.rate) * v",
    ),
    (
        "no bias correction of m",
        "float(self.rate) / (1 - beta_1**self.steps)",
        "float(self.rate)",
    ),
    ("no bias correction of v", "1 - beta_2**self.steps", "1"),
    ("betas swapped", "beta_1, beta_2 = self.betas", "beta_2, beta_1 = self.betas"),
    (
        "epsilon under the root",
        "np.sqrt(v / correction) + self.epsilon",
        "np.sqrt(v / correction + self.epsilon)",
    ),
    ("v of the gradient, not its square", "(g * g - v)", "(abs(g) - v)"),
    (
        "state by reference",
        "{name: a.copy() for name, a in self._memory.items()}",
        "dict(self._memory)",
    ),
    ("steps not restored", '        self.steps = int(state["steps"])\n', ""),
    ("memory not restored", "            a[...] = state[name]", "            pass"),
    (
        "memory rebound at the end",
        "            a[...] = state[name]",
        "            self._memory[name] = state[name] * 1.0000001",
    ),
    (
        "another state accepted",
        "for name, a in state.items()} != shapes",
        "for name, a in state.items()} == 0",
    ),
    ("gradients may broadcast", "if grads[name].shape != value.shape:", "if False:"),
    ("names not compared", "        if lonely:", "        if False:"),
    (
        "clip by the largest entry",
        "np.square(g, dtype=float).sum()",
        "np.square(g, dtype=float).max()",
    ),
    ("clip each array alone", "g *= factor", "g *= min(1, limit / np.linalg.norm(g))"),
    ("clip makes copies", "            g *= factor", "            g = g * factor"),
    ("short gradients made longer", "    if factor < 1:", "    if factor:"),
    ("norm after, not before", "    return norm\n", "    return min(norm, limit)\n"),
    ("squares in single precision", "np.square(g, dtype=float)", "np.square(g)"),
    ("NaN let through", "if not np.isfinite(norm):", "if False:"),
    ("a limit of zero", "if not limit > 0:", "if limit < 0:"),
]

TRAIN = [
    ("nothing is clipped", "np.inf if clip_norm is None else clip_norm", "np.inf"),
    ("None clips at 1", "np.inf if clip_norm is None", "1.0 if clip_norm is None"),
    ("no update", "    optimizer.step(model.grads)\n", ""),
    ("trained on the test", "task.draw(batch, rng), clip", "test, clip"),
    ("no test at the end", "if taken % every and taken < steps", "if taken % every"),
    ("target from above", "losses[-1] < target", "losses[-1] > target"),
    ("patience one too long", "_best(losses) >= patience", "_best(losses) > patience"),
    ("the last is kept", 'if history.stopped == "patience":', "if False:"),
    ("who watches is not heard", "watch(history):", "watch(history) and False:"),
    (
        "the history is lost",
        "            history,\n        ) from",
        "            History(),\n        ) from",
    ),
    ("the bar ignores progress", "off = not progress or", "off ="),
    (
        "the loss of numbers for symbols",
        '"symbols": cross_entropy',
        '"symbols": squared_error',
    ),
    ("zero steps", "or count < 1", "or count < 0"),
    ("target without test", "if test is None and (", "if False and ("),
]

CHECKPOINT = [
    (
        "the generator is not restored",
        'self.rng.bit_generator.state = words["rng"]',
        "pass",
    ),
    ("the optimizer is not restored", 'self.optimizer.restore(groups["o"])', "pass"),
    ("the history is not restored", "setattr(self.history, name, value)", "pass"),
    (
        "parameters are not restored",
        "            self.params[name][...] = a\n        self.opt",
        "            pass\n        self.opt",
    ),
    ("the best is not restored", 'self.best = groups["best"]', "self.best = {}"),
    ("the best is a reference", "self.best = {name: a.copy()", "self.best = {name: a"),
    ("the best is the last", "if losses[-1] <= min(losses):", "if losses:"),
    ("any run is taken", 'if words["label"] != self.label:', "if False:"),
    (
        "shapes are not in the label",
        "[label, type(optimizer).__name__, *shapes]",
        "[label, type(optimizer).__name__]",
    ),
    (
        "the optimizer is not in the label",
        "type(optimizer).__name__, *shapes",
        "*shapes",
    ),
    ("written in place", 'new = Path(f"{path}.new")', "new = Path(path)"),
]

INTERVALS = [
    ("an interval of 90 percent", "LEVEL = 95", "LEVEL = 90"),
    (
        "drawn without replacement",
        "rng.choice(values, (draws, len(values)))",
        "rng.permuted(np.tile(values, (draws, 1)), axis=1)",
    ),
    ("means of the draws", "drawn = np.median(", "drawn = np.mean("),
    (
        "as many draws as values",
        "(draws, len(values))), axis=1)",
        "(draws, 4)), axis=1)",
    ),
    ("one group drawn from", "_ends(over / under)", "_ends(over / np.median(b))"),
    (
        "Wald, not Wilson",
        "middle = p + z2 / (2 * runs)",
        "middle = p * (1 + z2 / runs)",
    ),
    ("Wilson, half of it", " + z2 / (4 * runs**2)", ""),
    ("NaN let through", " or not np.isfinite(values).all()", ""),
]

LEDGER = [
    (
        "a cut letter stops all",
        "except (ValueError, TypeError, KeyError)",
        "except (json.JSONDecodeError, TypeError, KeyError)",
    ),
    (
        "lines of another kind",
        '.read_bytes().split(b"\\n")',
        '.read_text("utf-8", "replace").splitlines()',
    ),
    ("done again", "if key in known:", "if False:"),
    ("glued to a cut line", 'out.write("\\n")  # after', "pass  # after"),
    ("all at once", "while len(running) >= 2 * workers:", "while False:"),
    ("one after the other", "len(running) >= 2 * workers", "running"),
    (
        "a failure is written down",
        "failures.append((error, arguments))",
        'out.write(json.dumps({"key": key}) + "\\n")',
    ),
    (
        "a failure takes others with it",
        "            failures.append((error, arguments))\n            continue\n",
        "            yield lost(error, *arguments)\n            continue\n",
    ),
    (
        "yielded before written",
        "        records.append(record)\n    yield from records\n",
        "        yield record\n",
    ),
]

SETUPS = [
    ("a length too many", "{20: 10, 60: 5}", "{20: 10, 40: 5, 60: 5}"),
    ("counting ends early", "        False,\n", "        True,\n"),
    ("the LSTM has no bias of 1", '["0", "1", "chrono"]', '["0", "chrono"]'),
    ("chrono told half of it", "lambda n: 2 * n", "lambda n: n"),
]

TRIALS = [
    ("choosing tested as measuring", ' + (trial.phase == "choose")', ""),
    ("the narrow LSTM is as wide", "H = narrow_width(task.D, H, task.K)", "pass"),
    ("bias forgotten", "(task.D, H, rng, **given)", "(task.D, H, rng)"),
    ("solved at the last test", "and not found:", "or found:"),
    ("all end early", " and SETUPS[trial.task].ends\n", "\n"),
    ("half a run is a result", 'if history.stopped == "interrupted":', "if False:"),
    ("one too far", "            return n - 1\n", "            return n\n"),
    ("choosing on the test part", 'if trial.phase == "choose":', "if False:"),
    ("the best where the last is", "if early else -1", "if True else -1"),
    (
        "loss of the test part",
        "train.evaluate(model, task, w.valid)",
        "train.evaluate(model, task, w.test)",
    ),
    ("worse is solved", "if error < plain:", "if error > plain:"),
    (
        "a diverged run ends the study",
        "except train.Diverged:",
        "except ZeroDivisionError:",
    ),
]

COST = [
    ("each trial timed", "if kind not in known:", "if True:"),
    ("updates are free", "once + each * trial.updates", "once + each"),
]

STUDY = [
    (
        "seeds used twice",
        "range(FIRST_CHOOSING, FIRST_CHOOSING + CHOOSING)",
        "range(CHOOSING)",
    ),
    (
        "chosen where it is hard",
        "Trial(name, min(setup.starts), *variant, rate",
        "Trial(name, max(setup.starts), *variant, rate",
    ),
    (
        "updates do not count",
        'return -solved, median(row["updates"] for row in group), mean',
        "return -solved, mean",
    ),
    ("the mean of the updates", 'median(row["updates"] for', 'mean(row["updates"] for'),
    ("loss does not count", ", mean(losses)\n", "\n"),
    ("diverging costs nothing", "np.inf if row", "0.0 if row"),
    (
        "a tie goes to the higher rate",
        "badness(group) < badness",
        "badness(group) <= badness",
    ),
    ("the part of an earlier plan", 'row | {"phase": trial.phase}', "row"),
    ("measured runs choose", 'if row["phase"] == "choose":', "if True:"),
    ("one rate for all", "rates[name, *variant], seed", "min(rates.values()), seed"),
]

FINDINGS = [
    ("as they ended", "in sorted(rows, key=_place)", "in list(rows)"),
    ("all phases together", 'if row["phase"] == phase:', "if True:"),
    (
        "lengths together",
        'names = "task", "length", "cell", "bias", "rate"\n            groups',
        'names = "task", "cell", "bias", "rate"\n            groups',
    ),
    ("not marked", '">" * (u > known)', '"" * (u > known)'),
    ("solved at the cap is known", 'row["updates"] < cap]', 'row["solved"]]'),
]

COMMANDS = [
    ("the runs are overwritten", "if file == options.results:", "if False:"),
    (
        "twice named, twice done",
        "list(dict.fromkeys(options.tasks or study.SETUPS))",
        "list(options.tasks or study.SETUPS)",
    ),
    ("what waits goes on", "cancel_futures=True", "cancel_futures=False"),
    ("the plan is carried out", "if options.plan:", "if False:"),
]

MUTANTS = [
    (what, f"{module}.py", *edit)
    for module, table in [
        ("cell", CELL),
        ("bptt", BPTT),
        ("rnn", RNN),
        ("lstm", LSTM),
        ("gradcheck", GRADCHECK),
        ("validate", VALIDATE),
        ("nn", NN),
        ("losses", LOSSES),
        ("optim", OPTIM),
        ("train", TRAIN),
        ("checkpoint", CHECKPOINT),
        ("intervals", INTERVALS),
        ("ledger", LEDGER),
        ("setups", SETUPS),
        ("trials", TRIALS),
        ("cost", COST),
        ("study", STUDY),
        ("findings", FINDINGS),
        ("commands", COMMANDS),
    ]
    for what, *edit in table
]
