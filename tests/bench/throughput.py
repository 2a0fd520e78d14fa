#!/usr/bin/env python3
"""Measures `racewise check` over large trees beside other linters and beside the bare parser, in one run.

    ./dev throughput TREE... [--rounds N] [--json FILE]

The source files of the trees are copied into one folder for Python and one for JavaScript and TypeScript, so that all see
the same files and none finds a configuration. Each command is run once to warm up, then in turns; the best of the rounds
counts. Ratios are of processor time on one core, which tells the same on a busy machine; wall time stands beside it.
"""
from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROGRAM = ROOT / "build" / "portable" / "racewise"
FLOOR = ROOT / "build" / "release" / "parse_all"  # the stock parser, compiled as any program would
WORK = Path(tempfile.gettempdir()) / "racewise-throughput"  # in no working copy, whose ignore files would count
LINTERS = ROOT / "build" / "packages" / "linters" / "node_modules" / ".bin"
RUFF = ROOT / "build" / "linters" / "bin" / "ruff"

ESLINT_CONFIG = """\
import parser from "@typescript-eslint/parser";
const rules = { "require-atomic-updates": "error" };
const options = { parser, parserOptions: { ecmaFeatures: { jsx: true } } };
export default [
  { files: ["**/*.{js,mjs,cjs,jsx}"], languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } }, rules },
  { files: ["**/*.{ts,tsx,mts,cts}"], languageOptions: options, rules },
];
"""


