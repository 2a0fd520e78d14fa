"""Runs the program under test: RACEWISE names it, else the newest build does."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent


def program() -> str:
    if named := os.environ.get("RACEWISE"):
        return named
    built = sorted(REPOSITORY.glob("build/*/racewise"), key=lambda path: path.stat().st_mtime)
    if not built:
        raise SystemExit("no racewise to test: build it (./dev build) or set RACEWISE")
    return str(built[-1])


def run(*arguments: str | Path, stdin: str | bytes | None = None, **kwargs: Any) -> subprocess.CompletedProcess[str]:
    """Runs the program; strings in and out are UTF-8."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    argv = [program(), *map(str, arguments)]
    done = subprocess.run(argv, input=given if given is not None else b"", capture_output=True, check=False, **kwargs)
    output, errors = (stream.decode("utf-8", "surrogateescape") for stream in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(argv, done.returncode, output, errors)


@dataclass(frozen=True)
class Finding:
    path: Path
    line: int
    rule: str
    variable: str
    function: str
    confidence: str
    raw: dict[str, Any]

    def places(self) -> Iterator[tuple[str, int]]:
        """Role and line of the related places."""
        for related in self.raw["related"]:
            yield related["role"], related["range"]["start"]["line"]


def parse_finding(raw: dict[str, Any]) -> Finding:
    return Finding(
        path=Path(raw["path"]).resolve(),
        line=raw["range"]["start"]["line"],
        rule=raw["rule"],
        variable=raw["variable"],
        function=raw["function"],
        confidence=raw["confidence"],
        raw=raw,
    )


def check(paths: Iterable[Path], *options: str) -> dict[Path, list[Finding]]:
    """The findings of each file, of one run over all of them."""
    paths = [path.resolve() for path in paths]
    findings: dict[Path, list[Finding]] = {path: [] for path in paths}
    if not paths:
        return findings
    done = run("check", "--output-format=json", "--exit-zero", *options, *paths)
    if done.returncode != 0 or done.stderr:
        raise AssertionError(f"racewise check: exit status {done.returncode}\n{done.stderr}")
    for raw in json.loads(done.stdout)["findings"]:
        finding = parse_finding(raw)
        findings[finding.path].append(finding)
    return findings
