"""The main job in Helix, with the settings that docs/editors/helix.md shows. `./dev newer-editors` runs it in tmux."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from session import DEADLINE, TYPED, Case, check_saved, install, settings


class Terminal:
    """A terminal in which one program runs."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = os.environ | {
            "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "XDG_CACHE_HOME": str(home / "cache"),
            "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
            "PATH": install(home, "helix.md")}

    def tmux(self, *arguments: str, given: str | None = None) -> str:
        return subprocess.run(["tmux", "-S", self.home / "tmux", "-f", "/dev/null", *arguments], env=self.environment,
                              cwd=self.home, input=given, capture_output=True, text=True, check=True).stdout

    def start(self, *command: str) -> None:
        self.tmux("new-session", "-d", "-x", "160", "-y", "50", *command)

    def keys(self, *keys: str) -> None:
        self.tmux("send-keys", *keys)

    def paste(self, text: str) -> None:
        self.tmux("load-buffer", "-", given=text)
        self.tmux("paste-buffer", "-p")

    def write(self) -> None:
        self.keys("Escape")
        self.wait_for("NOR")  # what came at once would be taken for a key with Alt
        self.keys(":", "w", "Enter")

    def screen(self) -> str:
        return self.tmux("capture-pane", "-p")

    def wait(self, what: str, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + DEADLINE / 5
        while not condition():
            assert time.monotonic() < end, f"waited in vain for {what}:\n{self.screen()}"
            time.sleep(0.1)

    def wait_for(self, text: str) -> None:
        self.wait(text, lambda: text in self.screen())


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    helix = tmp_path / "config" / "helix"
    helix.mkdir(parents=True)
    (helix / "languages.toml").write_text(settings("helix.md", "toml"))
    terminal = Terminal(tmp_path)
    yield terminal
    terminal.tmux("kill-server")


@pytest.mark.parametrize("case", TYPED, ids=lambda case: case.name)
def test_type_the_race_and_fix_it(terminal: Terminal, case: Case) -> None:
    assert shutil.which("hx"), "no hx: run ./dev newer-editors"
    file = terminal.home / case.name
    terminal.start("hx", file.name)
    terminal.wait_for("NOR")
    terminal.keys("i")
    terminal.paste(case.text)
    terminal.write()
    terminal.wait("the saved file", lambda: file.exists() and file.read_text(encoding="utf-8").strip() == case.text.strip())
    line, before, _ = case.place()
    terminal.keys(f"{line + 1}", "g", "g", "g", "h", *(["l"] * len(before)))
    terminal.wait_for("is overwritten with a value")
    terminal.keys("Space", "a")
    terminal.wait_for(case.fix)
    terminal.keys("Enter")
    terminal.wait("the fix", lambda: "is overwritten with a value" not in terminal.screen())
    terminal.write()
    terminal.wait("the fixed file", lambda: file.read_text(encoding="utf-8").strip() != case.text.strip())
    check_saved(file, case)
