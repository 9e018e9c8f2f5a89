"""What must hold for every chapter: each check takes a notebook, returns complaints."""

import ast
import difflib
import re
from pathlib import Path

LONGEST_CELL, LONGEST_DEFINITION = 15, 30
UNNUMBERED = {
    "Check yourself",
    "What you will be able to do",
    "What to remember",
    "Exercises",
    "Sources",
}
DRAWS = re.compile(r"\bplt\.(show|subplots|figure)\(|\bplots\.(?!use_style)")


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def markdown_cells(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def prose(source):
    """Leave out what Markdown does not interpret: fences, code and mathematics."""
    source = re.sub(r"(?ms)^[ >]*(`{3,}|~{3,}).*?(^[ >]*\1|\Z)", "", source)
    source = re.sub(r"(?s)(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", "``", source)
    source = re.sub(r"(?s)\$\$.+?\$\$", "$", source)
    return re.sub(r"(?s)(?<!\\)\$.+?(?<!\\)\$", "$", source)


# --- the chapter against the package --------------------------------------------------


def _definitions(source):
    """Map each top-level name to its syntax tree, without docstrings."""
    found = {}
    for node in ast.parse(source).body:
        for inner in ast.walk(node):
            if (
                isinstance(inner, ast.FunctionDef | ast.ClassDef)
                and ast.get_docstring(inner) is not None
            ):
                inner.body = inner.body[1:] or [ast.Pass()]
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {ast.unparse(target): node for target in targets}
    return found


def definition_complaints(notebook, root):
    """Compare each definition in a `# gru_lesson/...` cell with the package's."""
    complaints = []
    for cell in code_cells(notebook):
        first, *_ = cell.source.splitlines() or [""]
        match = re.fullmatch(r"# (gru_lesson/\w+\.py)", first.rstrip())
        lines = len(cell.source.splitlines())
        most = LONGEST_DEFINITION if match else LONGEST_CELL
        if lines > most:
            complaints.append(f"{lines} lines, at most {most}: {first}")
        if not match:
            if first.startswith("# gru_lesson"):
                complaints.append(f"names no file of the package: {first}")
            continue
        path = Path(root, match[1])
        if not path.exists():
            complaints.append(f"{match[1]} does not exist")
            continue
        try:
            ours = _definitions(cell.source)
        except SyntaxError as error:
            complaints.append(f"{first}: {error}")
            continue
        if not ours:
            complaints.append(f"{first}: the cell defines nothing")
        theirs = _definitions(path.read_text("utf-8"))
        for name, node in ours.items():
            if name not in theirs:
                complaints.append(f"{match[1]} has no {name}")
            elif ast.dump(node) != ast.dump(theirs[name]):
                complaints.append(_difference(match[1], theirs[name], node))
    return complaints


def _difference(path, package, chapter):
    lines = [ast.unparse(node).splitlines() for node in (package, chapter)]
    return "\n".join(difflib.unified_diff(*lines, path, "the chapter", lineterm=""))


# --- plain Markdown -------------------------------------------------------------------

NOT_PLAIN = [
    (r"\{[\w:+.-]+\}``", "a MyST role"),
    (r"(?m)^[ >]*:::", "a directive of colons"),
    (r"</?[A-Za-z][\w-]*(\s[^<>]*)?/?>|<!--", "HTML"),
    (r"!\[\s*\]", "an image without alternative text"),
    (r"!\[[^\]]*\]\((?!https?://)", "an image that is not on the web"),
    (r"!\[[^\]]*\]\[", "an image by reference"),
]


def plain_complaints(notebook):
    """Find what only the book would render: the notebook is read elsewhere too."""
    complaints = []
    for source in markdown_cells(notebook):
        if re.search(r"(?m)^[ >]*(`{3,}|~{3,})\s*\{", source):
            complaints.append(f"a fence with braces: {source[:60]!r}")
        for pattern, what in NOT_PLAIN:
            if match := re.search(pattern, prose(source)):
                complaints.append(f"{what}: {match[0]!r} in {source[:60]!r}")
    for cell in notebook.cells:
        if cell.get("attachments"):
            complaints.append(f"an attachment: {', '.join(cell.attachments)}")
    return complaints


# --- as it is stored ------------------------------------------------------------------


def storage_complaints(notebook):
    """Find outputs and everything else that running a notebook leaves in it."""
    complaints = []
    if (notebook.nbformat, notebook.nbformat_minor) != (4, 5):
        complaints.append("the format is not 4.5")
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        complaints.append("the kernel is not python3")
    for cell in code_cells(notebook):
        if cell.get("outputs"):
            complaints.append(f"stored with its output: {cell.source[:60]!r}")
        if cell.get("execution_count") is not None:
            complaints.append(f"stored with a count: {cell.source[:60]!r}")
    ids = [cell.get("id") for cell in notebook.cells]
    if None in ids or len(set(ids)) < len(ids):
        complaints.append("cell ids are missing or not unique")
    return complaints


# --- numbers --------------------------------------------------------------------------


def number_of(path):
    """Return what the numbers of a chapter begin with: "7", or "A" for the appendix."""
    return "A" if path.stem.startswith("appendix") else str(int(path.name[:2]))


def numbering_complaints(notebook, chapter):
    """Check the numbers of headings, equations and figures, and their texts."""
    complaints = []

    def in_order(what, found):
        expected = [f"{chapter}.{k}" for k in range(1, len(found) + 1)]
        if found != expected:
            complaints.append(f"{what}: {', '.join(found)} instead of 1, 2, 3, ...")

    cells = markdown_cells(notebook)
    text = "\n\n".join(prose(source) for source in cells)
    titles = re.findall(r"(?m)^# (.*)", text)
    start = notebook.cells[0].source if notebook.cells else ""
    if len(titles) != 1 or not start.startswith(f"# {chapter} · "):
        complaints.append(f"not one title, first of all, that begins '# {chapter} · '")
    sections = re.findall(r"(?m)^## (.*)", text)
    numbered = [title for title in sections if title.strip() not in UNNUMBERED]
    in_order("sections", [title.split(" ")[0] for title in numbered])
    complaints += [
        f"a section without a title: {title}"
        for title in numbered
        if not re.match(r"\S+ \S", title)
    ]
    in_order("equations", re.findall(r"\\tag\{(.*?)\}", "\n".join(cells)))

    figures = []
    for cell in code_cells(notebook):
        mystnb = cell.metadata.get("mystnb", {})
        caption = mystnb.get("figure", {}).get("caption")
        alt = mystnb.get("image", {}).get("alt", "")
        if caption is None and not DRAWS.search(cell.source):
            continue
        match = re.match(r"\*\*Figure (\S+)\.\*\* \S", caption or "")
        figures.append(match[1] if match else "none")
        if not match:
            complaints.append(f"no caption '**Figure 1.1.** ...': {cell.source[:60]!r}")
        if len(alt) < 40:
            complaints.append(f"no alternative text to speak of: {cell.source[:60]!r}")
    in_order("figures", figures)
    return complaints


# --- links ----------------------------------------------------------------------------

LINK = re.compile(r"\]\(<?([^)>\s]+)>?(?:\s[^)]*)?\)|(?m:^\[[^\]]+\]:\s*<?([^>\s]+))")


def link_complaints(notebook, folder):
    """Find relative links that point at nothing."""
    targets = [
        a or b
        for source in markdown_cells(notebook)
        for a, b in LINK.findall(prose(source))
    ]
    files = [re.sub(r"#.*", "", t) for t in targets if not re.match(r"\w+:|#", t)]
    return [f"{t} does not exist" for t in files if not Path(folder, t).exists()]
