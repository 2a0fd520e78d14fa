#!/usr/bin/env python3
"""Measures the program as it is packaged against the bare parser, side by side in one run.

    ./dev bench [--lines N]... [--lang py|js|ts]... [--edits N] [--json FILE]

For each generated file: the bare parser's time for a full parse and for each keystroke (floor.c), and the server's from
the same keystroke to the diagnostics that cover it (lspbench.py); then `racewise check` on all of the files. Only the
ratios mean something on another machine. A ratio above its goal is marked, not an error.
"""
from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

import lspbench

HERE = Path(__file__).parent
BUILD = HERE.parent.parent / "build"
PROGRAM = BUILD / "portable" / "racewise"
FLOOR = BUILD / "release" / "floor"  # the stock parser, compiled as any program would
WORK = BUILD / "bench"

# What the server may take: at most `factor` times what the bare parser takes, plus `extra` milliseconds.
GOALS = {
    "open": ("parse", 1.5, 0),
    "edit p50": ("edit p50", 2.0, .3),
    "edit p99": ("edit p99", 1.2, 0),
}


def generate(lang: str, lines: int) -> Path:
    file = WORK / f"{lang}_{lines}.{lang}"
    command = [sys.executable, HERE / "gen.py", "--lang", lang, "--lines", str(lines), "-o", file]
    subprocess.run(command, check=True)
    return file


def pathological() -> list[Path]:
    """Files that punish what does not grow linearly, in both languages."""
    counter = "class S:\n    def __init__(self):\n        self.n = 0\n"
    method = "    async def f{0}(self):\n        x = self.n{1}\n        await g()\n        self.n{1} = x + 1\n"
    texts = {
        "functions.py": counter + "".join(method.format(i, i % 50) for i in range(10_000)),
        "statements.py": "async def f(self):\n" + "".join(
            f"    x{i} = self.a{i % 300}\n    await g(x{i})\n" for i in range(10_000)),
        "checks.py": "class A:\n  async def f(self):\n" + "".join(
            f"    if self.a{i % 300} is None:\n        self.a{i % 300} = await g({i})\n" for i in range(10_000)),
        "nested.py": "async def f(self):\n" + "".join(" " * (i + 1) + f"if a{i}:\n" for i in range(1_000))
                     + " " * 1_001 + "await g()\n",
        "terms.py": "async def f(self):\n    await g()\n    x = " + "+".join(["a"] * 100_000) + "\n",
        "methods.js": "export class A {\n  constructor() { this.x = 0; }\n" + "".join(
            f"  async m{i}() {{ const t = this.x; await this.m{i * 7 % 5000}(); this.x = t + 1; }}\n"
            for i in range(5_000)) + "}\n",
        "statements.js": "export async function f(s) {\n" + "".join(
            f"  const x{i} = s.a{i % 300};\n  await g(x{i});\n" for i in range(10_000)) + "}\n",
        "nested.js": "export async function f() {\n" + "".join(f"if (a{i}) {{\n" for i in range(1_000))
                     + "await g();\n" + "}\n" * 1_001,
        "terms.js": "export async function f() { await g(); return " + "+".join(["a"] * 100_000) + "; }\n",
    }
    for name, text in texts.items():
        (WORK / name).write_text(text)
    return [WORK / name for name in texts]


def bare_parse(file: Path) -> float:
    (WORK / "edits").write_bytes(b"")
    output = subprocess.run([FLOOR, file, "0", WORK / "edits"], check=True, capture_output=True).stdout
    return json.loads(output)["parse"]


def check_alone(file: Path) -> dict[str, Any]:
    """`racewise check` of one file beside its bare parse; the best of three, the program's start included."""
    command = [PROGRAM, "check", "--exit-zero", "--no-cache", "--jobs", "1", "--output-format", "concise", file]
    took = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        took.append((time.perf_counter() - start) * 1e3)
    parse = min(bare_parse(file) for _ in range(3))
    print(f"{file.name:16} {file.stat().st_size / 1e6:6.2f} MB   check {min(took):8.1f} ms   bare parse {parse:8.1f} ms   "
          f"ratio {min(took) / parse:5.2f}")
    return {"check": min(took), "parse": parse}


