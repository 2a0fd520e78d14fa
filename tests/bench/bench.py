#!/usr/bin/env python3
"""Measures the release build against the bare parser, side by side in one run.

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
BUILD = HERE.parent.parent / "build" / "release"
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


def floor(file: Path, edits: int) -> dict[str, Any]:
    """The bare parser's times for the edits that lspbench.py makes by default."""
    document = lspbench.Document(file)
    row, indent = lspbench.find_anchor(document, .5)
    offset = len("\n".join(document.lines[:row + 1]).encode())
    script = WORK / "edits"
    keys = islice(lspbench.keystrokes(document, indent, 1), edits)
    script.write_bytes(b"".join(key.encode() + b"\0" for key in keys))
    output = subprocess.run([BUILD / "floor", file, str(offset), script], check=True, capture_output=True).stdout
    times = json.loads(output)
    summary = lspbench.summary(times["edits"])
    return {"bytes": times["bytes"], "parse": times["parse"], "walk": times["walk"],
            "edit p50": summary["p50"], "edit p99": summary["p99"]}


def server(file: Path, edits: int) -> dict[str, Any] | None:
    """The server's times; None when it does not get through the session. Asked to push: only then is the time after
    opening that of the whole analysis."""
    result = WORK / "lspbench.json"
    command = [sys.executable, HERE / "lspbench.py", "--mode", "push", "--edits", str(edits), "--json", result, file,
               "--", BUILD / "racewise", "lsp"]
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
    run = subprocess.run([BUILD / "racewise", "check", "--exit-zero", *files], stdout=subprocess.DEVNULL)
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
    results["check"] = check(files, sum(result["bare"]["parse"] for result in results.values()))
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
