"""Which files `racewise check` takes, and how it reads them."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import checker
import pytest

RACY = (checker.REPOSITORY / "examples" / "lost_update.py").read_text(encoding="utf-8")
RACY_JS = (checker.REPOSITORY / "examples" / "lost_update.js").read_text(encoding="utf-8")
QUIET = "print('hello')\n"


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.chdir(tmp_path)


def write(path: str, text: str | bytes = QUIET) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def check(*arguments: str, **kwargs) -> subprocess.CompletedProcess[str]:
    return checker.run("check", *arguments, **kwargs)


def shown(*arguments: str, **kwargs) -> list[str]:
    done = check("--show-files", *arguments, **kwargs)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


# --- What git ignores


@pytest.fixture
def working_copy() -> None:
    subprocess.run(["git", "init", "-q", "."], check=True)
    write(".gitignore", "/out/\n*.gen.py\n!keep.gen.py\n")
    for name in ("a.py", "b.gen.py", "keep.gen.py", "out/c.py", "src/out/d.py", "src/e.gen.py", "src/f.ts"):
        write(name)
    write("src/.gitignore", "f.ts\n")


def test_what_git_ignores_is_left_out(working_copy: None) -> None:
    assert shown() == ["a.py", "keep.gen.py", "src/out/d.py"]
    assert shown("src") == ["src/out/d.py"]
    assert shown("./src/") == ["src/out/d.py"]
    assert shown(cwd="src") == ["out/d.py"]
    assert shown("..", cwd="src") == ["../a.py", "../keep.gen.py", "../src/out/d.py"]
    assert shown(str(Path.cwd())) == [f"{Path.cwd()}/{name}" for name in ("a.py", "keep.gen.py", "src/out/d.py")]
    assert "b.gen.py" in shown("--no-respect-gitignore")


def test_what_was_asked_for_is_checked_though_git_ignores_it(working_copy: None) -> None:
    assert shown("out") == ["out/c.py"]
    assert shown("b.gen.py") == ["b.gen.py"]


def test_tracked_files_are_not_ignored(working_copy: None) -> None:
    subprocess.run(["git", "add", "-f", "b.gen.py"], check=True)
    assert "b.gen.py" in shown()


def test_a_working_copy_inside_has_its_own_rules(working_copy: None) -> None:
    write("sub/a.py")
    write("sub/b.py")
    write("sub/.gitignore", "b.py\n")
    subprocess.run(["git", "init", "-q", "sub"], check=True)
    assert "sub/a.py" in shown() and "sub/b.py" not in shown()


def test_a_hook_of_git_does_not_mislead(working_copy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert shown("src") == ["src/out/d.py"]


def test_without_the_git_program_nothing_is_ignored(working_copy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert "b.gen.py" in shown()


def test_a_gitignore_outside_of_git_counts_for_nothing() -> None:
    write(".gitignore", "a.py\n")
    write("a.py")
    assert shown() == ["a.py"]


# --- Scripts


def test_scripts_without_an_ending_are_known_by_their_first_line() -> None:
    write("bin/serve", "#!/usr/bin/env python3\n" + RACY)
    write("bin/tool", "#!/usr/bin/env node\n" + RACY_JS)
    write("bin/other", "#!/bin/sh\n")
    write("LICENSE", "MIT\n")
    write("data.txt", "#!/usr/bin/env python3\n")
    assert shown() == ["bin/serve", "bin/tool"]
    findings = json.loads(check("--output-format=json").stdout)["findings"]
    assert [finding["path"] for finding in findings] == ["bin/serve", "bin/tool"]
    done = check("LICENSE")
    assert done.returncode == 2
    assert "nor by its first line" in done.stderr


def test_pipes_and_sockets_are_no_files() -> None:
    os.mkfifo("pipe.py")
    os.mkfifo("pipe")
    write("a.py")
    assert shown() == ["a.py"]


# --- Encodings


@pytest.mark.parametrize(
    ("line", "encoding"),
    [
        ("# -*- coding: latin-1 -*-\n", "latin-1"),
        ("#!/usr/bin/python\n# vim: set fileencoding=iso_8859_15 :\n", "iso-8859-15"),
        ("\n# coding=cp1252\n", "cp1252"),
        ("# coding: euc-jp\n", "euc-jp"),
        ("# coding: shift_jis\n", "shift_jis"),
    ],
)
def test_a_coding_line_is_followed_and_kept_by_changes(line: str, encoding: str) -> None:
    name = "目録" if encoding in ("euc-jp", "shift_jis") else "zähler"
    text = line + RACY.replace("    visits = seen + 1", f"    '{name}'; visits = seen + 1")
    file = write("old.py", text.encode(encoding))
    (finding,) = json.loads(check("--output-format=json").stdout)["findings"]
    assert finding["range"]["start"]["column"] == len(f"    '{name}'; ") + 1
    assert check("--add-ignore=why").returncode == 0
    changed = file.read_bytes().decode(encoding)
    assert changed == text.replace("seen + 1\n", "seen + 1  # racewise: ignore[lost-update] -- why\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"# coding: klingon\nx = '\xff'\n", 'is neither UTF-8 nor "klingon", as it says'),
        (b"# coding: ascii\nx = '\xff'\n", 'is neither UTF-8 nor "ascii"'),
        (b"x = 1\n\n# coding: latin-1\ny = '\xff'\n", "is not UTF-8 (line 4)"),
        (b"x = 1\n# coding: latin-1\ny = '\xff'\n", "is not UTF-8 (line 3)"),
    ],
)
def test_a_coding_line_that_does_not_help(content: bytes, said: str) -> None:
    write("old.py", content)
    done = check("old.py")
    assert done.returncode == 2
    assert said in done.stderr


def test_a_change_that_the_encoding_has_no_room_for_changes_nothing() -> None:
    content = ("# coding: latin-1\n# \u00e4\n" + RACY).encode("latin-1")
    file = write("old.py", content)
    done = check("--add-ignore=only \u65e5 runs")
    assert done.returncode == 2
    assert 'cannot be replaced: "latin-1" has no room' in done.stderr
    assert file.read_bytes() == content


# --- What no person wrote


@pytest.mark.parametrize(
    "head",
    [
        "# @generated by a tool\n",
        "# Generated by the protocol buffer compiler.  DO NOT EDIT!\n",
        '"""Client.\n"""\n# Code generated by x; do not edit.\n',
    ],
)
def test_generated_files_are_left_out_unless_named(head: str) -> None:
    write("made.py", head + RACY)
    write("b.py", RACY)
    done = check("--verbose", "--output-format=concise")
    assert "made.py: is generated" in done.stderr
    assert "made.py" not in done.stdout
    assert "1 minified or generated left out" in done.stdout
    assert check("made.py").returncode == 1
    assert check("made.py", "--force-exclude").returncode == 0
    write("made.py", RACY + "# more\n" * 400 + head)
    assert "made.py:" in check("--output-format=concise").stdout, "only at the top"


def test_minified_files_are_left_out_unless_named() -> None:
    body = "".join(f"var a{i}=async()=>{{let x=n;await f(x);n=x+1}};" for i in range(400))
    write("lib.js", "let n=0;" + body + "\n")
    assert "lib.js: is minified" in check("--verbose").stderr
    assert check("--verbose", "lib.js").stderr == "racewise: lib.js: analysed\n"
    write("lib.js", "let n=0;\n" + body.replace(";", ";\n"))
    assert "lib.js: analysed" in check("--verbose").stderr
