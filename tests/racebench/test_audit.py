"""The audit lists what every case is about, with all its accesses: in the racy program, the fixed and the benign one.

What there is to list is found here without Racewise: by Python's own parser, and in JavaScript by the name among what is
neither comment nor string. A variable has to be listed as shared, or as a lock; a path, an entry, a record or a session as
lying outside. A program may do without the variable, or leave it to a constructor, which no two tasks share; a local name
has to be listed as what it stands for.
"""
from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Callable, Iterator

import pytest

from checker import run

HERE = Path(__file__).resolve().parent
PROGRAMS = ("racy", "fixed", "benign")

# What these are about is a function that is called, or what tasks are started for.
TASK_RULES = set("floating-promise misused-promise dangling-task unawaited-coroutine unbounded-concurrency".split())
OUTSIDE_RULES = {"toctou", "shared-session"}


def items() -> Iterator[tuple[Path, dict[str, Any]]]:
    for file in sorted(HERE.glob("*/*/case.json")):
        seen = set()
        for item in json.loads(file.read_text())["expected"]:
            if item["variable"] and item["variable"] not in seen:
                seen.add(item["variable"])
                yield file.parent, item


def programs(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if path.stem in PROGRAMS]


def cases(wanted: Callable[[str], bool]) -> list[Any]:
    return [pytest.param(path, item, id=f"{folder.parent.name}/{folder.name}/{path.stem}/{item['variable']}")
            for folder, item in items() if wanted(item["acceptable_rules"][0]) for path in programs(folder)]


@cache
def audits() -> dict[Path, Any]:
    done = run("audit", "--output-format=json", "--preview", "--isolated", HERE)
    assert (done.returncode, done.stderr) == (0, "")
    return {Path(file["path"]).resolve(): file for file in json.loads(done.stdout)["files"]}


def last_name(variable: str) -> str:
    """`self._books["budget"]` is `_books`, `rooms[…].players` is `players`."""
    while variable.endswith("]"):
        variable = variable[:variable.rindex("[")]
    return variable.split(".")[-1]


# --- The text of a program -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Code:
    """A function: its lines, and whether it only makes an object."""
    first: int
    last: int
    constructs: bool


class PythonText:
    def __init__(self, path: Path) -> None:
        self.tree = ast.parse(path.read_text())
        self.functions = [Code(node.lineno, node.end_lineno or 0, node.name == "__init__")
                          for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    def lines(self, name: str, holder: str) -> set[int]:
        """Where the variable stands, or the field of any object that the function has not made itself."""
        own, found = self.own_fields(), set()
        for node in ast.walk(self.tree):
            if holder and isinstance(node, ast.Attribute) and node.attr == name and node not in own:
                found.add(node.end_lineno)
            elif not holder and isinstance(node, ast.Name) and node.id == name:
                found.add(node.lineno)
        return found

    def own_fields(self) -> set[ast.AST]:
        found: set[ast.AST] = set()
        for function in ast.walk(self.tree):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            nodes = list(ast.walk(function))
            made = {target.id for node in nodes if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
                    and isinstance(node.value.func, ast.Name) and node.value.func.id[0].isupper()
                    for target in node.targets if isinstance(target, ast.Name)}
            found |= {node for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
                      and node.value.id in made}
        return found

    def is_function(self, name: str) -> bool:
        return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name
                   for node in ast.walk(self.tree))

    def is_local(self, name: str) -> bool:
        """Some function gives the name a value of its own."""
        return any(isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
                   for function in ast.walk(self.tree) if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
                   and not any(isinstance(n, ast.Global | ast.Nonlocal) and name in n.names for n in ast.walk(function))
                   for node in ast.walk(function))


BLANKS = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)
BODY = re.compile(r"(?:(?P<name>[\w$#]+)\s*\([^()]*(?:\([^()]*\)[^()]*)*\)\s*(?::[^={}();]*)?|=>\s*)\{")
NO_FUNCTIONS = {"if", "for", "while", "switch", "catch", "with"}


