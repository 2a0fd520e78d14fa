#!/usr/bin/env python3
"""Times Racewise's language server beside those of other checkers, in one run.

    ./dev peers [--lines N]... [--edits N] [--runs N] [--server NAME]... [--json FILE]

Each server is given the same generated files and types the same keystrokes (lspbench.py): from each keystroke to the
diagnostics that cover it, the start, the opening of the file, and the memory of all its processes. The servers check
different things: the table says what one waits for them, not what it is worth. Only the ratios mean something on another
machine. ESLint and oxlint run the rules about asynchronous code, ruff those and the ones of pyflakes, and pyright checks
types.
"""
from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PACKAGES = ROOT / "build" / "packages" / "peers" / "node_modules"
WORK = ROOT / "build" / "portable" / "peers"

ASYNC_RULES = ["require-atomic-updates", "no-await-in-loop", "require-await", "no-async-promise-executor",
               "no-promise-executor-return"]
CONFIGURATION = {
    "eslint.config.mjs": "import parser from '@typescript-eslint/parser';\nexport default [{ files: ['**/*.js', '**/*.ts'], "
                         "rules: {" + ", ".join(f"'{rule}': 'warn'" for rule in ASYNC_RULES)
                         + "} }, { files: ['**/*.ts'], languageOptions: { parser } }];\n",
    ".oxlintrc.json": json.dumps({"rules": {rule: "warn" for rule in ASYNC_RULES if rule != "require-atomic-updates"}}),
    "ruff.toml": '[lint]\nselect = ["F", "ASYNC", "RUF006"]\n',
    "package.json": '{"name": "peers", "version": "1.0.0"}\n',
}


def eslint_settings() -> dict[str, Any]:
    """What VS Code's extension says to the server, which has no defaults of its own."""
    return {
        "validate": "on", "run": "onType", "useESLintClass": True, "useFlatConfig": True, "nodePath": None,
        "experimental": {"useFlatConfig": True}, "workingDirectory": {"mode": "location"}, "rulesCustomizations": [],
        "quiet": False, "onIgnoredFiles": "off", "problems": {"shortenToSingleLine": False}, "format": False,
        "codeAction": {"disableRuleComment": {"enable": True}, "showDocumentation": {"enable": True}},
        "codeActionOnSave": {"mode": "all"}, "options": {}, "workspaceFolder": {"uri": WORK.as_uri(), "name": "peers"},
    }


@dataclass
class Peer:
    name: str
    command: Sequence[str | Path]
    languages: set[str]
    # Pushed diagnostics are timed wherever a server has them: a pull right after opening may be answered before anything
    # has been analysed.
    options: Sequence[str] = ("--mode", "push")


def peers() -> list[Peer]:
    binaries = PACKAGES / ".bin"
    return [
        Peer("racewise", [ROOT / "build" / "portable" / "racewise", "lsp"], {"py", "js", "ts"}),
        Peer("ruff", [ROOT / "build" / "peers" / "bin" / "ruff", "server"], {"py"}),
        Peer("pyright", [binaries / "pyright-langserver", "--stdio"], {"py"}),
        Peer("oxlint", [binaries / "oxlint", "--lsp"], {"js", "ts"}),
        Peer("biome", [binaries / "biome", "lsp-proxy"], {"js", "ts"}),
        Peer("eslint", [binaries / "vscode-eslint-language-server", "--stdio"], {"js", "ts"},
             ["--mode", "pull", "--settings", json.dumps(eslint_settings())]),
        Peer("quick-lint-js", [PACKAGES / "quick-lint-js" / "linux-x64" / "bin" / "quick-lint-js", "--lsp-server"],
             {"js", "ts"}),
    ]


def generate(lang: str, lines: int) -> Path:
    file = WORK / f"{lang}_{lines}.{lang}"
    subprocess.run([sys.executable, HERE / "gen.py", "--lang", lang, "--lines", str(lines), "-o", file], check=True)
    return file


def measure(peer: Peer, file: Path, edits: int, patience: int) -> dict[str, Any] | None:
    """The times of one session; None of a server that does not get through it within the patience (seconds)."""
    result = WORK / "session.json"
    result.unlink(missing_ok=True)
    command = [sys.executable, HERE / "lspbench.py", "--edits", str(edits), "--json", result, *peer.options, file, "--",
               *peer.command]
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=patience)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0 or not result.exists():
        return None
    run = json.loads(result.read_text())["runs"][0]
    if not run.get("edits") or run["edits"]["missed"]:
        return None
    return {"start": run["initialize_ms"], "open": run["open_to_diagnostics_ms"], "p50": run["edits"]["p50"],
            "p99": run["edits"]["p99"], "memory": run["at_end"]["hwm_mib"]}


def best(runs: list[dict[str, Any]]) -> dict[str, float]:
    """Other work on the machine only ever adds."""
    return {key: min(run[key] for run in runs) for key in runs[0]}


def show(file: Path, results: dict[str, dict[str, float] | None]) -> None:
    print(f"\n| {file.name} ({file.stat().st_size / 1e3:.0f} kB) | start ms | open ms | keystroke p50 ms | p99 ms | memory MiB |")
    print("|---|---|---|---|---|---|")
    for name, result in results.items():
        cells = [f"{result[key]:.1f}" for key in ("start", "open", "p50", "p99", "memory")] if result else ["–"] * 5
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev peers", description=__doc__.split("\n")[0])
    parser.add_argument("--lines", type=int, action="append", help="sizes of the files (1000 and 10000)")
    parser.add_argument("--lang", choices=["py", "js", "ts"], action="append", help="languages (all)")
    parser.add_argument("--edits", type=int, default=100, help="keystrokes in each session (100)")
    parser.add_argument("--runs", type=int, default=3, help="sessions, of which the best of each figure counts (3)")
    parser.add_argument("--server", action="append", help="only these, and racewise")
    parser.add_argument("--patience", type=int, default=120, help="seconds for a session (120)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers here")
    options = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    for name, text in CONFIGURATION.items():
        (WORK / name).write_text(text)
    (WORK / "node_modules").unlink(missing_ok=True)
    (WORK / "node_modules").symlink_to(PACKAGES.resolve())
    everything = {}
    for lines in options.lines or [1000, 10000]:
        for lang in options.lang or ["py", "js", "ts"]:
            file = generate(lang, lines)
            wanted = [peer for peer in peers() if lang in peer.languages
                      and (not options.server or peer.name in [*options.server, "racewise"])]
            runs: dict[str, list[dict[str, Any]]] = {peer.name: [] for peer in wanted}
            for _ in range(options.runs):  # in turn, so that what disturbs one disturbs all
                for peer in wanted:
                    done = measure(peer, file, options.edits, options.patience)
                    runs[peer.name] += [done] if done else []
            everything[file.name] = {name: best(done) if done else None for name, done in runs.items()}
            show(file, everything[file.name])
    if options.json:
        options.json.write_text(json.dumps(everything, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
