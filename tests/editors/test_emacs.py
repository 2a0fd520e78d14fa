"""The main job in a real Emacs, through editors/emacs/racewise.el: with Eglot, and with Flymake alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import checker
import pytest
from session import CASES, DEADLINE, Case, check_saved

HERE = Path(__file__).resolve().parent
PACKAGE = checker.REPOSITORY / "editors" / "emacs"


def emacs(home: Path, *arguments: str | Path, **variables: str) -> str:
    """Runs a batch Emacs with the packages of the system; returns what it printed."""
    program = shutil.which("emacs")
    assert program, "no emacs: run ./dev setup"
    path = f"{Path(checker.program()).resolve().parent}:{os.environ['PATH']}"
    environment = os.environ | {"HOME": str(home), "LC_ALL": "C.UTF-8", "PATH": path} | variables
    done = subprocess.run([program, "--batch", "-L", PACKAGE, *arguments], cwd=home, env=environment,
                          capture_output=True, text=True, timeout=DEADLINE, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


@pytest.mark.parametrize("way", ["eglot", "flymake"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_type_the_race_and_fix_it(tmp_path: Path, case: Case, way: str) -> None:
    file, told, session = tmp_path / case.name, tmp_path / "report.json", tmp_path / "session.json"
    session.write_text(json.dumps(
        {"file": str(file), "text": case.text, "fix": case.fix, "way": way, "report": str(told)}))
    emacs(tmp_path, "-l", HERE / "emacs_session.el", SESSION=str(session))
    report = json.loads(told.read_text(encoding="utf-8"))
    assert report["typed"] == case.text
    [found] = report["found"]
    line, before, racy = case.place()
    assert found["code"] == "lost-update"
    assert (found["line"], found["end_line"]) == (line, line)
    assert (found["column"], found["end_column"]) == (len(before), len(before) + len(racy))
    assert case.fix in report["titles"] or not report["titles"]  # a single fix needs no menu
    assert report["left"] == []
    check_saved(file, case)


def test_the_package_compiles_without_warnings(tmp_path: Path) -> None:
    copy = shutil.copy(PACKAGE / "racewise.el", tmp_path)
    emacs(tmp_path, "--eval", "(setq byte-compile-error-on-warn t)", "-f", "batch-byte-compile", copy)


def test_the_documentation_keeps_to_the_conventions(tmp_path: Path) -> None:
    said = emacs(tmp_path, "--eval", f'(checkdoc-file "{PACKAGE / "racewise.el"}")')
    assert "racewise.el:" not in said
