"""6.1: count parameters and operations, and name a shape, on paper."""

from gru_lesson.grading.question import Mistake, Question


def reference():
    """Return counts and a shape for D = 6, H = 10, T = 12, N = 5."""
    D, H, T, N = 6, 10, 12, 5
    line = D * H + H * H + H
    return {
        "gru": 3 * line,
        "torch_both": 2 * 3 * (D * H + H * H + 2 * H),
        "lstm": 4 * line,
        "operations": N * 6 * (D * H + H * H),
        "hs": [T, N, H],
        "pass_on": 2 * N * H,
    }


QUESTION = Question(
    title="Six predictions",
    points=2,
    where="sections 6.3, 6.5 and 6.7",
    reference=reference,
    returns=("prediction",),
    hints=(
        "Count one line of the cell first: the weights from the input, the weights "
        "from the state, the bias. Then count the lines.",
        "PyTorch has a second bias in each line. Operations count for each sequence. "
        "hs holds one state for each step and sequence, and an LSTM has two states.",
        "Section 6.5, equations 6.4 to 6.6, for the counts; section 6.3 for the "
        "order of the axes; section 6.7 for what is passed on.",
    ),
    mistakes=(
        Mistake(
            "one bias in each line of PyTorch's cell",
            "+ 2 * H)", "+ H)",
            "count two biases in each line: one beside x, one beside the state.",
            "section 6.5, equation 6.5",
        ),
        Mistake(
            "two biases in each line of gru",
            "3 * line,", "3 * (line + H),",
            "count one bias in each line of gru; the second is PyTorch's.",
            "section 6.5, equation 6.4",
        ),
        Mistake(
            "no bias in the lines of gru",
            "3 * line,", "3 * (line - H),",
            "count the bias of each line of gru too.",
            "section 6.5, equation 6.4",
        ),
        Mistake(
            "two biases in each line of lstm",
            "4 * line,", "4 * (line + H),",
            "count one bias in each line of lstm.",
            "section 6.5, equation 6.4",
        ),
        Mistake(
            "no bias in the lines of lstm",
            "4 * line,", "4 * (line - H),",
            "count the bias of each line of lstm too.",
            "section 6.5, equation 6.4",
        ),
        Mistake(
            "one direction of two",
            "2 * 3 *", "3 *",
            "count a cell for each direction.",
            "section 6.1",
        ),
        Mistake(
            "the operations of one sequence",
            "N * 6", "6",
            "count the operations for each sequence of the batch.",
            "section 6.5, equation 6.6",
        ),
        Mistake(
            "the operations of all steps",
            '"operations": ', '"operations": T * ',
            "count the operations of one step.",
            "section 6.5, equation 6.6",
        ),
        Mistake(
            "multiplications without additions",
            "6 * (", "3 * (",
            "count an addition for each multiplication.",
            "section 6.5, equation 6.6",
        ),
        Mistake(
            "the batch comes before time",
            "[T, N, H]", "[N, T, H]",
            "put the axis of time first.",
            "section 6.3",
        ),
        Mistake(
            "the LSTM passes on h alone",
            "2 * N * H,", "N * H,",
            "count both arrays that an LSTM needs to go on.",
            "section 6.7",
        ),
        Mistake(
            "what the LSTM passes on for one sequence of the batch",
            "N * H,", "H,",
            "count what is passed on for every sequence of the batch.",
            "section 6.7",
        ),
    ),
)  # fmt: skip