class JavaScriptText:
    def __init__(self, path: Path) -> None:
        self.text = BLANKS.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), path.read_text())
        self.functions = [Code(self.line(match.start()), self.line(self.closing(match.end())), match["name"] == "constructor")
                          for match in BODY.finditer(self.text) if match["name"] not in NO_FUNCTIONS]

    def line(self, offset: int) -> int:
        return self.text.count("\n", 0, offset) + 1

    def closing(self, offset: int) -> int:
        depth = 1
        while depth and offset < len(self.text):
            depth += {"{": 1, "}": -1}.get(self.text[offset], 0)
            offset += 1
        return offset

    def lines(self, name: str, holder: str) -> set[int]:
        # Which reference `value` is the content of, only its name tells.
        before = rf"\b{re.escape(holder)}\." if name == "value" else r"(?:\bthis|\w)\??\." if holder else r"(?<![\w.$#])"
        pattern = re.compile(before + re.escape(name) + r"\b(?!\s*:)(?!\s*\([^()]*\)\s*\{)")
        own = self.own_fields(name)
        return {self.line(match.end() - 1) for match in pattern.finditer(self.text) if match.end() not in own}

    def own_fields(self, name: str) -> set[int]:
        """Where fields of objects end that the same function has made."""
        found = set()
        for made in re.finditer(r"\bconst\s+(\w+)\s*(?::[^=]*)?=\s*(?:new\b|\{)", self.text):
            around = [code for code in self.functions if code.first <= self.line(made.start()) <= code.last]
            innermost = max(around, key=lambda code: code.first, default=Code(0, 0, False))
            found |= {use.end() for use in re.finditer(rf"\b{made[1]}\.{re.escape(name)}\b", self.text)
                      if innermost.first <= self.line(use.start()) <= innermost.last}
        return found

    def inside(self, offset: int) -> bool:
        return any(code.first <= self.line(offset) <= code.last for code in self.functions)

    def is_function(self, name: str) -> bool:
        return re.search(rf"\bfunction\s+{re.escape(name)}\b|^\s*(?:async\s+)?{re.escape(name)}\s*\([^()]*\)\s*\{{",
                         self.text, re.MULTILINE) is not None

    def is_local(self, name: str) -> bool:
        return any(self.inside(match.start())
                   for match in re.finditer(rf"\b(?:const|let|var)\s+{re.escape(name)}\b", self.text))


@cache
def text_of(path: Path) -> PythonText | JavaScriptText:
    return PythonText(path) if path.suffix == ".py" else JavaScriptText(path)


def users(text: PythonText | JavaScriptText, lines: set[int]) -> set[Code | None]:
    """The functions in which the lines stand; constructors and the top level count as None."""
    found: set[Code | None] = set()
    for line in lines:
        around = [code for code in text.functions if code.first <= line <= code.last]
        innermost = max(around, key=lambda code: code.first, default=None)
        found.add(None if innermost is None or innermost.constructs else innermost)
    return found


# --- The accesses as the audit has them ------------------------------------------------------------------------------


def names(location: Any) -> set[str]:
    return {last_name(location["name"]), location.get("setter", "")}


def listed(file: Any, variable: str) -> list[Any]:
    return [location for location in file["shared"] + file["locks"] if last_name(variable) in names(location)]


def found_for(file: Any, item: dict[str, Any]) -> list[Any]:
    return [finding for finding in file["findings"] if finding["rule"] in item["acceptable_rules"]]


def aliases(file: Any, item: dict[str, Any]) -> list[Any]:
    """What a local variable of the case stands for, by the finding that the case wants."""
    return [location for finding in found_for(file, item) for location in listed(file, finding["variable"])]


def listed_lines(locations: list[Any]) -> set[int]:
    lines: set[int] = set()
    for location in locations:
        for access in location.get("setup", []) + location["accesses"]:
            lines.update(range(access["range"]["start"]["line"], access["range"]["end"]["line"] + 1))
    return lines


