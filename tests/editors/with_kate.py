"""The main job in Kate, with the settings that docs/editors/kate.md shows. `./dev kate` runs it on a screen of its own.

What Kate and the server say to each other is read from the record of the session, what is done is done with the keyboard.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import checker
import pytest
from session import DEADLINE, TYPED, Case, check_saved, install, settings


class Desktop:
    """A screen with a keyboard, on which one Kate runs with a home folder of its own."""

    def __init__(self, home: Path, display: str) -> None:
        self.home = home
        self.record = home / "session.record"
        self.environment = os.environ | {
            "HOME": str(home), "XDG_RUNTIME_DIR": str(home / "run"), "LC_ALL": "C.UTF-8", "DISPLAY": display,
            "PATH": install(home, "kate.md")}
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            self.environment.pop(f"XDG_{name}_HOME", None)
        (home / "run").mkdir(mode=0o700)

    def configure(self) -> None:
        """Puts Kate's settings where the page says, and has the program record what is said."""
        program = self.home / ".local" / "bin" / "racewise"
        program.unlink()
        program.write_text(f'#!/bin/sh\nexec "{Path(checker.program()).resolve()}" "$@" --record "{self.record}"\n')
        program.chmod(0o755)
        file = self.home / ".config" / "kate" / "lspclient" / "settings.json"
        file.parent.mkdir(parents=True)
        file.write_text(settings("kate.md", "json"))

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        assert shutil.which("kate"), "no kate: run ./dev kate"
        with (self.home / "kate.log").open("w") as log:
            return subprocess.Popen(["dbus-run-session", "--", "kate", "--new", "--block", *arguments], cwd=self.home,
                                    env=self.environment, stdout=log, stderr=log, start_new_session=True)

    def xdotool(self, *arguments: str) -> str:
        return subprocess.run(["xdotool", *arguments], env=self.environment, capture_output=True, text=True,
                              check=False).stdout

    def windows(self, kind: str = "--class", pattern: str = "^kate$") -> list[str]:
        """The windows that can be seen; a menu has a class, but no title."""
        return self.xdotool("search", "--onlyvisible", kind, pattern).split()

    def press(self, title: str, keys: list[str], what: str, condition: Callable[[], bool]) -> None:
        """Presses keys in a window until they have worked: a window that has just come up may not take them yet."""
        self.wait(f"the window {title}", lambda: self.windows("--name", f"^{title}") != [])
        end = time.monotonic() + DEADLINE / 10
        while not condition():
            assert time.monotonic() < end, f"waited in vain for {what}"
            self.xdotool("windowfocus", *self.windows("--name", f"^{title}")[:1])
            self.xdotool("key", *keys)
            once = time.monotonic() + 3
            while time.monotonic() < once and not condition():
                time.sleep(0.1)

    def said(self, side: str, method: str) -> list[dict[str, Any]]:
        """What one side has said so far under a method, which is "result" for answers."""
        lines = self.record.read_text(encoding="utf-8").split("\n")[:-1] if self.record.exists() else []
        messages = [json.loads(line) for line in lines]
        bodies = [json.loads(message["body"]) for message in messages if message["from"] == side]
        return [body for body in bodies if body.get("method") == method or (method == "result" and "result" in body)]

    def diagnostics(self) -> list[dict[str, Any]]:
        published = self.said("server", "textDocument/publishDiagnostics")
        return published[-1]["params"]["diagnostics"] if published else []

    def keys(self, *keys: str) -> None:
        self.xdotool("key", *keys)

    def wait(self, what: str, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + DEADLINE / 10
        while not condition():
            assert time.monotonic() < end, f"waited in vain for {what}:\n{(self.home / 'kate.log').read_text()}"
            time.sleep(0.1)


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    reading, writing = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
                              pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as number:
        yield f":{number.readline().strip()}"
    server.terminate()
    server.wait()


@pytest.fixture
def desktop(tmp_path: Path, display: str) -> Iterator[Desktop]:
    desktop = Desktop(tmp_path, display)
    desktop.configure()
    yield desktop


def titles(desktop: Desktop) -> list[str]:
    """Those of the fixes that were offered last."""
    lists = [answer["result"] for answer in desktop.said("server", "result") if isinstance(answer["result"], list)]
    return [action["title"] for action in lists[-1]] if lists else []


@pytest.mark.parametrize("case", TYPED, ids=lambda case: case.name)
def test_see_the_race_and_fix_it(desktop: Desktop, case: Case) -> None:
    file = desktop.home / case.name
    file.write_text(case.text, encoding="utf-8")
    line, before, _ = case.place()
    kate = desktop.start("--line", str(line + 1), "--column", str(len(before) + 1), file.name)
    try:
        desktop.press("LSP server start requested", ["Return"], "the server", lambda: desktop.record.exists())
        desktop.wait("the diagnostic", lambda: [each["code"] for each in desktop.diagnostics()] == ["lost-update"])
        desktop.press(case.name, ["alt+Return"], "the menu", lambda: len(desktop.windows()) > 1)
        desktop.wait("the fixes", lambda: case.fix in titles(desktop))
        desktop.keys(*["Down"] * (titles(desktop).index(case.fix) + 1), "Return")
        desktop.wait("the fix", lambda: desktop.diagnostics() == [])
        desktop.press(case.name, ["ctrl+s"], "the saved file", lambda: file.read_text(encoding="utf-8") != case.text)
        desktop.keys("ctrl+q")
        kate.wait(DEADLINE / 10)
        check_saved(file, case)
    finally:
        if kate.poll() is None:
            os.killpg(kate.pid, signal.SIGKILL)
