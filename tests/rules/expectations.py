"""The expectations that a fixture file holds in its comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from checker import Finding

COMMENT = {".py": "#"}
WANT = re.compile(
    r"\bwant(?P<below>-below)? (?P<rule>[a-z-]+)(?:: (?P<variable>\S+))?(?: \((?P<confidence>high|medium|low)\))?"
)
PLACE = re.compile(r"(?:#|//) (first-access|suspension|second-access|conflict|lock|spawn)$")


@dataclass(frozen=True)
class Want:
    line: int
    rule: str
    variable: str | None
    confidence: str | None

    def met_by(self, finding: Finding) -> bool:
        return (
            (finding.line, finding.rule) == (self.line, self.rule)
            and self.variable in (None, finding.variable)
            and self.confidence in (None, finding.confidence)
        )

    def __str__(self) -> str:
        variable = f": {self.variable}" if self.variable else ""
        confidence = f" ({self.confidence})" if self.confidence else ""
        return f"{self.rule}{variable}{confidence}"


def wants_of(path: Path) -> list[Want]:
    mark = COMMENT.get(path.suffix, "//")
    wants: list[Want] = []
    waiting: list[re.Match[str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        matches = list(WANT.finditer(line.partition(mark)[2]))
        below = [match for match in matches if match["below"]]
        if below and line.strip().startswith(mark):
            waiting += below
            continue
        here = [*waiting, *(match for match in matches if not match["below"])]
        wants += [Want(number, match["rule"], match["variable"], match["confidence"]) for match in here]
        waiting = []
    return wants


def places_of(path: Path) -> list[tuple[str, int]]:
    """Role and line of the related places that the file names."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(match[1], number) for number, line in enumerate(lines, 1) if (match := PLACE.search(line))]


def differences(path: Path, findings: Iterable[Finding]) -> tuple[list[str], list[str]]:
    """What is reported and not wanted, and what is wanted and not reported; a line of text each."""
    findings = list(findings)
    missing = []
    for want in wants_of(path):
        met = next((finding for finding in findings if want.met_by(finding)), None)
        if met:
            findings.remove(met)
        else:
            missing.append(f"{path}:{want.line}: missing     {want}")
    return list(unexpected(findings)), missing


def unexpected(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        what = f"{finding.rule}: {finding.variable} ({finding.confidence})"
        yield f"{finding.path}:{finding.line}: unexpected  {what} -- {finding.raw['message']}"


def missing_places(path: Path, findings: Iterable[Finding]) -> list[str]:
    told = {place for finding in findings for place in finding.places()}
    absent = [place for place in places_of(path) if place not in told]
    return [f"{path}:{line}: no finding has its {role} here" for role, line in absent]
