"""Every fixture of rules/ and clean/ gets the findings it asks for, and no others (see README.md)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import checker
import pytest
from expectations import differences, missing_places

HERE = Path(__file__).parent
SUFFIXES = {".py", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".tsx"}
FOLDERS = (*HERE.glob("*/"), HERE.parent / "clean")
FIXTURES = sorted(path for folder in FOLDERS for path in folder.rglob("*") if path.suffix in SUFFIXES)


@cache
def preview_rules() -> frozenset[str]:
    lines = checker.run("rules").stdout.splitlines()
    return frozenset(line.split()[0] for line in lines if line.endswith("(preview)"))


@cache
def findings_of(preview: bool) -> dict[Path, list[checker.Finding]]:
    files = [path for path in FIXTURES if (path.parent.name in preview_rules()) == preview]
    return checker.check(files, *(["--preview"] if preview else []))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: str(path.relative_to(HERE.parent)))
def test_fixture(path: Path) -> None:
    findings = findings_of(path.parent.name in preview_rules())[path]
    unexpected, missing = differences(path, findings)
    if path.name.startswith(("FP_", "FN_")):
        known_wrong = unexpected if path.name.startswith("FP_") else missing
        assert known_wrong, f"{path} is right now: take the prefix off its name"
        return
    problems = sorted(unexpected + missing) or missing_places(path, findings)
    assert not problems, "\n" + "\n".join(problems)


def test_every_rule_has_fixtures() -> None:
    folders = {path.parent.name for path in FIXTURES}
    rules = {line.split()[0] for line in checker.run("rules").stdout.splitlines()}
    assert rules <= folders, f"no fixtures for {sorted(rules - folders)}"