@dataclass
class Command:
    name: str
    argv: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    stdin: bytes = b""
    wall: float = float("inf")
    cpu: float = float("inf")
    memory: float = 0  # MiB
    before: Callable[[], None] | None = None

    def run(self, folder: Path) -> None:
        if self.before:
            self.before()
        environment = dict(os.environ) | {"RACEWISE_NO_CACHE": "1"} | self.environment
        if "RACEWISE_CACHE_DIR" in self.environment:
            del environment["RACEWISE_NO_CACHE"]
        (folder.parent / "stdin").write_bytes(self.stdin)
        with open(folder.parent / "stdin", "rb") as given:
            start = time.perf_counter()
            process = subprocess.Popen(self.argv, cwd=folder, env=environment, stdin=given, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            raise SystemExit(f"{self.name}: exit status {process.returncode}: {' '.join(self.argv)}")
        self.wall = min(self.wall, wall)
        self.cpu = min(self.cpu, usage.ru_utime + usage.ru_stime)
        self.memory = max(self.memory, usage.ru_maxrss / 1024)


def sources(trees: list[Path]) -> list[Path]:
    listed = subprocess.run([PROGRAM, "check", "--isolated", "--show-files", *trees], check=True,
                            capture_output=True, text=True).stdout
    return [Path(line) for line in listed.splitlines()]


def gather(trees: list[Path]) -> dict[str, Path]:
    shutil.rmtree(WORK, ignore_errors=True)
    folders = {"Python": WORK / "py" / "tree", "JavaScript and TypeScript": WORK / "js" / "tree"}
    for folder in folders.values():
        folder.mkdir(parents=True)
    for tree in (tree.resolve() for tree in trees):
        for file in sources([tree]):
            folder = folders["Python" if file.suffix == ".py" else "JavaScript and TypeScript"]
            if not file.suffix or file.stat().st_size > 1 << 20:
                continue
            target = folder / tree.name / file.relative_to(tree)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    (folders["JavaScript and TypeScript"] / "eslint.config.mjs").write_text(ESLINT_CONFIG)
    (folders["JavaScript and TypeScript"] / "node_modules").symlink_to(LINTERS.parent)
    return folders


def racewise(name: str, *options: str, **more) -> Command:
    argv = [str(PROGRAM), "check", "--isolated", "--quiet", "--output-format=concise", *options, "."]
    return Command(name, argv, **more)


def commands(language: str, folder: Path) -> dict[str, Command]:
    cache = WORK / "cache"
    kept = {"RACEWISE_CACHE_DIR": str(cache)}
    files = "\n".join(str(file) for file in folder.rglob("*") if file.is_file() and "node_modules" not in file.parts
                      and file.name != "eslint.config.mjs")
    found = {
        "floor": Command("bare tree-sitter parse", [str(FLOOR)], stdin=files.encode()),
        "one": racewise("racewise, one core", "--jobs=1"),
        "two": racewise("racewise, two cores", "--jobs=2"),
        "first": racewise("racewise, first run with the cache", "--jobs=1", environment=kept,
                          before=lambda: shutil.rmtree(cache, ignore_errors=True)),
        "again": racewise("racewise, run again with the cache", "--jobs=1", environment=kept),
    }
    if language == "Python":
        one = {"RAYON_NUM_THREADS": "1"}
        if RUFF.exists():
            argv = [str(RUFF), "check", "--isolated", "--no-cache", "--quiet", "."]
            found["ruff"] = Command("ruff check", argv, one)
        return found
    if LINTERS.exists():
        one = {"RAYON_NUM_THREADS": "1", "BIOME_THREADS": "1"}
        found["oxlint"] = Command("oxlint", [str(LINTERS / "oxlint"), "--threads=1", "--quiet", "."], one)
        found["biome"] = Command("biome lint", [str(LINTERS / "biome"), "lint", "--max-diagnostics=1",
                                                "--diagnostic-level=error", "."], one)
        found["eslint"] = Command("eslint --rule require-atomic-updates",
                                  [str(LINTERS / "eslint"), "--no-inline-config", "--no-warn-ignored", "--config",
                                   "eslint.config.mjs", "."], one)
    return found


def show(language: str, folder: Path, found: dict[str, Command]) -> dict:
    files = [file for file in folder.rglob("*") if file.is_file() and "node_modules" not in file.parts]
    size = sum(file.stat().st_size for file in files) / 1e6
    floor, one = found["floor"], found["one"]
    print(f"\n### {language}: {len(files)} files, {size:.1f} MB\n")
    print("| | processor s | wall s | MB/s of one core | times the bare parse | peak MiB |")
    print("|---|---:|---:|---:|---:|---:|")
    for command in found.values():
        print(f"| {command.name} | {command.cpu:.2f} | {command.wall:.2f} | {size / command.cpu:.0f} | "
              f"{command.cpu / floor.cpu:.2f} | {command.memory:.0f} |")
    ratios = {
        "of the bare parse": one.cpu / floor.cpu,
        "two cores are faster by": one.wall / found["two"].wall,
        "a run again is faster by": found["first"].wall / found["again"].wall,
    }
    for name in ("eslint", "biome", "oxlint", "ruff"):
        if name in found:
            ratios[f"faster than {name} per core by"] = found[name].cpu / one.cpu
    print()
    for name, ratio in ratios.items():
        print(f"{name}: {ratio:.2f}")
    return {"language": language, "files": len(files), "MB": size, "ratios": ratios,
            "commands": {key: [command.cpu, command.wall, command.memory] for key, command in found.items()}}


def memory_by_size(folder: Path) -> None:
    """Peak memory over a part of the tree and over all of it: it must go with the jobs."""
    tops = sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name != "node_modules")
    for share in (max(1, len(tops) // 4), len(tops)):
        for jobs in (1, 2):
            command = racewise("", f"--jobs={jobs}")
            command.argv[-1:] = tops[:share]
            command.run(folder)
            print(f"{share} of {len(tops)} trees, {jobs} job{'s' * (jobs > 1)}: peak {command.memory:.0f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trees", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    results = []
    for language, folder in gather(options.trees).items():
        if not any(path.is_dir() and path.name != "node_modules" for path in folder.iterdir()):
            continue
        found = commands(language, folder)
        for _ in range(options.rounds):
            for command in found.values():
                command.run(folder)
        results.append(show(language, folder, found))
        print()
        memory_by_size(folder)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    sys.exit(main())
