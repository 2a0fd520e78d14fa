"""Snapshots of the inner stages: FILE.ir (FILE.cfg, FILE.facts) is what `racewise debug ir FILE` prints.

UPDATE=1 rewrites the snapshots that exist and makes FILE.ir for a source file that has none; review the diff.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path

import checker
import pytest

HERE = Path(__file__).parent
SUFFIXES = {".py", ".js", ".mjs", ".jsx", ".ts", ".tsx"}
STAGES = ("ir", "cfg", "facts")
SOURCES = sorted(p for p in HERE.rglob("*") if p.suffix in SUFFIXES and not p.name.startswith("test_"))


def snapshots_of(source: Path) -> list[tuple[Path, str]]:
    """Snapshot and stage; a source without any has one to be made."""
    wanted = [(source.with_name(f"{source.name}.{stage}"), stage) for stage in STAGES]
    return [item for item in wanted if item[0].exists()] or wanted[:1]


CASES = [(source, snapshot, stage) for source in SOURCES for snapshot, stage in snapshots_of(source)]


@pytest.mark.parametrize(("source", "snapshot", "stage"), CASES, ids=[str(case[1].relative_to(HERE)) for case in CASES])
def test_snapshot(source: Path, snapshot: Path, stage: str) -> None:
    done = checker.run("debug", stage, source)
    assert (done.returncode, done.stderr) == (0, "")
    if os.environ.get("UPDATE"):
        snapshot.write_bytes(done.stdout.encode())
    expected = snapshot.read_text(encoding="utf-8") if snapshot.exists() else ""
    diff = difflib.unified_diff(expected.splitlines(), done.stdout.splitlines(), snapshot.name, "now", lineterm="")
    assert done.stdout == expected, "\n" + "\n".join(diff) + "\n(UPDATE=1 rewrites the snapshot)"


def test_no_snapshot_is_left_over() -> None:
    stages = {f".{stage}" for stage in STAGES}
    assert not [p for p in HERE.rglob("*") if p.suffix in stages and not p.with_suffix("").exists()]
