"""The program survives every file of RaceBench: a sanitizer's report changes the exit status and shows on stderr."""

from __future__ import annotations

from pathlib import Path

import checker

HERE = Path(__file__).parent
SUFFIXES = {".py", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx"}


def test_whole_files() -> None:
    files = sorted(path for path in HERE.rglob("*") if path.suffix in SUFFIXES)
    assert len(files) > 300
    checker.check(files, "--preview")


def test_half_files(tmp_path: Path) -> None:
    """Files as they are while they are typed: each cut in the middle."""
    for number, path in enumerate(sorted(HERE.glob("*/*/racy.*"))):
        source = path.read_text(encoding="utf-8")
        (tmp_path / f"{number}{path.suffix}").write_text(source[: len(source) // 2], encoding="utf-8")
    checker.check(tmp_path.iterdir(), "--preview")
