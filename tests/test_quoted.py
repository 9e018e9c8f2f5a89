"""Each number that the claims page and chapter 10 tell has a source: quoted.toml."""

import re
import tomllib
from pathlib import Path

import nbformat
import pytest
import quoted
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
BOOK = tomllib.loads((ROOT / "tests/quoted.toml").read_text("utf-8"))
PAGES = {"claims": ROOT / "claims.md", "10": ROOT / "chapters/10_gru_vs_lstm.ipynb"}
NUMBER = re.compile(
    r"(?:\d+(?:\.\d+)?\s*\\cdot\s*)?10\^\{-?\d+\}"  # 2 \cdot 10^{-20}
    r"|(?<![A-Za-z\d.])\d+(?:,\d{3})*(?:\.\d+)?(?:e[+-]\d+)?"
)
# What holds digits and tells no number: see the head of quoted.toml.
SKIPPED = re.compile(
    r"\A---\n.*?\n---\n|^```.*?^```|`[^`]*`|<!--.*?-->|\$\$.*?\$\$"
    r"|!?\[[^][]*\]\([^)\s]*\)|^\([\w-]+\)=|^#+ [\dA.]+ |^ *\d+\. "
    r"|\b(?:19|20)\d\d\b|\bS\d+\b(?: to S\d+)?"
    r"|\b(?:sections?|chapters?|figures?|equations?|exercises?)\s+[\dA][\d.]*"
    r"(?:(?:,| and| to)\s+\d+\.\d+)*",
    re.S | re.M | re.I,
)


