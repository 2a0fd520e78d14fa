"""Runs many small programs at the cost of few interpreters."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import checker

HERE = Path(__file__).parent
MODULES = checker.REPOSITORY / "build/packages/tests/node_modules"
COMPILED = {".ts", ".tsx", ".jsx"}


@dataclass(frozen=True)
class Outcome:
    printed: list[str]
    failed: str


def _run_all(runner: list[str | Path], paths: list[Path]) -> dict[Path, Outcome]:
    told = json.dumps(list(map(str, paths)))
    done = subprocess.run(runner, input=told, stdout=subprocess.PIPE, text=True, check=True)
    outcomes = json.loads(done.stdout)
    return {Path(path): Outcome(at["printed"].splitlines(), at["failed"]) for path, at in outcomes.items()}


def as_javascript(paths: Iterable[Path], folder: Path) -> tuple[dict[Path, Path], str]:
    """TypeScript and JSX without their types and tags, as modules in the folder; and what does not parse."""
    paths = list(paths)
    if not paths:
        return {}, ""
    esbuild = shutil.which("esbuild") or shutil.which("esbuild", path=MODULES / ".bin")
    assert esbuild, "esbuild is missing: run ./dev setup"
    # An element becomes the array of its name, its properties and its children.
    options = [f"--outdir={folder}", "--out-extension:.js=.mjs", "--target=node20", "--jsx-factory=Array"]
    entries = [f"{path.name}={path}" for path in paths]
    command = [esbuild, *entries, *options, "--log-level=error", "--log-limit=0"]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    return {path: folder / f"{path.name}.mjs" for path in paths}, done.stderr


def _place_of(name: str, text: str, folder: Path) -> Path:
    """Where Node takes a file for a module if it is one."""
    path = folder / name
    return path.with_suffix(".mjs") if path.suffix == ".js" and re.search(r"^(im|ex)port ", text, re.M) else path


def run(texts: Mapping[str, str], folder: Path) -> dict[str, Outcome]:
    """What the programs print, by their file names. The libraries that they import are those of `fakes`."""
    folder.mkdir()
    (folder / "node_modules").symlink_to(HERE / "fakes/node")
    places = {name: _place_of(name, text, folder) for name, text in texts.items()}
    for name, path in places.items():
        path.write_bytes(texts[name].encode())
    compiled, errors = as_javascript([path for path in places.values() if path.suffix in COMPILED], folder)
    assert not errors, errors
    programs = {name: compiled.get(path, path) for name, path in places.items()}
    python = [path for path in programs.values() if path.suffix == ".py"]
    others = [path for path in programs.values() if path.suffix != ".py"]
    outcomes = _run_all([sys.executable, HERE / "run_programs.py"], python)
    outcomes |= _run_all(["node", HERE / "run_programs.mjs"], others)
    return {name: outcomes[path] for name, path in programs.items()}
