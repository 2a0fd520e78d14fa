#!/usr/bin/env python3
"""Stress tests of RaceBench: for every hit finding of the three rules that a test can be written for, the test that
`racewise stress` writes must fail on the racy program and pass on the fixed one, as it stands.

    stress.py BENCH... [--only TEXT] [--framework NAME] [--tasks N] [--jobs N] [--least RATIO] [--verbose]

RACEWISE names the program; without it the release build is asked. Each test is run as its framework's users run it:
vitest and jest come from RUNNER_NODE_MODULES. Prints a table and exits with 1 where fewer than RATIO of the tests run
unaided, or one has a syntax error.
"""
from __future__ import annotations

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import score

HERE = Path(__file__).resolve().parent
RULES = ("lost-update", "check-then-act", "iterate-across-await")
PACKAGES = Path(os.environ.get("RACEBENCH_NODE_MODULES", HERE.parent.parent / "build/packages/tests"))
RUNNERS = Path(os.environ.get("RUNNER_NODE_MODULES", HERE.parent.parent / "build/packages/runners"))

# The name of a test by which its runner finds it, and how the runner is started in the test's folder.
FRAMEWORKS: dict[str, tuple[str, list[str]]] = {
    "plain": ("", []),
    "pytest": ("test_stress.py", [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]),
    "node": ("stress.test.mjs", ["node", "--test"]),
    "vitest": ("stress.test.mjs", ["node", "node_modules/vitest/vitest.mjs", "run"]),
    "jest": ("stress.test.js", ["node", "node_modules/jest/bin/jest.js", "--rootDir=."]),
}


@dataclass
class Outcome:
    language: str
    case: str
    rule: str
    where: str
    result: str
    detail: str = ""


def is_python(path: Path) -> bool:
    return path.suffix == ".py"


def syntax_error(test: Path) -> str | None:
    if is_python(test):
        try:
            ast.parse(test.read_text(encoding="utf-8"))
        except SyntaxError as error:
            return str(error)
        return None
    done = subprocess.run(["node", "--check", test], capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else done.stderr


def run(test: Path, framework: str) -> tuple[int, str]:
    command: list[str | Path] = [*FRAMEWORKS[framework][1], test.name]
    if framework == "plain":
        command = [sys.executable if is_python(test) else "node", test]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=test.parent)
    except subprocess.TimeoutExpired:
        return 99, "timed out"
    return done.returncode, done.stdout + done.stderr


def stress(racewise: str, case: score.Case, finding: score.Finding, framework: str, tasks: int) -> Outcome:
    racy, fixed = case.file("racy"), case.file("fixed")
    assert racy and fixed
    language = "python" if is_python(racy) else "js"
    outcome = Outcome(language, case.name, finding.rule, f"{racy.name}:{finding.line}", "")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "node_modules").symlink_to((RUNNERS if framework in ("vitest", "jest") else PACKAGES) / "node_modules")
        (place / "package.json").write_text("{}")
        subject = place / racy.name
        shutil.copy(racy, subject)
        test = place / (FRAMEWORKS[framework][0] or ("stress.py" if language == "python" else "stress.mjs"))
        command = [racewise, "stress", f"{subject}:{finding.line}", "-o", test, f"--tasks={tasks}",
                   f"--framework={framework}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            outcome.result, outcome.detail = "not written", done.stderr
            return outcome
        if error := syntax_error(test):
            outcome.result, outcome.detail = "syntax error", error
            return outcome
        if done.stderr:
            outcome.result, outcome.detail = "has gaps", done.stderr
            return outcome
        racy_status, racy_said = run(test, framework)
        shutil.copy(fixed, subject)
        fixed_status, fixed_said = run(test, framework)
    if racy_status != 1 or (framework == "plain" and "Traceback" in racy_said):
        outcome.result, outcome.detail = f"status {racy_status} on racy", racy_said
    elif fixed_status != 0:
        outcome.result, outcome.detail = f"status {fixed_status} on fixed", fixed_said
    else:
        outcome.result, outcome.detail = "unaided", racy_said
    return outcome


def findings(racewise: str, cases: list[score.Case]) -> list[tuple[score.Case, score.Finding]]:
    found = []
    for case in cases:
        racy = case.file("racy")
        if not racy:
            continue
        by_file = score.analyze(f"'{racewise}' check --output-format json --exit-zero {{file}}", [racy], 60)
        for finding in by_file.get(racy.resolve(), []):
            hit = any(item.covers(finding) and finding.rule in item.rules for item in case.expected)
            if finding.rule in RULES and hit:
                found.append((case, finding))
    return found


def table(outcomes: list[Outcome]) -> str:
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for outcome in outcomes:
        for key in ((outcome.language, outcome.rule), ("all", "")):
            counts[key][0] += outcome.result == "unaided"
            counts[key][1] += 1
    lines = [f"{language:8} {rule:22} {good:3} of {all_:3}  {good / all_:4.0%}"
             for (language, rule), (good, all_) in sorted(counts.items(), key=lambda item: (item[0][0] == "all", item[0]))]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", nargs="+", type=Path)
    parser.add_argument("--only")
    parser.add_argument("--framework", choices=FRAMEWORKS, default="plain")
    parser.add_argument("--tasks", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--least", type=float, default=0.7)
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    racewise = os.environ.get("RACEWISE", str(HERE.parent.parent / "build/release/racewise"))
    cases = score.load_bench(args.bench, args.only)
    outcomes = score.in_parallel(args.jobs, lambda one: stress(racewise, *one, args.framework, args.tasks), findings(racewise, cases))
    for outcome in outcomes:
        if outcome.result != "unaided" or args.verbose:
            print(f"{outcome.case} {outcome.where} {outcome.rule}: {outcome.result}")
            if args.verbose and outcome.detail:
                print("    " + outcome.detail.strip().replace("\n", "\n    ")[:1500])
    print(table(outcomes))
    broken = any(outcome.result == "syntax error" for outcome in outcomes)
    good = sum(outcome.result == "unaided" for outcome in outcomes)
    return 1 if broken or not outcomes or good < args.least * len(outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
