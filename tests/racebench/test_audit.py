"""The audit lists what every case is about as shared, with all its accesses.

The accesses are found here without Racewise: by Python's own parser, and in JavaScript by the name among what is neither
comment nor string. Each must lie in an access that the audit lists of a location of this name.
"""
from __future__ import annotations

import ast
import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Iterator

import pytest

from checker import run

HERE = Path(__file__).resolve().parent

# What these rules are about is no state that tasks share, but a task, a promise, a thing outside the program or a comment.
# A lock is listed as a lock, where there is one for all.
OTHER_RULES = set("""floating-promise misused-promise dangling-task unawaited-coroutine unbounded-concurrency toctou
    shared-session unused-suppression unjustified-suppression""".split())
# React keeps the state: the file has its setter alone.
WITHOUT_VARIABLE = {"42-team-dashboard"}
LOCK_RULES = {"ineffective-lock", "misused-lock", "deadlock", "blocking-lock-across-await"}


def cases() -> Iterator[Any]:
    for file in sorted(HERE.glob("*/*/case.json")):
        case = json.loads(file.read_text())
        for item in case["expected"]:
            told = item["variable"] and file.parent.name not in WITHOUT_VARIABLE
            if told and item["acceptable_rules"][0] not in OTHER_RULES:
                yield pytest.param(file.parent, item, id=f"{file.parent.parent.name}/{file.parent.name}/{item['variable']}")


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


# --- The accesses as the text has them -------------------------------------------------------------------------------


def python_lines(path: Path, name: str, is_field: bool) -> set[int]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if is_field and isinstance(node, ast.Attribute) and node.attr == name:
            found.add(node.end_lineno)
        elif not is_field and isinstance(node, ast.Name) and node.id == name:
            found.add(node.lineno)
    return found


BLANKS = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)


def javascript_lines(path: Path, name: str, is_field: bool) -> set[int]:
    text = BLANKS.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), path.read_text())
    before = r"(?:\bthis|\w)\??\." if is_field else r"(?<![\w.$#])"
    pattern = re.compile(before + re.escape(name) + r"\b(?!\s*:)(?!\s*\([^()]*\)\s*\{)")
    return {text.count("\n", 0, match.end() - 1) + 1 for match in pattern.finditer(text)}


def text_lines(path: Path, variable: str) -> set[int]:
    lines = python_lines if path.suffix == ".py" else javascript_lines
    return lines(path, last_name(variable), "." in variable)


# --- The accesses as the audit has them ------------------------------------------------------------------------------


def listed(file: Any, variable: str) -> list[Any]:
    return [location for location in file["shared"] + file["locks"] if last_name(location["name"]) == last_name(variable)]


def aliases(file: Any, item: dict[str, Any]) -> list[Any]:
    """What a local variable of the case stands for, by the finding that the case wants."""
    named = [finding["variable"] for finding in file["findings"] if finding["rule"] in item["acceptable_rules"]]
    return [location for name in named for location in listed(file, name)]


def listed_lines(locations: list[Any]) -> set[int]:
    lines: set[int] = set()
    for location in locations:
        for access in location["setup"] + location["accesses"]:
            lines.update(range(access["range"]["start"]["line"], access["range"]["end"]["line"] + 1))
    return lines


@pytest.mark.parametrize("folder, item", cases())
def test_the_variable_is_listed_with_all_its_accesses(folder: Path, item: dict[str, Any]) -> None:
    path = folder / item["file"]
    file = audits()[path]
    locations = listed(file, item["variable"]) or aliases(file, item)
    if not locations and item["acceptable_rules"][0] in LOCK_RULES:
        assert any(finding["rule"] in item["acceptable_rules"] for finding in file["findings"])
        return  # each call has a lock of its own, which is what the finding is about
    assert locations, f"{item['variable']} is not listed"
    missing = text_lines(path, item["variable"]) - listed_lines(locations)
    assert not missing, f"{item['variable']}: the accesses on lines {sorted(missing)} are not listed"


def test_every_file_is_audited() -> None:
    programs = {path for path in HERE.glob("*/*/*") if path.suffix != ".json" and path.stem in ("racy", "fixed", "benign")}
    assert programs <= set(audits())
