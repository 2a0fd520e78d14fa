"""Runs many small programs at the cost of few interpreters."""

from __future__ import annotations

import asyncio  # noqa: F401 - so that the programs need not load it, each again
import contextlib
import dataclasses  # noqa: F401
import io
import json
import multiprocessing
import runpy
import shutil
import subprocess
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import checker

HERE = Path(__file__).parent
MODULES = checker.REPOSITORY / "build/packages/tests/node_modules"
PATIENCE = 300  # seconds, for all


@dataclass(frozen=True)
class Outcome:
    printed: list[str]
    failed: str


def _run_python(path: Path) -> Outcome:
    failed, output = "", io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(io.StringIO()):
        try:
            runpy.run_path(str(path), run_name="__main__")
        except BaseException:  # noqa: BLE001 - whatever the program dies of
            failed = traceback.format_exc()
    return Outcome(output.getvalue().splitlines(), failed)


def _run_node(paths: list[Path]) -> dict[Path, Outcome]:
    if not paths:
        return {}
    told = json.dumps(list(map(str, paths)))
    script = ["node", HERE / "run_programs.mjs"]
    done = subprocess.run(script, input=told, stdout=subprocess.PIPE, text=True, check=True)
    outcomes = json.loads(done.stdout)
    return {Path(path): Outcome(at["printed"].splitlines(), at["failed"]) for path, at in outcomes.items()}


def as_javascript(paths: Iterable[Path], folder: Path) -> tuple[dict[Path, Path], str]:
    """TypeScript and JSX without their types and tags, as modules in the folder; and what does not parse."""
    paths = list(paths)
    if not paths:
        return {}, ""
    esbuild = shutil.which("esbuild") or shutil.which("esbuild", path=MODULES / ".bin")
    assert esbuild, "esbuild is missing: run ./dev setup"
    options = [f"--outdir={folder}", "--out-extension:.js=.mjs", "--log-level=error", "--log-limit=0", "--target=node20"]
    done = subprocess.run([esbuild, *paths, *options], stderr=subprocess.PIPE, text=True, check=False)
    return {path: folder / f"{path.stem}.mjs" for path in paths}, done.stderr


def run(paths: Iterable[Path], folder: Path) -> dict[Path, Outcome]:
    """What the programs print; each has an interpreter's state of its own. The folder is for what is compiled."""
    paths = list(paths)
    compiled, errors = as_javascript([path for path in paths if path.suffix in (".ts", ".tsx", ".jsx")], folder)
    assert not errors, errors
    python = [path for path in paths if path.suffix == ".py"]
    with multiprocessing.get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        outcomes = dict(zip(python, pool.map_async(_run_python, python, chunksize=1).get(PATIENCE)))
    node = {compiled.get(path, path): path for path in paths if path.suffix != ".py"}
    return outcomes | {node[path]: outcome for path, outcome in _run_node(list(node)).items()}
