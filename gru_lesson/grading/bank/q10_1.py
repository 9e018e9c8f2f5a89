"""10.1: count parameters, states, operations and kept numbers of variants, on paper."""

from gru_lesson.grading.question import Mistake, Question


def reference():
    """Return the counts for D = 8, H = 20, T = 50, N = 4."""
    D, H, T, N = 8, 20, 50, 4
    line = D * H + H * H + H
    products = 2 * (D * H + H * H)
    return {
        "LSTM": 4 * line,
        "reset after": 3 * (line + H),
        "coupled": 3 * line,
        "no reset": 2 * line,
        "coupled state": 2 * H,
        "operations": 2 * products,
        "kept": 5 * T * N * H,
        "waits": [2, 1, 1, 1],
    }


QUESTION = Question(
    title="Five cells on paper",
    points=2,
    where="sections 10.2, 10.3 and 10.5",
    reference=reference,
    returns=("prediction",),
    hints=(
        "Write down the lines of each cell first, those with weights. What is computed "
        "as one minus a gate has no line.",
        "Without weights of its own a gate still leaves the states as they were. For "
        "the way back, name the arrays that cannot be made from the others.",
        "Section 10.2 for what is tied and dropped; section 10.3, equation 10.5, for "
        "operations and what waits; section 10.5, equation 10.6, for what is kept.",
    ),
    mistakes=(
        Mistake(
            "the lines of the LSTM's gates, without its candidate",
            '"LSTM": 4', '"LSTM": 3',
            "count the candidate's line beside those of the three gates.",
            "section 10.3",
        ),
        Mistake(
            "reset after, with one bias in each line",
            "3 * (line + H)", "3 * line",
            "count two biases in each of the three lines.",
            "section 6.5, equation 6.5",
        ),
        Mistake(
            "reset after, with a second bias in the candidate alone",
            "3 * (line + H)", "3 * line + H",
            "count the second bias in the lines of the gates too.",
            "section 6.5, equation 6.5",
        ),
        Mistake(
            "the coupled input gate is counted with weights of its own",
            '"coupled": 3', '"coupled": 4',
            "leave out the line of the input gate: it is one minus the forget gate.",
            "section 10.2, equation 10.1",
        ),
        Mistake(
            "in the coupled LSTM the output gate is left out too",
            '"coupled": 3', '"coupled": 2',
            "count three lines: forget gate, output gate, candidate.",
            "section 10.2",
        ),
        Mistake(
            "the reset gate's weights are still counted where there is none",
            '"no reset": 2', '"no reset": 3',
            "count two lines: update gate and candidate.",
            "section 10.2",
        ),
        Mistake(
            "without the reset gate, the candidate is left without recurrent weights",
            '"no reset": 2 * line', '"no reset": 2 * line - H * H',
            "keep the candidate's recurrent weights: it sees the whole old state now.",
            "section 10.2",
        ),
        Mistake(
            "coupling the gates is taken to remove the cell state",
            "2 * H,\n", "H,\n",
            "count both arrays: the coupled LSTM still has an output gate between c "
            "and h.",
            "section 10.2",
        ),
        Mistake(
            "the states of all sequences of the batch",
            "2 * H,\n", "2 * N * H,\n",
            "count the numbers of one sequence.",
            "section 10.5",
        ),
        Mistake(
            "the operations of three lines, where there are two",
            "2 * products", "3 * products",
            "take the products of two lines: update gate and candidate.",
            "section 10.3, equation 10.5",
        ),
        Mistake(
            "multiplications without additions",
            "2 * products", "products",
            "count an addition for each multiplication.",
            "section 10.3, equation 10.5",
        ),
        Mistake(
            "one operation for each parameter",
            "2 * products", "2 * line",
            "count two operations for each weight, and leave out the biases.",
            "section 10.3, equation 10.5",
        ),
        Mistake(
            "biases among the operations of the products",
            "2 * products", "2 * 2 * line",
            "leave out the biases: the count is that of the products alone.",
            "section 10.3, equation 10.5",
        ),
        Mistake(
            "the operations of the whole batch",
            "2 * products", "2 * N * products",
            "count the operations of one sequence.",
            "section 10.3, equation 10.5",
        ),
        Mistake(
            "the coupled input gate is kept for the way back",
            "5 * T", "6 * T",
            "leave out the input gate: one minus the forget gate needs no array.",
            "section 10.5, equation 10.6",
        ),
        Mistake(
            "one array too few is kept of the coupled LSTM",
            "5 * T", "4 * T",
            "count the forget and the output gate, the candidate, the cell state and "
            "the hidden state.",
            "section 10.5, equation 10.6",
        ),
        Mistake(
            "what is kept of one sequence",
            "5 * T * N", "5 * T",
            "count what is kept of every sequence of the batch.",
            "section 10.5, equation 10.6",
        ),
        Mistake(
            "what is kept of one step",
            "5 * T * N", "5 * N",
            "count what is kept of every step.",
            "section 10.5, equation 10.6",
        ),
        Mistake(
            "the products of all lines are counted, not those that wait",
            "[2, 1, 1, 1]", "[3, 3, 4, 2]",
            "ask of each product whether it can begin as soon as the old state is "
            "there.",
            "section 10.3",
        ),
        Mistake(
            "the products that wait are counted, not the chain that they stand in",
            "[2, 1, 1, 1]", "[1, 0, 0, 0]",
            "count the product that is waited for too: 1 where none waits.",
            "section 10.3",
        ),
        Mistake(
            "no product is taken to wait for the reset gate",
            "[2, 1, 1, 1]", "[1, 1, 1, 1]",
            "look at the book's candidate: it multiplies by r before the product.",
            "section 10.3",
        ),
        Mistake(
            "reset after is taken to wait as reset before does",
            "[2, 1, 1, 1]", "[2, 2, 1, 1]",
            "look at what stands in the product: with reset after, r is not in it.",
            "section 10.3",
        ),
        Mistake(
            "a product of the LSTM is taken to wait for the cell state",
            "[2, 1, 1, 1]", "[2, 1, 2, 1]",
            "look at what comes after c in an LSTM: element by element, no product.",
            "section 10.3",
        ),
        Mistake(
            "the candidate is taken to wait where there is no reset gate",
            "[2, 1, 1, 1]", "[2, 1, 1, 2]",
            "look at the candidate without r: it needs the old state alone.",
            "section 10.3",
        ),
    ),
)  # fmt: skip
