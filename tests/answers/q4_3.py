"""Right and wrong answers to 4.3, written as learners write them."""

import numpy as np

from gru_lesson.cell import sigmoid


def block(k, *stacked):
    return (np.split(s, 3)[k] for s in stacked)


def with_blocks(x, h_prev, weight_ih, weight_hh, bias_ih, bias_hh):
    W_ir, W_hr, b_ir, b_hr = block(0, weight_ih, weight_hh, bias_ih, bias_hh)
    W_in, W_hn, b_in, b_hn = block(2, weight_ih, weight_hh, bias_ih, bias_hh)
    r = sigmoid(x @ W_ir.T + b_ir + h_prev @ W_hr.T + b_hr)
    return np.tanh(x @ W_in.T + b_in + r * (h_prev @ W_hn.T + b_hn))


def in_columns(x, h_prev, weight_ih, weight_hh, bias_ih, bias_hh):
    from_x = weight_ih @ x.T + bias_ih[:, None]
    from_h = weight_hh @ h_prev.T + bias_hh[:, None]
    H = len(from_h) // 3
    r = 1 / (1 + np.exp(-from_x[:H] - from_h[:H]))
    return np.tanh(from_x[2 * H :] + r * from_h[2 * H :]).T


def with_einsum(x, h_prev, weight_ih, weight_hh, bias_ih, bias_hh):
    H = h_prev.shape[1]
    blocks_x = weight_ih.reshape(3, H, -1)
    blocks_h = weight_hh.reshape(3, H, H)
    from_x = np.einsum("khd,nd->knh", blocks_x, x) + bias_ih.reshape(3, 1, H)
    from_h = np.einsum("khi,ni->knh", blocks_h, h_prev) + bias_hh.reshape(3, 1, H)
    r = sigmoid(from_x[0] + from_h[0])
    return np.tanh(from_x[2] + r * from_h[2])


def in_single_precision(*arguments):
    return with_blocks(*(a.astype(np.float32) for a in arguments))


def one_sample_at_a_time(x, h_prev, weight_ih, weight_hh, bias_ih, bias_hh):
    n = []
    for v, h in zip(x, h_prev, strict=True):
        from_x, from_h = weight_ih @ v + bias_ih, weight_hh @ h + bias_hh
        r = sigmoid(from_x + from_h)[: len(h)]
        n.append(list(np.tanh(from_x[-len(h) :] + r * from_h[-len(h) :])))
    return n


def in_place(x, h_prev, weight_ih, weight_hh, bias_ih, bias_hh):
    H = h_prev.shape[-1]
    bias_ih[:H] += bias_hh[:H]
    r = sigmoid(x @ weight_ih[:H].T + h_prev @ weight_hh[:H].T + bias_ih[:H])
    print("r", r)
    h_prev[...] = h_prev @ weight_hh[-H:].T
    h_prev += bias_hh[-H:]
    h_prev *= r
    h_prev += x @ weight_ih[-H:].T + bias_ih[-H:]
    return np.tanh(h_prev, out=h_prev)


RIGHT = [
    with_blocks,
    in_columns,
    with_einsum,
    in_single_precision,
    one_sample_at_a_time,
    in_place,
]


def variant(
    r_block=0, turn=True, biases=(1, 1), form="after", gate=sigmoid, squash=np.tanh
):
    """Return an answer that is put together from parts, right by default."""

    def answer(x, h_prev, weight_ih, weight_hh, bias_ih, bias_hh):
        W_xr, W_hr, b_r, c_r = block(r_block, weight_ih, weight_hh, bias_ih, bias_hh)
        W_xn, W_hn, b_n, c_n = block(2, weight_ih, weight_hh, bias_ih, bias_hh)
        if turn:
            W_hr, W_hn = W_hr.T, W_hn.T
        a_r = np.dot(x, W_xr.T) + np.dot(h_prev, W_hr) + b_r + biases[0] * c_r
        r, c_n = gate(a_r), biases[1] * c_n
        past = {
            "after": r * (c_n + np.dot(h_prev, W_hn)),
            "before": c_n + np.dot(r * h_prev, W_hn),
            "outside": c_n + r * np.dot(h_prev, W_hn),
            "all": r * c_n + r * np.dot(h_prev, W_hn),
            "none": c_n + np.dot(h_prev, W_hn),
        }[form]
        own = np.dot(x, W_xn.T) + b_n
        return squash((r * own if form == "all" else own) + past)

    return answer


RIGHT.append(variant())


def whole_step(x, h_prev, weight_ih, weight_hh, bias_ih, bias_hh):
    n = with_blocks(x, h_prev, weight_ih, weight_hh, bias_ih, bias_hh)
    W_iz, W_hz, b_iz, b_hz = block(1, weight_ih, weight_hh, bias_ih, bias_hh)
    z = sigmoid(x @ W_iz.T + b_iz + h_prev @ W_hz.T + b_hz)
    return n + z * (h_prev - n)


WRONG = {
    "r acts before the product with the state, as in this book": variant(form="before"),
    "the state's bias of n is outside the reset": variant(form="outside"),
    "bias_hh is left out": variant(biases=(0, 0)),
    "bias_hh is left out of r": variant(biases=(0, 1)),
    "bias_hh is left out of n": variant(biases=(1, 0)),
    "r scales the input too": variant(form="all"),
    "r is used without a sigmoid": variant(gate=lambda a: a),
    "the reset gate is left out of n": variant(form="none"),
    "the weights from the state are not transposed": variant(turn=False),
    "r is made from the rows of z": variant(r_block=1),
    "σ in the place of tanh": variant(squash=sigmoid),
    "tanh is missing": variant(squash=lambda a: a),
    "the new state is returned in the place of n": whole_step,
}

STRANGE = [
    variant(biases=(2, 2)),
    variant(gate=np.tanh),
    variant(squash=np.sin),
    lambda x, h, wi, wh, bi, bh: np.tanh(x @ wi + h @ wh),  # stops
    lambda x, h, wi, wh, bi, bh: np.tanh(x @ wi.T + h @ wh.T + bi + bh),  # (N, 3H)
]
