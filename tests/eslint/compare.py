#!/usr/bin/env python3
"""Runs ESLint's own tests of `require-atomic-updates` through Racewise and prints where the two differ.

usage: compare.py [--all] [--racewise BINARY] ESLINT

ESLINT is a checkout of https://github.com/eslint/eslint; Node.js must be on the PATH. The tests are read from it at each
run: nothing of them is kept here.

ESLint takes every function for one that runs more than once at the same time. Racewise wants to see who starts it, so
each snippet is checked as a module that exports the functions it declares. The table has a line for each snippet on
which the two do not agree (with --all, for every snippet): what ESLint expects (`-` for nothing), what Racewise reports,
and the snippet.

The exit status is 0; whether a difference can be defended is for a reader to judge.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEST_FILE = "tests/lib/rules/require-atomic-updates.js"
# Evaluates a test file with a rule tester that writes down what it is given.
READER = """
const Module = require("module");
const load = Module._load;
class RuleTester {
  run(name, rule, tests) { process.stdout.write(JSON.stringify(tests)); }
}
Module._load = function (request, ...rest) {
  if (request.endsWith("rule-tester")) return RuleTester;
  return request.startsWith(".") ? {} : load.call(this, request, ...rest);
};
load.call(Module, process.argv[1], null, false);
"""
DECLARED = re.compile(r"\bfunction\s*\*?\s*([A-Za-z_$][\w$]*)\s*\(")
BOUND = re.compile(r"\b(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*=\s*(?:async\b|\([^)]*\)\s*=>|function\b)")


@dataclass(frozen=True)
class Snippet:
    code: str
    expected: int  # errors of ESLint

    def module(self) -> str:
        """The snippet as a module that exports what it declares."""
        names = sorted({*DECLARED.findall(self.code), *BOUND.findall(self.code)})
        return f"{self.code}\n;module.exports = {{ {', '.join(names)} }};\n"


def read_snippets(checkout: Path) -> list[Snippet]:
    path = checkout / TEST_FILE
    if not path.is_file():
        sys.exit(f"compare.py: {path} is not there: name a checkout of eslint/eslint")
    done = subprocess.run(["node", "-e", READER, str(path.resolve())], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"compare.py: the tests cannot be read:\n{done.stderr}")
    tests = json.loads(done.stdout)
    snippets = [Snippet(code_of(test), 0) for test in tests["valid"]]
    return snippets + [Snippet(code_of(test), error_count(test["errors"])) for test in tests["invalid"]]


def code_of(test: str | dict[str, object]) -> str:
    return test if isinstance(test, str) else str(test["code"])


def error_count(errors: int | list[object]) -> int:
    return errors if isinstance(errors, int) else len(errors)


def check(snippets: list[Snippet], racewise: Path) -> list[list[str]]:
    """The findings for each snippet: rule, line and what it is about."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number:03}.js" for number in range(len(snippets))]
        for file, snippet in zip(files, snippets, strict=True):
            file.write_text(snippet.module(), encoding="utf-8")
        command = [str(racewise), "check", "--output-format", "json", "--exit-zero", "--quiet", *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, list[str]] = {file.name: [] for file in files}
    for finding in json.loads(done.stdout)["findings"]:
        told = f"{finding['rule']} {finding.get('variable', '')}".strip()
        found[Path(finding["path"]).name].append(told)
    return [found[file.name] for file in files]


def one_line(code: str) -> str:
    text = re.sub(r"\s+", " ", code.strip())
    return text if len(text) <= 150 else text[:147] + "..."


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare Racewise with ESLint's tests of require-atomic-updates.")
    parser.add_argument("eslint", type=Path, help="a checkout of eslint/eslint")
    parser.add_argument("--all", action="store_true", help="list every snippet, not only the differences")
    parser.add_argument("--racewise", type=Path, default=ROOT / "build/release/racewise", help="the program to run")
    options = parser.parse_args()
    snippets = read_snippets(options.eslint)
    agreed = 0
    for snippet, findings in zip(snippets, check(snippets, options.racewise), strict=True):
        same = bool(snippet.expected) == bool(findings)
        agreed += same
        if options.all or not same:
            eslint = str(snippet.expected or "-")
            print(f"{'=' if same else '!'} | {eslint} | {', '.join(findings) or '-'} | {one_line(snippet.code)}")
    print(f"{len(snippets)} snippets: {agreed} agreements, {len(snippets) - agreed} differences")


if __name__ == "__main__":
    main()
