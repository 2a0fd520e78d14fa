"""The main job in a real Emacs, through editors/emacs/racewise.el: with Eglot, and with Flymake alone."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import checker
import pytest
from session import CASES, DEADLINE, EXAMPLES, PAGES, Case, check_saved, install, settings

HERE = Path(__file__).resolve().parent
PACKAGE = checker.REPOSITORY / "editors" / "emacs"


def emacs(home: Path, *arguments: str | Path, load: Path | None = PACKAGE, **variables: str) -> str:
    """Runs a batch Emacs with the packages of the system, and ours on its path; returns what it printed."""
    program = shutil.which("emacs")
    assert program, "no emacs: run ./dev setup"
    path = f"{Path(checker.program()).resolve().parent}:{os.environ['PATH']}"
    environment = os.environ | {"HOME": str(home), "LC_ALL": "C.UTF-8", "PATH": path} | variables
    found = ["-L", load] if load else []
    done = subprocess.run([program, "--batch", *found, *arguments], cwd=home, env=environment,
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
    assert way == "flymake" or racy.split(" ")[0] in report["hover"]
    assert report["ignored"] == []
    assert case.fix in report["titles"] or not report["titles"]  # a single fix needs no menu
    assert report["left"] == []
    check_saved(file, case)


TWO_RACES = """\
import asyncio

visits = {"größer 🐍": 0}
views = 0


async def record_visit():
    seen = visits["größer 🐍"]
    await asyncio.sleep(0)
    visits["größer 🐍"] = seen + 1


async def record_view():
    global views
    seen = views
    await asyncio.sleep(0)
    views = seen + 1


async def main():
    await asyncio.gather(*(record_visit() for _ in range(40)), *(record_view() for _ in range(60)))
    print(visits["größer 🐍"] + views)


asyncio.run(main())
"""


def test_fix_all(tmp_path: Path) -> None:
    file = tmp_path / "two.py"
    file.write_text(TWO_RACES, encoding="utf-8")
    assert len(checker.check([file])[file.resolve()]) == 2
    said = emacs(tmp_path, "-l", PACKAGE / "racewise.el", file, "--eval", "(progn (racewise-fix-all) (save-buffer))")
    assert "Racewise: 2 fixed" in said
    check_saved(file, Case("two.py", TWO_RACES, "", ""))


def test_audit_and_prompt(tmp_path: Path) -> None:
    file = shutil.copy(EXAMPLES / "lost_update.py", tmp_path)
    show = '(princ (with-current-buffer "*racewise audit*" (buffer-string)))'
    said = emacs(tmp_path, "-l", PACKAGE / "racewise.el", file, "--eval",
                 f'(progn (racewise-audit) {show} (racewise-prompt "test") (princ (current-kill 0)))')
    assert "open: lost-update" in said and "Write a stress test for" in said
    said = emacs(tmp_path, "-l", PACKAGE / "racewise.el", file, "--eval",
                 '(condition-case problem (racewise-prompt "fix") (user-error (princ (cadr problem))))')
    assert "the nearest finding is on line 10" in said


def test_explanations(tmp_path: Path) -> None:
    """The action on a race shows its interleaving; the command gives a rule's page."""
    file = shutil.copy(EXAMPLES / "lost_update.py", tmp_path)
    (tmp_path / "user.el").write_text("""\
(require 'eglot)
(setq last-nonmenu-event ?\\r)
(racewise-eglot-setup)
(call-interactively #'eglot)
(with-timeout (60 (error "Nothing was found"))
  (while (not (flymake-diagnostics)) (flymake-start) (accept-process-output nil 0.1)))
(goto-char (flymake-diagnostic-beg (car (flymake-diagnostics))))
(fset 'completing-read (lambda (_prompt table &rest _) (car (all-completions "Explain this race" table))))
(call-interactively #'eglot-code-actions)
(princ (jsonrpc-request (eglot--current-server-or-lose) :workspace/executeCommand
                        '(:command "racewise.explainRule" :arguments ["lost-update"])))
""")
    said = emacs(tmp_path, "-l", PACKAGE / "racewise.el", file, "-l", "user.el")
    assert re.search(r"task A +task B", said) and "# lost-update" in said, said


# What the page tells to type, by the settings it gives: the ways come in this order.
WAYS = [("flymake", "racewise-fix"), ("eglot", "eglot-code-actions")]


@pytest.mark.parametrize("way, command", WAYS, ids=[way for way, _ in WAYS])
def test_what_the_page_says_in_a_clean_home(tmp_path: Path, way: str, command: str) -> None:
    assert f"`M-x {command}`" in (PAGES / "emacs.md").read_text(encoding="utf-8")
    blocks = [settings("emacs.md", "elisp", index) for index in range(len(WAYS))]
    (tmp_path / "init.el").write_text(blocks[[each for each, _ in WAYS].index(way)])
    case = CASES[0]
    file = tmp_path / case.name
    file.write_text(case.text)
    (tmp_path / "user.el").write_text(f"""\
(setq eglot-confirm-server-initiated-edits nil create-lockfiles nil last-nonmenu-event ?\\r)
(run-hooks 'post-command-hook) ; after which Eglot connects
(with-timeout (60 (error "Nothing was found"))
  (while (not (flymake-diagnostics)) (flymake-start) (accept-process-output nil 0.1)))
(goto-char (flymake-diagnostic-beg (car (flymake-diagnostics))))
(fset 'completing-read (lambda (_prompt table &rest _) (car (all-completions "" table))))
(call-interactively #'{command})
(save-buffer)
""")
    emacs(tmp_path, "-l", "init.el", file, "-l", "user.el", load=None, PATH=install(tmp_path, "emacs.md"))
    check_saved(file, case)


def test_check_a_project(tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "lost_update.py", tmp_path)
    wait = "(while (get-buffer-process \"*compilation*\") (accept-process-output nil 0.1))"
    show = "(princ (with-current-buffer \"*compilation*\" (buffer-string)))"
    said = emacs(tmp_path, "-l", PACKAGE / "racewise.el", "--eval",
                 f"(progn (racewise-check-project default-directory) {wait} {show})")
    assert "lost_update.py:10:5: error[lost-update]" in said


def test_the_package_compiles_without_warnings(tmp_path: Path) -> None:
    copy = shutil.copy(PACKAGE / "racewise.el", tmp_path)
    emacs(tmp_path, "--eval", "(setq byte-compile-error-on-warn t)", "-f", "batch-byte-compile", copy)


# What it says of a package whose home is not known yet, of Eglot, which may be a package of its own, and, in Debian 12, of
# an Emacs newer than itself.
UNAVOIDABLE = ["Package should have a Homepage or URL header", "if you need `eglot",
               "uninstallable in all released Emacs versions"]


def test_packagers_have_nothing_else_to_complain_of(tmp_path: Path) -> None:
    said = emacs(tmp_path, "-l", "package-lint", "--eval",
                 f'(with-current-buffer (find-file-noselect "{PACKAGE / "racewise.el"}")'
                 ' (dolist (each (package-lint-buffer)) (princ (format "lint: %S\n" each))))')
    complaints = [line for line in said.splitlines() if line.startswith("lint: ")]
    assert [line for line in complaints if not any(known in line for known in UNAVOIDABLE)] == []


def test_the_documentation_keeps_to_the_conventions(tmp_path: Path) -> None:
    said = emacs(tmp_path, "--eval", f'(checkdoc-file "{PACKAGE / "racewise.el"}")')
    assert "racewise.el:" not in said