def floor(file: Path, edits: int) -> dict[str, Any]:
    """The bare parser's times for the edits that lspbench.py makes by default."""
    document = lspbench.Document(file)
    row, indent = lspbench.find_anchor(document, .5)
    offset = len("\n".join(document.lines[:row + 1]).encode())
    script = WORK / "edits"
    keys = islice(lspbench.keystrokes(document, indent, 1), edits)
    script.write_bytes(b"".join(key.encode() + b"\0" for key in keys))
    output = subprocess.run([FLOOR, file, str(offset), script], check=True, capture_output=True).stdout
    times = json.loads(output)
    summary = lspbench.summary(times["edits"])
    return {"bytes": times["bytes"], "parse": times["parse"], "walk": times["walk"],
            "edit p50": summary["p50"], "edit p99": summary["p99"]}


def server(file: Path, edits: int) -> dict[str, Any] | None:
    """The server's times; None when it does not get through the session. Asked to push: only then is the time after
    opening that of the whole analysis."""
    result = WORK / "lspbench.json"
    command = [sys.executable, HERE / "lspbench.py", "--mode", "push", "--edits", str(edits), "--json", result, file,
               "--", PROGRAM, "lsp"]
    if subprocess.run(command, stdout=subprocess.DEVNULL).returncode != 0:
        return None
    run = json.loads(result.read_text())["runs"][0]
    return {"initialize": run["initialize_ms"], "open": run["open_to_diagnostics_ms"],
            "edit p50": run["edits"]["p50"], "edit p99": run["edits"]["p99"], "missed": run["edits"]["missed"],
            "resident MiB": run["at_end"]["hwm_mib"]}


def show(file: Path, bare: dict[str, Any], served: dict[str, Any] | None) -> None:
    print(f"{file.name}: {bare['bytes'] / 1e6:.2f} MB, bare parse {bare['parse']:.2f} ms, walk {bare['walk']:.2f} ms")
    if served is None:
        print("  the server did not get through the session")
        return
    print(f"  initialize {served['initialize']:.2f} ms, peak memory {served['resident MiB']:.1f} MiB, "
          f"{served['missed']} edits missed")
    for name, (base, factor, extra) in GOALS.items():
        goal = bare[base] * factor + extra
        mark = "" if served[name] <= goal else "  above the goal"
        print(f"  {name:10} {served[name]:9.2f} ms   bare {bare[base]:9.2f} ms   ratio {served[name] / bare[base]:6.2f}"
              f"   goal {goal:9.2f} ms{mark}")


def check(files: list[Path], parse: float) -> dict[str, Any]:
    """`racewise check` on all files, on as many threads as it takes by itself."""
    start = time.perf_counter()
    run = subprocess.run([PROGRAM, "check", "--exit-zero", "--no-cache", *files], stdout=subprocess.DEVNULL)
    took = (time.perf_counter() - start) * 1e3
    megabytes = sum(file.stat().st_size for file in files) / 1e6
    print(f"check: {took:.1f} ms for {megabytes:.2f} MB ({megabytes / took * 1e3:.1f} MB/s), "
          f"{took / parse:.2f} of the bare parse on one thread" + ("" if run.returncode == 0 else ", but it failed"))
    return {"ms": took, "bytes": megabytes * 1e6, "ratio": took / parse, "status": run.returncode}


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__.split("\n")[0])
    parser.add_argument("--lines", type=int, action="append", help="sizes of the files (1000 and 10000)")
    parser.add_argument("--lang", choices=["py", "js", "ts"], action="append", help="languages (all)")
    parser.add_argument("--edits", type=int, default=300, help="keystrokes for each file (300)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers here")
    options = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    files, results = [], {}
    for lines in options.lines or [1000, 10000]:
        for lang in options.lang or ["py", "js", "ts"]:
            file = generate(lang, lines)
            bare, served = floor(file, options.edits), server(file, options.edits)
            show(file, bare, served)
            files.append(file)
            results[file.name] = {"bare": bare, "server": served}
    for file in [*files, *pathological()]:
        results.setdefault(file.name, {})["alone"] = check_alone(file)
    results["check"] = check(files, sum(result["bare"]["parse"] for result in results.values() if "bare" in result))
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
