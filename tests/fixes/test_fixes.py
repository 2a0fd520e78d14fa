"""Fixes applied to fixture files: the text they make, what the checker says of it, what it prints (see README.md)."""

from __future__ import annotations

import contextlib
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import checker
import programs
import pytest

HERE = Path(__file__).parent
BEFORE = sorted(HERE.glob("*.before.*"))
REFUSED = sorted(HERE.glob("*.refused.*"))
DRIVERS = sorted(HERE.glob("*.driver.*"))
HEADER = re.compile(r"^(?:#|//) (fix|leaves|preferred|prints(?:-after|-both)?|refuses|safe) (.+)$", re.MULTILINE)


def after_of(before: Path) -> Path:
    return before.with_name(before.name.replace(".before.", ".after."))


def driver_of(before: Path) -> Path:
    return before.with_name(before.name.replace(".before.", ".driver."))


def header_of(path: Path) -> dict[str, str]:
    """What the first lines say; those of the driver, if there is one, too."""
    driver = driver_of(path)
    text = path.read_text(encoding="utf-8") + (driver.read_text(encoding="utf-8") if driver.exists() else "")
    return {match[1]: match[2].strip() for match in HEADER.finditer(text)}


def driven(before: Path, text: str) -> str:
    """The program with what runs it."""
    driver = driver_of(before)
    return f"{text.rstrip()}\n\n{driver.read_text(encoding='utf-8')}" if driver.exists() else text


def runs(before: Path) -> tuple[bool, bool]:
    """Whether the program is run before the fix, and after it."""
    header = header_of(before)
    return "prints" in header or "prints-both" in header, any(key.startswith("prints") for key in header)


def check_printed(before: Path, plain: programs.Outcome | None, fixed: programs.Outcome | None) -> None:
    header = header_of(before)
    if plain:
        assert not plain.failed, plain.failed
        assert header.get("prints") not in plain.printed, "prints the right line without the fix"
        assert header.get("prints-both") in (None, *plain.printed)
    if fixed:
        assert not fixed.failed, fixed.failed
        assert {header[key] for key in header if key.startswith("prints")} <= set(fixed.printed), fixed.printed


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


@pytest.fixture(scope="session")
def outcomes(tmp_path_factory: pytest.TempPathFactory, update: None) -> dict[str, programs.Outcome]:
    """What all programs print, before and after, by file name."""
    texts: dict[str, str] = {}
    for before in BEFORE:
        for path, run in zip((before, after_of(before)), runs(before)):
            if run and path.exists():
                texts[path.name] = driven(before, path.read_bytes().decode("utf-8"))
    return programs.run(texts, tmp_path_factory.mktemp("programs") / "run")


@pytest.fixture(scope="session")
def errors(tmp_path_factory: pytest.TempPathFactory, update: None) -> str:
    """What does not parse of the files of JavaScript and TypeScript."""
    afters = [after_of(before) for before in BEFORE if before.suffix != ".py"]
    return programs.as_javascript(filter(Path.exists, afters), tmp_path_factory.mktemp("parsed"))[1]


@pytest.mark.parametrize("before", BEFORE, ids=lambda path: path.name)
def test_fix(before: Path, outcomes: dict[str, programs.Outcome], errors: str) -> None:
    after, header = after_of(before), header_of(before)
    finding, fix = choose(before, header["fix"])
    assert header.get("safe") in (None, "yes" if fix["safe"] else "no")
    assert header.get("preferred") in (None, "yes" if fix["preferred"] else "no")
    assert after.exists(), f"{after.name} is missing: UPDATE=1 makes it"
    assert fixed_text(before) == after.read_bytes().decode("utf-8")
    if after.suffix == ".py":
        compile(after.read_text(encoding="utf-8"), after.name, "exec")
    assert after.name not in errors, errors
    left = {identity(other) for other in all_findings()[after]}
    assert identity(finding) not in left, "the finding is still there"
    assert left <= {identity(other) for other in all_findings()[before]}, "the fix makes new findings"
    assert "leaves" not in header or not left, f"there is more to do: {left}"
    check_printed(before, outcomes.get(before.name), outcomes.get(after.name))


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.name)
def test_refused(path: Path) -> None:
    fix_id, _, reason = header_of(path)["refuses"].partition(": ")
    fixes = [fix for finding in all_findings()[path] for fix in finding.raw["fixes"] if fix["id"] == fix_id]
    assert fixes, f"no finding knows {fix_id}"
    assert all(reason in fix.get("disabled", "") for fix in fixes), fixes


def test_every_after_has_a_before() -> None:
    assert {after_of(before) for before in BEFORE} >= set(HERE.glob("*.after.*"))
    assert {driver_of(before) for before in BEFORE} >= set(DRIVERS)
