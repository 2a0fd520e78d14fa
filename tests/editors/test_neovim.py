"""The main job in a real Neovim: from typing the race to the program that is right."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import checker
import pytest

HERE = Path(__file__).resolve().parent
EXAMPLES = checker.REPOSITORY / "examples"

BEHIND_WIDE_CHARACTERS = """\
import asyncio


class Counter:
    def __init__(self):
        self.count = 0

    async def add(self, label):
        self.count += len("é🐍") - 2 + await length(label)  # größer 🐍


async def length(label):
    await asyncio.sleep(0)
    return len(label)


async def main():
    counter = Counter()
    await asyncio.gather(*(counter.add("é🐍") for _ in range(50)))
    print(counter.count)


asyncio.run(main())
"""

RUNNERS = {".py": sys.executable, ".js": "node"}


def session(tmp_path: Path, name: str, text: str, write: str) -> str:
    """Types the text, takes the fix, saves; returns what the saved program prints. `write` starts the racy write."""
    neovim = shutil.which("nvim")
    assert neovim, "no nvim: run ./dev setup"
    file, typed = tmp_path / name, tmp_path / "typed.txt"
    typed.write_text(text, encoding="utf-8")
    lines = text.encode().split(b"\n")
    row = next(i for i, line in enumerate(lines) if write.encode() in line)
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
        "SESSION_FILE": str(file),
        "SESSION_TEXT": str(typed),
        "SESSION_SERVER": checker.program(),
        "SESSION_PLUGIN": str(checker.REPOSITORY / "editors" / "neovim"),
        "SESSION_LINE": str(row),
        "SESSION_COLUMN": str(lines[row].index(write.encode())),
    }
    command = [neovim, "--headless", "--clean", "-c", f"luafile {HERE / 'neovim_session.lua'}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    log = "\n".join(path.read_text(errors="replace")[-4000:] for path in tmp_path.rglob("lsp.log"))
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}\n{log}"
    assert checker.run("check", file).returncode == 0, "the saved file still has findings"
    ran = subprocess.run([RUNNERS[file.suffix], file], capture_output=True, text=True, timeout=60, check=True)
    return ran.stdout.strip()


@pytest.mark.parametrize("name", ["lost_update.py", "lost_update.js"])
def test_type_the_example_and_fix_it(tmp_path: Path, name: str) -> None:
    text = (EXAMPLES / name).read_text(encoding="utf-8").rstrip("\n")
    assert session(tmp_path, name, text, "visits = seen + 1") == "100"


def test_edits_behind_characters_of_several_units(tmp_path: Path) -> None:
    assert session(tmp_path, "counter.py", BEHIND_WIDE_CHARACTERS.rstrip("\n"), "self.count += len") == "100"
