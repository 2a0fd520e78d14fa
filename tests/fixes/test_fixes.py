"""Fixes applied to fixture files: the text they make, what the checker says of it, what it prints (see README.md)."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import checker
import pytest

HERE = Path(__file__).parent
BEFORE = sorted(HERE.rglob("*.before.*"))
NODE = {".js", ".mjs", ".cjs"}
REFUSED = sorted(HERE.rglob("*.refused.*"))
HEADER = re.compile(r"^(?:#|//) (fix|prints|refuses|safe) (.+)$", re.MULTILINE)


def after_of(before: Path) -> Path:
    return before.with_name(before.name.replace(".before.", ".after."))


def header_of(path: Path) -> dict[str, str]:
    return {match[1]: match[2].strip() for match in HEADER.finditer(path.read_text(encoding="utf-8"))}


@cache
def all_findings() -> dict[Path, list[checker.Finding]]:
    return checker.check([*BEFORE, *REFUSED, *filter(Path.exists, map(after_of, BEFORE))], "--preview")


def offset_of(text: str, position: dict[str, int]) -> int:
    lines = re.findall(r"[^\r\n]*(?:\r\n|\n|\r|$)", text)
    return sum(map(len, lines[: position["line"] - 1])) + position["column"] - 1


def apply(text: str, edits: list[dict[str, Any]]) -> str:
    spans = [(offset_of(text, e["range"]["start"]), offset_of(text, e["range"]["end"]), e["text"]) for e in edits]
    assert all(left[1] <= right[0] for left, right in zip(spans, spans[1:])), f"edits out of order: {spans}"
    for start, end, new in reversed(spans):
        text = text[:start] + new + text[end:]
    return text


def choose(path: Path, wanted: str) -> tuple[checker.Finding, dict[str, Any]]:
    fix_id, _, variable = wanted.partition(": ")
    offered = [(f, fix) for f in all_findings()[path] for fix in f.raw["fixes"] if variable in ("", f.variable)]
    for finding, fix in offered:
        if fix["id"] == fix_id:
            assert "disabled" not in fix, f"{fix_id} is disabled: {fix['disabled']}"
            return finding, fix
    raise AssertionError(f"no finding offers {wanted}; there are {[(f.variable, fix['id']) for f, fix in offered]}")


def as_javascript(path: Path, scratch: Path) -> Path:
    """TypeScript and JSX without their types and tags; others as they are."""
    if path.suffix in NODE:
        return path
    fetched = checker.REPOSITORY / "build/packages/tests/node_modules/.bin"
    esbuild = shutil.which("esbuild") or shutil.which("esbuild", path=fetched)
    assert esbuild, "esbuild is missing: run ./dev setup"
    compiled = scratch / f"{path.stem}.mjs"
    subprocess.run([esbuild, path, f"--outfile={compiled}", "--log-level=error"], check=True)
    return compiled


def command_of(path: Path, scratch: Path) -> list[str]:
    return [sys.executable, str(path)] if path.suffix == ".py" else ["node", str(as_javascript(path, scratch))]


def parses(path: Path, scratch: Path) -> None:
    if path.suffix == ".py":
        compile(path.read_text(encoding="utf-8"), path.name, "exec")
    else:
        subprocess.run(["node", "--check", as_javascript(path, scratch)], check=True)


def printed_by(path: Path, scratch: Path) -> list[str]:
    done = subprocess.run(command_of(path, scratch), capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def identity(finding: checker.Finding) -> tuple[str, str, str]:
    return finding.rule, finding.function, finding.variable


@pytest.fixture(scope="session", autouse=True)
def update() -> None:
    """With UPDATE=1 the after files are rewritten before anything is looked at."""
    if not os.environ.get("UPDATE"):
        return
    for before in BEFORE:
        with contextlib.suppress(AssertionError):  # the test itself tells what is wrong
            after_of(before).write_bytes(fixed_text(before).encode())
    all_findings.cache_clear()


def fixed_text(before: Path) -> str:
    _, fix = choose(before, header_of(before)["fix"])
    return apply(before.read_bytes().decode("utf-8"), fix["edits"])


@pytest.mark.parametrize("before", BEFORE, ids=lambda path: str(path.relative_to(HERE)))
def test_fix(before: Path, tmp_path: Path) -> None:
    after, header = after_of(before), header_of(before)
    finding, fix = choose(before, header["fix"])
    assert header.get("safe") in (None, "yes" if fix["safe"] else "no")
    assert after.exists(), f"{after.name} is missing: UPDATE=1 makes it"
    assert fixed_text(before) == after.read_bytes().decode("utf-8")
    parses(after, tmp_path)
    left = {identity(other) for other in all_findings()[after]}
    assert identity(finding) not in left, "the finding is still there"
    assert left <= {identity(other) for other in all_findings()[before]}, "the fix makes new findings"
    if expected := header.get("prints"):
        assert expected not in printed_by(before, tmp_path), "prints the right line without the fix"
        assert expected in printed_by(after, tmp_path)


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: str(path.relative_to(HERE)))
def test_refused(path: Path) -> None:
    fix_id, _, reason = header_of(path)["refuses"].partition(": ")
    fixes = [fix for finding in all_findings()[path] for fix in finding.raw["fixes"] if fix["id"] == fix_id]
    assert fixes, f"no finding knows {fix_id}"
    assert all(reason in fix.get("disabled", "") for fix in fixes), fixes


def test_every_after_has_a_before() -> None:
    assert {after_of(before) for before in BEFORE} >= set(HERE.rglob("*.after.*"))
