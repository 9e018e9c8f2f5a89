"""Mutants of a function: one change of its syntax tree each."""

import ast
import copy
import inspect
import textwrap

import numpy as np

OPERATORS = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.Div),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
}
COMPARISONS = {
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
FUNCTIONS = {"sigmoid": "tanh", "tanh": "sin", "exp": "expm1", "log": "log2"}


def mutants(function):
    """Yield what was changed and the changed function."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    body = tree.body[0]
    if ast.get_docstring(body):
        body.body.pop(0)
    arguments = [a.arg for a in body.args.args]
    stored = [n.id for n in ast.walk(body) if is_name(n, ast.Store)]
    names = list(dict.fromkeys(arguments + stored))
    keys = {n.value for n in ast.walk(body) if is_key(n)}
    for index, node in enumerate(ast.walk(tree)):
        for what, change in changes(node, names, keys):
            fresh = copy.deepcopy(tree)
            target = list(ast.walk(fresh))[index]
            replacement = change(target)
            if replacement is not target:
                put(fresh, target, replacement)
            ast.fix_missing_locations(fresh)
            space = {"np": np} | vars(inspect.getmodule(function))
            space["__name__"] = "mutant"
            try:
                exec(compile(fresh, "<mutant>", "exec"), space)
            except (SyntaxError, TypeError, ValueError):
                continue
            line = getattr(node, "lineno", 0)
            yield f"line {line}, {what}: {ast.unparse(node)}", space[function.__name__]


def is_name(node, context):
    return isinstance(node, ast.Name) and isinstance(node.ctx, context)


def is_key(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def put(tree, old, new):
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, field, new)
            elif isinstance(value, list) and any(v is old for v in value):
                setattr(parent, field, [new if v is old else v for v in value])


def changes(node, names, keys):
    """Yield (what, function from the node to its replacement)."""
    if isinstance(node, ast.BinOp):
        for other in OPERATORS.get(type(node.op), ()):
            yield "operator", lambda n, o=other: ast.BinOp(n.left, o(), n.right)
        yield "left alone", lambda n: n.left
        yield "right alone", lambda n: n.right
        if isinstance(node.op, ast.MatMult | ast.Sub | ast.Div):
            yield "turned", lambda n: ast.BinOp(n.right, n.op, n.left)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "sign", lambda n: n.operand
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        other = COMPARISONS[type(node.ops[0])]
        yield "comparison", lambda n: ast.Compare(n.left, [other()], n.comparators)
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield "transpose", lambda n: n.value
    elif isinstance(node, ast.Attribute) and node.attr in FUNCTIONS:
        other = FUNCTIONS[node.attr]
        yield "function", lambda n: ast.Attribute(n.value, other, n.ctx)
    elif is_name(node, ast.Load) and node.id in names:
        for other in names:
            if other != node.id:
                yield f"{other} for", lambda n, o=other: ast.Name(o, n.ctx)
        yield "transposed", lambda n: ast.Attribute(n, "T", ast.Load())
    elif isinstance(node, ast.Call):
        yield from changes_of_call(node)
    elif is_key(node) and node.value in keys:
        for other in sorted(keys - {node.value}):
            yield f"{other!r} for", lambda n, o=other: ast.Constant(o)
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        for value in (node.value + 1, 0, -node.value):
            if value != node.value:
                yield f"{value} for", lambda n, v=value: ast.Constant(v)


def changes_of_call(node):
    if node.args and not node.keywords:
        yield "no call", lambda n: n.args[0]
    if isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
        tanh = ast.Attribute(ast.Name("np", ast.Load()), "tanh", ast.Load())
        yield "function", lambda n: ast.Call(tanh, n.args, n.keywords)
    for k in range(len(node.keywords)):
        yield (
            "no keyword",
            lambda n, k=k: ast.Call(
                n.func, n.args, n.keywords[:k] + n.keywords[k + 1 :]
            ),
        )
    if isinstance(node.func, ast.Attribute) and node.func.attr in ("sum", "mean"):
        other = "mean" if node.func.attr == "sum" else "sum"
        yield (
            "method",
            lambda n: ast.Call(
                ast.Attribute(n.func.value, other, ast.Load()), n.args, n.keywords
            ),
        )
