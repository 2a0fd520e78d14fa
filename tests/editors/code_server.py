"""Visual Studio Code as a web page: a code-server with a home of its own, and a browser's session in it.

`./dev setup` puts the packages of tests/editors/vscode where MODULES is.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import checker
from session import DEADLINE, PAGES

HERE = Path(__file__).resolve().parent / "vscode"
EXTENSION = checker.REPOSITORY / "editors" / "vscode"
PACKAGES = checker.REPOSITORY / "build" / "packages"
MODULES = PACKAGES / "vscode-session" / "node_modules"
ENTRY = MODULES / "code-server" / "out" / "node" / "entry.js"
SCREENSHOTS = checker.REPOSITORY / "build" / "screenshots"

# A quiet editor that changes nothing of what is typed.
SETTINGS = {
    "workbench.startupEditor": "none",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.enableExperiments": False,
    "chat.disableAIFeatures": True,
    "files.hotExit": "off",
    "files.autoSave": "off",
    "telemetry.telemetryLevel": "off",
    "update.mode": "none",
    "extensions.autoCheckUpdates": False,
    "extensions.autoUpdate": False,
    "extensions.ignoreRecommendations": True,
    "git.enabled": False,
    "npm.autoDetect": "off",
    "editor.fontFamily": "DejaVu Sans Mono",
    "editor.minimap.enabled": False,
    "editor.autoIndent": "none",
    "editor.autoClosingBrackets": "never",
    "editor.autoClosingQuotes": "never",
    "editor.quickSuggestions": False,
    "editor.suggestOnTriggerCharacters": False,
    "editor.parameterHints.enabled": False,
    "editor.trimAutoWhitespace": False,
}


def node() -> str:
    """The node that code-server wants."""
    found = list(MODULES.glob("node-linux-*/bin/node"))
    assert found, "Visual Studio Code is missing: run ./dev setup"
    return str(found[0])


def platform() -> str:
    return subprocess.run([node(), "-p", "`${process.platform}-${process.arch}`"], capture_output=True, text=True,
                          check=True).stdout.strip()


def pack(vsix: Path, target: str | None = None) -> Path:
    """Packages our extension with the program under test in it."""
    command = [EXTENSION / "pack.sh", checker.program(), target or platform(), vsix]
    done = subprocess.run(command, env=os.environ | {"NODE_MODULES": str(PACKAGES / "vscode" / "node_modules")},
                          capture_output=True, text=True, timeout=DEADLINE, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return vsix


def pack_plain(folder: Path, vsix: Path) -> Path:
    """Packages an extension that needs no building."""
    with zipfile.ZipFile(vsix, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, f"extension/{file.name}")
    return vsix


def environment(home: Path, **variables: str) -> dict[str, str]:
    """Nothing of the user's own, and no program on the PATH but those of the system."""
    return os.environ | {"HOME": str(home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"} | variables


def options(home: Path) -> list[str]:
    return ["--user-data-dir", str(home / "data"), "--extensions-dir", str(home / "extensions")]


def install(home: Path, vsix: Path) -> None:
    """As docs/editors/vscode.md says; code-server takes the same option as `code`."""
    [option] = re.findall(r"`code (\S+) FILE`", (PAGES / "vscode.md").read_text(encoding="utf-8"))
    done = subprocess.run([node(), ENTRY, *options(home), "--force", option, vsix],
                          env=environment(home), capture_output=True, text=True, timeout=DEADLINE, check=False)
    assert done.returncode == 0 and "was successfully installed" in done.stdout, f"{done.stdout}\n{done.stderr}"


@contextlib.contextmanager
def serve(home: Path, *packages: Path, settings: dict[str, Any] | None = None, **variables: str) -> Iterator[str]:
    """A code-server with some extensions; gives its address."""
    user = home / "data" / "User"
    user.mkdir(parents=True)
    (user / "settings.json").write_text(json.dumps(SETTINGS | (settings or {})))
    for vsix in packages:
        install(home, vsix)
    command = [node(), ENTRY, *options(home), "--bind-addr", "127.0.0.1:0", "--auth", "none", "--disable-telemetry",
               "--disable-update-check", "--disable-workspace-trust", "--disable-getting-started-override"]
    log = home / "code-server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, env=environment(home, **variables), stdin=subprocess.DEVNULL,
                                  stdout=output, stderr=subprocess.STDOUT)
    try:
        yield wait_for_address(server, log)
    finally:
        server.terminate()
        server.wait(DEADLINE)


def wait_for_address(server: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + DEADLINE
    while server.poll() is None and time.monotonic() < end:
        if found := re.search(r"HTTP server listening on (http://\S+?)/?\s", log.read_text(errors="replace")):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(f"code-server does not serve:\n{log.read_text(errors='replace')}")


def browse(script: str, session: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Plays a session, which one of the scripts beside this file tells what to do; returns its report."""
    chromium = shutil.which("chromium")
    assert chromium, "no chromium: run ./dev setup"
    told, report = folder / "session.json", folder / "report.json"
    told.write_text(json.dumps(session | {"report": str(report), "chromium": chromium, "folder": str(folder)}))
    done = subprocess.run([node(), HERE / script, told], env=os.environ | {"NODE_PATH": str(MODULES)},
                          capture_output=True, text=True, timeout=DEADLINE, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return json.loads(report.read_text(encoding="utf-8"))
