"""The main job in a real Vim with ALE, set up as docs/editors/vim.md shows it."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
from pathlib import Path
from typing import Any

import checker
import pytest
from session import DEADLINE, TYPED, Case, check_saved, install, settings

HERE = Path(__file__).resolve().parent


def play(home: Path, case: Case) -> dict[str, Any]:
    """A session on a terminal, which Vim wants to have."""
    program = shutil.which("vim")
    assert program, "no vim: run ./dev setup"
    report, session = home / "report.json", home / "session.json"
    session.write_text(json.dumps(
        {"file": str(home / case.name), "text": case.text, "fix": case.fix, "report": str(report)}))
    (home / ".vimrc").write_text(settings("vim.md", "vim"))
    environment = os.environ | {"HOME": str(home), "LC_ALL": "C.UTF-8", "TERM": "xterm", "SESSION": str(session),
                                "PATH": install(home, "vim.md")}
    screen, terminal = pty.openpty()
    with subprocess.Popen([program, "-S", HERE / "vim_session.vim", case.name], cwd=home, env=environment,
                          stdin=terminal, stdout=terminal, stderr=terminal) as vim:
        os.close(terminal)
        drain(screen)
        assert vim.wait(DEADLINE) == 0
    return json.loads(report.read_text(encoding="utf-8"))


def drain(screen: int) -> None:
    """Reads what comes until the other side is closed."""
    with os.fdopen(screen, "rb", buffering=0) as stream:
        try:
            while stream.read(4096):
                pass
        except OSError:  # how Linux tells that nobody has the terminal any more
            pass


# ALE 3.3 takes columns for bytes: it shows and edits another place in a line with other characters.
ASCII = [case for case in TYPED if case.text.isascii()]


@pytest.mark.parametrize("case", ASCII, ids=lambda case: case.name)
def test_type_the_race_and_fix_it(tmp_path: Path, case: Case) -> None:
    report = play(tmp_path, case)
    assert "problem" not in report, report
    assert report["typed"] == case.text
    [found] = report["found"]
    line, before, racy = case.place()
    assert (found["linter_name"], found["code"]) == ("racewise", "lost-update")
    assert (found["lnum"], found["end_lnum"]) == (line + 1, line + 1)
    assert found["col"] == len(before) + 1
    assert racy.split(" ")[0] in report["hover"]
    assert case.fix in report["menu"]
    assert report["left"] == []
    check_saved(tmp_path / case.name, case)
