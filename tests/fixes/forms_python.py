"""The same Python program in other forms. A form that a program does not take gives None: there is nothing to ask.

A form starts from `Source`, which knows where tokens and statements are, and replaces stretches of the text.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from itertools import accumulate, pairwise

SIMPLE = (ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return, ast.Raise, ast.Delete, ast.Global,
          ast.Nonlocal, ast.Pass, ast.Break, ast.Continue, ast.Assert)  # fmt: skip
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEFINITIONS = (*FUNCTIONS, ast.ClassDef)
IMPORTS = (ast.Import, ast.ImportFrom)

DECORATOR = """\


def traced(function):
    @functools.wraps(function)
    def call(*args, **kwargs):
        return function(*args, **kwargs)

    return call
"""


class Source:
    """A text with its tree; places are offsets in it, lines count from 1."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tree = ast.parse(text)
        self.lines = text.splitlines(keepends=True)
        self.starts = [0, *accumulate(map(len, self.lines))]
        self.changes: list[tuple[int, int, str]] = []
        self.unit = next((line[: -len(rest)] for line in self.lines if (rest := line.lstrip(" \t")) != line), "    ")
        self.tokens = list(tokenize.generate_tokens(io.StringIO(text, newline="").readline))

    def offset(self, line: int, column: int) -> int:
        """Of a column in characters, as tokens have it."""
        return self.starts[line - 1] + column

    def span(self, node: ast.stmt) -> tuple[int, int]:
        def place(line: int, column: int) -> int:
            return self.offset(line, len(self.lines[line - 1].encode()[:column].decode()))

        assert node.end_lineno is not None and node.end_col_offset is not None
        return place(node.lineno, node.col_offset), place(node.end_lineno, node.end_col_offset)

    def replace(self, start: int, end: int, new: str) -> None:
        self.changes.append((start, end, new))

    def result(self) -> str | None:
        text = self.text
        for start, end, new in sorted(self.changes, key=lambda change: change[:2], reverse=True):
            text = text[:start] + new + text[end:]
        return text if self.changes else None

    def blocks(self) -> Iterator[list[ast.stmt]]:
        for node in ast.walk(self.tree):
            for _, value in ast.iter_fields(node):
                if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                    yield value

    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        return [node for node in ast.walk(self.tree) if isinstance(node, FUNCTIONS)]

    def inner_lines(self) -> set[int]:
        """Lines that begin within a string."""
        literals = [node for node in ast.walk(self.tree) if isinstance(node, (ast.Constant, ast.JoinedStr))]
        return {line for node in literals for line in range(node.lineno + 1, (node.end_lineno or node.lineno) + 1)}

    def head(self) -> int:
        """How many lines the docstring and the imports take, with the comments before them."""
        head = 0
        for node in self.tree.body:
            if isinstance(node, IMPORTS) or (node is self.tree.body[0] and is_docstring(node)):
                head = node.end_lineno or node.lineno
            else:
                break
        return head or sum(1 for _ in leading_comments(self.lines))


def leading_comments(lines: list[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("#"):
            return
        yield line


def is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def names_bound(body: list[ast.stmt]) -> set[str]:
    """What the statements bind in their own scope."""
    found: set[str] = set()
    pending: list[ast.AST] = list(body)
    while pending:
        node = pending.pop()
        if isinstance(node, DEFINITIONS):
            found.add(node.name)
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        if not isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            pending.extend(ast.iter_child_nodes(node))
    return found


def runs_itself(tree: ast.Module) -> bool:
    return any(isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) or isinstance(node, ast.If)
               for node in tree.body)  # fmt: skip


def nested(text: str) -> str | None:
    """The program within a function, its variables captured; one that does not run itself hands out what it defines."""
    source = Source(text)
    head = source.head()
    body = [node for node in source.tree.body if node.lineno > head]
    bound = names_bound(body)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Global) and bound.issuperset(node.names):
            start, _ = source.span(node)
            source.replace(start, start + len("global"), "nonlocal")
    inner = source.inner_lines()
    for number, line in enumerate(source.lines[head:], head + 1):
        if number not in inner and line.strip():
            source.replace(source.starts[number - 1], source.starts[number - 1], source.unit)
    first = next(number for number in range(head, len(source.lines)) if source.lines[number].strip())
    source.changes.append((source.starts[head], source.starts[first], "\n\ndef program():\n"))
    given = ", ".join(node.name for node in body if isinstance(node, DEFINITIONS) and not node.name.startswith("_"))
    returned = "" if runs_itself(source.tree) or not given else f"\n{source.unit}return {given}\n"
    end = "" if text.endswith("\n") else "\n"
    source.replace(len(text), len(text), f"{end}{returned}\n\n{f'{given} = ' if returned else ''}program()\n")
    return source.result()


def decorated(text: str) -> str | None:
    """A decorator that hands everything through above each function."""
    source = Source(text)
    for node in source.functions():
        start, _ = source.span(node)
        line = source.starts[node.lineno - 1]
        if source.text[line:start].strip():
            return None
        source.replace(line, line, f"{source.text[line:start]}@traced\n")
    if not source.changes:
        return None
    at = source.starts[source.head()]
    imported = "" if any(line.startswith("import functools") for line in source.lines) else "import functools\n"
    source.replace(at, at, imported + DECORATOR.replace("    ", source.unit))
    return source.result()


def joined(text: str) -> str | None:
    """Simple statements on neighbouring lines, joined by semicolons."""
    source = Source(text)
    comments = {token.start[0] for token in source.tokens if token.type == tokenize.COMMENT}
    for block in source.blocks():
        for left, right in pairwise(block):
            neighbours = right.lineno == (left.end_lineno or 0) + 1 and left.end_lineno not in comments
            if isinstance(left, SIMPLE) and isinstance(right, SIMPLE) and neighbours and not is_docstring(left):
                source.replace(source.span(left)[1], source.span(right)[0], "; ")
    return source.result()


def one_line(text: str) -> str | None:
    """Blocks of one line of simple statements, on the lines of their headers."""
    source = Source(text)
    code = {token.end[0]: token for token in source.tokens if token.type in (tokenize.OP, tokenize.COMMENT)}
    for block in source.blocks():
        first, last = block[0], block[-1]
        header = code.get(first.lineno - 1)
        simple = all(isinstance(each, SIMPLE) for each in block) and not is_docstring(first)
        if not simple or first.lineno != last.lineno or header is None or header.string != ":":
            continue
        start, _ = source.span(first)
        if not source.text[source.starts[first.lineno - 1] : start].strip():
            source.replace(source.offset(*header.end), start, " ")
    return source.result()


def packed(text: str) -> str | None:
    """Both: blocks of several statements on the lines of their headers."""
    together = joined(text)
    return one_line(together) if together else None


FORMS = {form.__name__: form for form in (nested, decorated, joined, one_line, packed)}
