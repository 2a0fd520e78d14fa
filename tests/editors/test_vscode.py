"""The VS Code extension builds, and finds the program to start. test_vscode_session.py runs it in VS Code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from code_server import EXTENSION, PACKAGES, platform
from session import DEADLINE

MODULES = PACKAGES / "vscode" / "node_modules"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The extension's sources beside its packages."""
    assert MODULES.is_dir(), "the extension's packages are missing: run ./dev setup"
    copy = tmp_path / "extension"
    shutil.copytree(EXTENSION, copy, ignore=shutil.ignore_patterns("node_modules", "dist"))
    (copy / "node_modules").symlink_to(MODULES.resolve())
    return copy


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=DEADLINE, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def test_types(copy: Path) -> None:
    run(copy, "npm", "run", "--silent", "check")


def test_the_bundle_stands_alone(copy: Path) -> None:
    run(copy, "npm", "run", "--silent", "build")
    (copy / "node_modules").unlink()
    vscode = copy / "node_modules" / "vscode"  # only what is looked at while loading
    vscode.mkdir(parents=True)
    (vscode / "index.js").write_text(
        "module.exports = new Proxy({}, { get: (_, name) => name === 'version' ? '1.82.0' : class {} });")
    said = run(copy, "node", "-p", "Object.keys(require('./dist/extension.js')).sort().join()")
    assert said.strip() == "activate,deactivate"


def test_what_names_a_program_is_no_business_of_a_workspace() -> None:
    settings = json.loads((EXTENSION / "package.json").read_text())["contributes"]["configuration"]["properties"]
    assert settings["racewise.path"]["scope"] == "machine"


def find(copy: Path, **places: object) -> dict[str, str] | None:
    bundle = copy / "program.js"
    run(copy, "npx", "--no-install", "esbuild", "src/program.ts", "--bundle", "--platform=node", f"--outfile={bundle}")
    call = f"JSON.stringify(require('./program.js').findProgram({json.dumps(places)}) ?? null)"
    return json.loads(run(copy, "node", "-p", call))


def put(folder: Path) -> str:
    folder.mkdir(parents=True)
    program = folder / "racewise"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return str(program)


def test_which_program_is_started(copy: Path, tmp_path: Path) -> None:
    folder, bundle = str(tmp_path / "project"), str(tmp_path / "bundle")
    path = os.pathsep.join(["", str(tmp_path / "none"), str(tmp_path / "bin")])
    places = {"setting": "", "folders": [folder], "path": path, "bundle": bundle}
    put(tmp_path / "bundle" / "other-platform")
    assert find(copy, **places) is None
    bundled = put(tmp_path / "bundle" / platform())
    assert find(copy, **places) == {"path": bundled, "found": "bundled"}
    installed = put(tmp_path / "bin")
    assert find(copy, **places) == {"path": installed, "found": "PATH"}
    own = put(tmp_path / "project" / "node_modules" / ".bin")
    assert find(copy, **places) == {"path": own, "found": "project"}
    assert find(copy, **places | {"folders": []}) == {"path": installed, "found": "PATH"}
    assert find(copy, **places | {"setting": "/x/racewise"}) == {"path": "/x/racewise", "found": "setting"}