def source_text(path):
    if path.suffix == ".md":
        return path.read_text("utf-8")
    cells = nbformat.read(path, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def flat(text):
    return " ".join(text.split())


def formula(match):
    """Leave of a formula what it tells: numbers from 10 on, fractions, powers of 10."""
    inside = re.sub(r"(?<!10)[_^](\{[^}]*\}|\w)", " ", match[1])
    return " ".join(n for n in NUMBER.findall(inside) if not re.fullmatch(r"\d", n))


def told(text):
    """Return a match for each number that a text tells."""
    text = re.sub(r"\$(.+?)\$", formula, SKIPPED.sub(" ", text), flags=re.S)
    return [match for match in NUMBER.finditer(text) if match[0] not in ("0", "1")]


def value(number):
    number = re.sub(r"\s*\\cdot\s*10\^|^10\^", "e", number)
    number = re.sub(r"[{},]", "", number)
    return float("1" + number if number.startswith("e") else number)


def agrees(number, numbers):
    """Say whether one of some numbers, rounded as this one is, is the same."""
    mantissa = re.split(r"\s*\\cdot|10\^|e", number)[0]
    digits = len(re.sub(r"\D", "", mantissa).lstrip("0")) or 1
    return value(number) in {float(f"{value(n):.{digits - 1}e}") for n in numbers}


def rendered(entry):
    """Fill the template of an entry with what its expressions give."""
    known = ("page", "text")
    names = {k: eval(v, vars(quoted)) for k, v in entry.items() if k not in known}
    return flat(entry["text"].format(**names))


def complaints(page, text, book=BOOK):
    """Say which entries do not stand in a page, and which of its numbers have none."""
    pieces = [rendered(e) for e in book["quoted"] if e["page"] == page]
    pieces += [e["text"] for e in book["given"] if e["page"] == page]
    wrong, rest = [], text
    for piece in sorted(pieces, key=len, reverse=True):
        words = r"\s+".join(map(re.escape, piece.split()))
        pattern = rf"(?<![\d.]){words}(?!\d|[.,]\d)"
        if not re.search(pattern, text):
            wrong.append(f"does not stand there: {piece}")
        rest = re.sub(pattern, " ", rest)
    for number in told(rest):
        near = number.string[max(0, number.start() - 40) : number.end() + 20]
        wrong.append(f"{number[0]} has no entry: {flat(near)}")
    return wrong


@pytest.mark.parametrize("page", PAGES)
def test_each_number_has_a_source_and_agrees_with_it(page):
    text = source_text(PAGES[page])
    assert "TODO" not in text
    found = complaints(page, text)
    assert not found, "\n".join(found)


def test_the_table_of_claims_has_the_verdict_of_each_entry():
    text = PAGES["claims"].read_text("utf-8")
    entries = re.findall(r'(?m)^\((claim-[\w-]+)\)=\n### ".+"\n\n\*\*(.+?)\*\*', text)
    table = re.findall(r"(?m)^\| \[.+\]\(#(claim-[\w-]+)\) \| (.+) \|$", text)
    assert table == [(name, verdict.strip(".").lower()) for name, verdict in entries]
    assert len(table) == text.count("\n### ") >= 14
    known = re.findall(r"(?m)^- \*\*(.+?)\*\*:", text)
    assert {verdict for _, verdict in table} <= {verdict.lower() for verdict in known}


# --- what chapters say and print ------------------------------------------------------


def sections(notebook, *kinds):
    """Return the text of each numbered section: of "markdown", "code", "output"."""
    texts, number = {}, ""
    for cell in notebook.cells:
        if heading := re.match(r"## ([\dA]+\.\d+) ", cell.source):
            number = heading[1]
        caption = cell.metadata.get("mystnb", {}).get("figure", {}).get("caption", "")
        outputs = " ".join(o.get("text", "") for o in cell.get("outputs", ()))
        parts = {"markdown": caption, "output": outputs} | {cell.cell_type: cell.source}
        found = " ".join(parts.get(kind, "") for kind in kinds)
        texts[number] = f"{texts.get(number, '')} {flat(found)}"
    return texts


def chapter(number):
    (path,) = ROOT.glob(f"chapters/{number.split('.')[0]:>02}_*.ipynb")
    return nbformat.read(path, as_version=4)


def section_of(entry):
    """Return the number of the section that an entry has for its source, if any."""
    found = re.match(r"section ([\d.]+\d)$", entry["source"])
    return found and found[1]


@pytest.mark.parametrize("entry", BOOK["given"], ids=lambda e: e["text"][:40])
def test_a_given_number_stands_in_the_section_that_is_named(entry):
    assert re.search("[a-z]{2}", entry["text"])  # else it would cover too much
    assert entry["source"].strip()
    if number := section_of(entry):
        own = number.split(".")[0] == entry["page"]  # a page is no source of itself
        kinds = ("code",) if own else ("code", "markdown")
        written = sections(chapter(number), *kinds)[number] + entry.get("printed", "")
        there = NUMBER.findall(re.sub(r"(?<=\d)_(?=\d)", "", written))
        assert [n[0] for n in told(entry["text"]) if not agrees(n[0], there)] == []


PRINTED = [e for e in BOOK["given"] if "printed" in e]


@pytest.mark.slow
@pytest.mark.parametrize(
    "number", sorted({section_of(e).split(".")[0] for e in PRINTED})
)
def test_a_chapter_prints_what_is_quoted_from_its_cells(number, tmp_path):
    notebook = chapter(number)
    where = {"metadata": {"path": tmp_path}}
    NotebookClient(notebook, timeout=60, resources=where).execute()
    printed = sections(notebook, "output")
    for entry in PRINTED:
        if section_of(entry).split(".")[0] == number:
            assert flat(entry["printed"]) in printed[section_of(entry)]


# --- the test can fail ----------------------------------------------------------------


def test_a_changed_digit_an_unsourced_number_and_a_stale_entry_are_found():
    share = {"page": "x", "text": "in {n} of 3 runs", "n": "1 + 1"}
    given = {"page": "x", "text": "a bias of 5", "source": "a paper"}
    book = {"quoted": [share], "given": [given]}
    good = "It held in 2 of\n3 runs with a bias of 5, $h_{100} = 1 - z$ (section 8.3)."
    assert complaints("x", good, book) == []
    (stale, *left) = complaints("x", good.replace("2 of", "1 of"), book)
    assert "in 2 of 3 runs" in stale and left[0].startswith("3 has no entry: It held")
    wrong = complaints("x", good + r" In 1997 $4 \cdot 10^{-7}$, or 0.5.", book)
    assert [w.split(" has")[0] for w in wrong] == [r"4 \cdot 10^{-7}", "0.5"]
    (gone,) = complaints("x", good.replace("with a bias of 5", ""), book)
    assert gone == "does not stand there: a bias of 5"


def test_numbers_are_read_as_they_are_written():
    pairs = {r"2 \cdot 10^{-20}": 2e-20, "10^{9}": 1e9, "4,704": 4704, "8e-21": 8e-21}
    assert [value(n) for n in pairs] == list(pairs.values())
    assert (
        quoted.power(2.1e-20) == r"2 \cdot 10^{-20}" and quoted.power(1e9) == "10^{9}"
    )
    assert agrees(r"4 \cdot 10^{-7}", ["4.1e-07"]) and agrees("0.33", ["0.329"])
    assert not agrees("0.34", ["0.329"]) and not agrees("10^{-7}", ["4.1e-07"])
    reached, quick = (quoted.Updates(n, cap=2000) for n in (2000, 350))
    assert f"{quick:.0f}, {reached:,.0f}" == "350, more than 2,000"