def first_lines(locations: list[Any]) -> set[int]:
    """Without where a lock is made that has no name there."""
    return {access["range"]["start"]["line"] for location in locations
            for access in location["accesses"] + ([] if location.get("own") else location["setup"])}


# --- Variables -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path, item", cases(lambda rule: rule not in TASK_RULES | OUTSIDE_RULES))
def test_a_variable_is_listed_with_all_its_accesses(path: Path, item: dict[str, Any]) -> None:
    file, text, variable = audits()[path], text_of(path), item["variable"]
    name, holder = last_name(variable), variable.split("[")[0].rpartition(".")[0]
    lines = text.lines(name, holder)
    locations = listed(file, variable) or (aliases(file, item) if path.stem == "racy" else [])
    stands_for = not holder and text.is_local(name) and len(users(text, lines)) == 1 and not lines <= listed_lines(locations)
    if stands_for or text.is_function(name):
        everything = listed_lines(file["shared"] + file["locks"])
        assert (min(lines) if stands_for else max(lines)) in everything, f"what {name} stands for is not listed"
    elif locations:
        missing = lines - listed_lines(locations)
        assert not missing, f"{variable}: the accesses on lines {sorted(missing)} are not listed"
    else:
        assert users(text, lines) <= {None}, f"{variable} is not listed"


GIVEN = re.compile(r"(?<![=!<>])=(?![=>])|\bin\b|\bof\b|\breturn\b")
KEYWORDS = set("const let for await async self this def function return if not".split())


def has_word(text: str, words: set[str]) -> bool:
    return any(re.search(rf"(?<![\w$]){re.escape(word)}(?![\w$])", text) for word in words)


@pytest.mark.parametrize("path, item", cases(lambda rule: rule not in TASK_RULES | OUTSIDE_RULES))
def test_nothing_else_is_listed_as_an_access(path: Path, item: dict[str, Any]) -> None:
    """Each access stands where the text has the name, or a name that stands for it."""
    file, source = audits()[path], path.read_text().splitlines()
    locations = listed(file, item["variable"])
    words = {word for location in locations for word in names(location) if word}
    for _ in range(3):  # names that are given it, names that are given those …
        for line in source:
            parts = GIVEN.split(line, 1)
            if len(parts) == 2 and has_word(parts[1], words):
                words |= set(re.findall(r"[\w$#]+", parts[0])) - KEYWORDS
    for line in first_lines(locations):
        assert has_word(source[line - 1], words), (line, words)


# --- What is no variable ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path, item", cases(lambda rule: rule in OUTSIDE_RULES))
def test_what_lies_outside_is_listed(path: Path, item: dict[str, Any]) -> None:
    file, text, name = audits()[path], text_of(path), last_name(item["variable"])
    things = [thing for thing in file["outside"] if has_word(f"{thing['name']} {thing['of']}", {name})]
    lines = text.lines(name, item["variable"].rpartition(".")[0])
    if path.stem == "racy":
        first, last = item["lines"]
        assert {line for line in lines if first <= line <= last} - listed_lines(things) == set()
    kind = "session" if item["acceptable_rules"][0] == "shared-session" else "path entry record"
    assert all(thing["kind"] in kind for thing in things)


@pytest.mark.parametrize("path, item", cases(lambda rule: rule in TASK_RULES))
def test_what_is_no_state_is_told_with_its_finding(path: Path, item: dict[str, Any]) -> None:
    file, text, name = audits()[path], text_of(path), last_name(item["variable"])
    findings = [finding for finding in found_for(file, item)
                if finding["range"]["start"]["line"] <= item["lines"][1] and item["lines"][0] <= finding["range"]["end"]["line"]]
    assert bool(findings) == (path.stem == "racy")
    assert listed(file, item["variable"]) == [], "it is listed as shared"
    assert not isinstance(text, PythonText) or not text.is_local(name)


def test_every_file_is_audited() -> None:
    wanted = {path for path in HERE.glob("*/*/*") if path.suffix != ".json" and path.stem in PROGRAMS}
    assert wanted <= set(audits())
