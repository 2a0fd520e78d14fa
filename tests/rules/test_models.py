"""Every row about a library's type reaches the code that it speaks of: written out as a race, and as none."""

from __future__ import annotations

import re
from pathlib import Path

import checker
import pytest

ROWS = checker.REPOSITORY / "analysis/models/python_resources.def"
ROW = re.compile(r'^ROW\("(?P<path>[a-z]\w*\.[\w.()*]+)", (?P<uses>[A-Z |]+), ', re.MULTILINE)
RULES = {"REMOTE": "unbounded-concurrency", "SESSION": "shared-session"}
# A pair of objects, and one of which only split messages tell: see shared-session/.
OTHERS = {"asyncio.open_connection()", "asyncio.open_unix_connection()", "asyncio.StreamWriter"}
# Calling such a type gives what makes sessions.
MAKERS = {"sqlalchemy.ext.asyncio.async_sessionmaker()", "sqlalchemy.orm.sessionmaker()"}

MANY = """\
async def all_of(names):
    await asyncio.gather(*[{call}(name) for name in names])
"""
FEW = """\
async def all_of(names):
    few = asyncio.Semaphore(4)

    async def one(name):
        async with few:
            await {call}(name)

    await asyncio.gather(*[one(name) for name in names])
"""
TOGETHER = 'await asyncio.gather(it.{method}("a"), it.{method}("b"))'
IN_TURN = 'await it.{method}("a")\n{indent}await it.{method}("b")'


def rows(use: str) -> list[str]:
    found = ROW.finditer(ROWS.read_text(encoding="utf-8"))
    return [match["path"] for match in found if use in match["uses"].split(" | ") and match["path"] not in OTHERS]


def expression(path: str) -> str:
    """The path as it is written: what is made of a type continues with a call, and any method is called `send`."""
    steps = path.replace("*", "send").split(".")
    made = [f"{step}()" if step[0].isupper() else step for step in steps[:-1]]
    return ".".join([*made, steps[-1]]) + ("()" if path in MAKERS else "")


def session(path: str, body: str) -> str:
    method = "read" if "Reader" in path else "execute"
    if path.endswith("()"):
        head, indent = f"async def both():\n    async with {expression(path)} as it:\n", " " * 8
    else:
        head, indent = f"async def both(it: {path}):\n", " " * 4
    return head + indent + body.format(method=method, indent=indent)


def program(use: str, path: str, *, racy: bool) -> str:
    if use == "SESSION":
        body = session(path, TOGETHER if racy else IN_TURN)
    else:
        body = (MANY if racy else FEW).format(call=expression(path))
    return f"import asyncio\n\nimport {path.split('.')[0]}\n\n\n{body}\n"


CASES = [(use, path) for use in RULES for path in rows(use)]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    folder = tmp_path_factory.mktemp("models")
    for number, (use, path) in enumerate(CASES):
        (folder / f"racy_{number}.py").write_text(program(use, path, racy=True), encoding="utf-8")
        (folder / f"safe_{number}.py").write_text(program(use, path, racy=False), encoding="utf-8")
    checked = checker.check(sorted(folder.iterdir()))
    return {path.name: {finding.rule for finding in findings} for path, findings in checked.items()}


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{use.lower()}-{path}" for use, path in CASES])
def test_row(number: int, found: dict[str, set[str]]) -> None:
    use, path = CASES[number]
    assert found[f"racy_{number}.py"] == {RULES[use]}, program(use, path, racy=True)
    assert found[f"safe_{number}.py"] == set(), program(use, path, racy=False)
