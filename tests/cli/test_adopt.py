"""What it takes to adopt `racewise check` in an old code base: baselines, comments, limits, which files."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import termios
from pathlib import Path

import checker
import pytest

RACY = (checker.REPOSITORY / "examples" / "lost_update.py").read_text(encoding="utf-8")
RACY_JS = (checker.REPOSITORY / "examples" / "lost_update.js").read_text(encoding="utf-8")
QUIET = "print('hello')\n"
WARNING = """\
import asyncio

class Session:
    def __init__(self):
        self.token = None

    async def login(self):
        if self.token is None:
            self.token = await fetch()

async def main():
    session = Session()
    await asyncio.gather(session.login(), session.login())

asyncio.run(main())
"""


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.chdir(tmp_path)


def write(path: str, text: str = QUIET) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def check(*arguments: str) -> subprocess.CompletedProcess[str]:
    return checker.run("check", *arguments)


def shown(*arguments: str) -> list[str]:
    done = check("--show-files", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def git(*arguments: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.invalid", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


# --- Baseline


def test_what_a_baseline_knows_is_not_reported() -> None:
    write("a.py", RACY)
    done = check("--baseline=known.json", "--write-baseline")
    assert (done.returncode, done.stdout, done.stderr) == (0, "Wrote 1 finding to known.json.\n", "")
    done = check("--baseline=known.json")
    assert (done.returncode, done.stdout) == (0, "No findings in 1 file; 1 more is in the baseline.\n")
    write("b.py", WARNING)
    done = check("--baseline=known.json", "--output-format=json")
    assert [finding["path"] for finding in json.loads(done.stdout)["findings"]] == ["b.py"]


def test_a_baseline_knows_by_content_and_not_by_line() -> None:
    file = write("a.py", RACY)
    check("--baseline=known.json", "--write-baseline")
    file.write_text("# one\n# more\n" + RACY, encoding="utf-8")
    assert check("--baseline=known.json").returncode == 0
    file.write_text(RACY.replace("visits = seen + 1", "visits = seen + 2"), encoding="utf-8")
    assert check("--baseline=known.json").returncode == 1


def test_a_second_finding_of_the_same_kind_is_new() -> None:
    method = WARNING[WARNING.index("        if self.token") : WARNING.index("async def main")]
    write("a.py", WARNING)
    check("--baseline=known.json", "--write-baseline")
    write("a.py", WARNING.replace(method, method.rstrip() + "\n" + method))
    findings = json.loads(check("--baseline=known.json", "--output-format=json").stdout)["findings"]
    assert len(findings) == len(json.loads(check("--output-format=json").stdout)["findings"]) - 1 >= 1


def test_a_baseline_is_stable_and_read_from_anywhere() -> None:
    write("src/b.js", RACY_JS)
    write("src/a.py", RACY)
    check("--baseline=known.json", "--write-baseline", "src")
    first = Path("known.json").read_bytes()
    check("--baseline=known.json", "--write-baseline", "--jobs=1", "src/b.js", "src/a.py")
    assert Path("known.json").read_bytes() == first
    assert [finding["path"] for finding in json.loads(first)["findings"]] == ["src/a.py", "src/b.js"]
    done = checker.run("check", "--baseline=../known.json", cwd="src")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "--write-baseline writes the baseline"),
        ("{", "is not valid JSON"),
        ('{"version": 2, "findings": []}', "is no baseline of this version"),
        ('{"version": 1, "findings": [{"path": "a.py"}]}', "finding 1 is not complete"),
    ],
)
def test_a_baseline_that_is_none(content: str | None, said: str) -> None:
    if content is not None:
        write("known.json", content)
    done = check("--baseline=known.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_baseline_that_cannot_be_written_stays_as_it_is() -> None:
    write("a.py", RACY)
    done = check("--baseline=no/such/folder.json", "--write-baseline")
    assert done.returncode == 2
    assert "no/such/folder.json: cannot be written" in done.stderr
    assert "needs --baseline=FILE" in check("--write-baseline").stderr


# --- Comments


@pytest.mark.parametrize(("name", "text", "mark"), [("a.py", RACY, "#"), ("a.js", RACY_JS, "//")])
def test_add_ignore_hides_what_is_found_with_the_reason(name: str, text: str, mark: str) -> None:
    file = write(name, text)
    done = check("--add-ignore=only one worker runs this")
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("Hid 1 finding by comments; no findings left")
    (line,) = [line for line in file.read_text(encoding="utf-8").splitlines() if "ignore" in line]
    assert line.endswith(f"{mark} racewise: ignore[lost-update] -- only one worker runs this")
    assert check().returncode == 0
    before = file.read_bytes()
    check("--add-ignore=again")
    assert file.read_bytes() == before


def test_add_ignore_names_all_rules_of_a_line_once() -> None:
    both = "async def main():\n    asyncio.create_task(f()); asyncio.create_task(f())\n\nasync def f(): pass\n"
    file = write("a.py", "import asyncio\n" + both)
    assert json.loads(check("--output-format=json").stdout)["findings"][1:]
    assert check("--add-ignore=they end soon").returncode == 0
    assert file.read_text(encoding="utf-8").count("racewise: ignore[dangling-task] -- they end soon") == 1


def test_add_ignore_takes_only_what_is_selected() -> None:
    file = write("a.py", RACY)
    assert check("--add-ignore=why", "--select=toctou").returncode == 0
    assert file.read_text(encoding="utf-8") == RACY


def test_add_ignore_shows_a_diff_first() -> None:
    file = write("a.py", RACY)
    done = check("--add-ignore=why", "--diff")
    assert done.returncode == 1
    assert "+    visits = seen + 1  # racewise: ignore[lost-update] -- why" in done.stdout
    assert file.read_text(encoding="utf-8") == RACY


@pytest.mark.parametrize("arguments", [["--add-ignore="], ["--add-ignore=a\nb"], ["--add-ignore=a", "--fix"]])
def test_add_ignore_wants_a_reason_alone(arguments: list[str]) -> None:
    write("a.py", RACY)
    done = check(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--add-ignore" in done.stderr


# --- Exit status


def test_max_warnings() -> None:
    write("a.py", WARNING)
    assert check().returncode == 1
    assert check("--max-warnings=1").returncode == 0
    done = check("--max-warnings=0")
    assert done.returncode == 1
    assert "1 warning, more than the 0 of --max-warnings" in done.stderr
    assert check("--max-warnings=0", "--exit-zero").returncode == 0
    write("a.py", RACY)
    assert check("--max-warnings=9").returncode == 1, "an error fails whatever the limit"
    assert "at least 0" in check("--max-warnings=-1").stderr


# --- Which files


def test_show_files_lists_and_checks_nothing() -> None:
    write("b/racy.py", RACY)
    write("a.js")
    assert shown() == ["a.js", "b/racy.py"]
    assert shown("b") == ["b/racy.py"]
    check("--show-files", "-o", "list")
    assert Path("list").read_text(encoding="utf-8") == "a.js\nb/racy.py\n"


def test_globs_leave_files_out_or_in() -> None:
    for name in ("src/a.py", "src/gen/b.py", "tests/test_a.py", "web/c.ts"):
        write(name)
    assert shown("--exclude=tests,*.ts") == ["src/a.py", "src/gen/b.py"]
    assert shown("--exclude", "src/gen/**", "--exclude", "web") == ["src/a.py", "tests/test_a.py"]
    assert shown("--include=*.ts") == ["web/c.ts"]
    assert shown("--include=src", "--exclude=gen") == ["src/a.py"]
    assert shown("--exclude=tests", "tests/test_a.py") == ["tests/test_a.py"]
    assert shown("--exclude=tests", "--force-exclude", "tests/test_a.py", "src/a.py") == ["src/a.py"]


def test_force_exclude_holds_for_configuration_and_defaults() -> None:
    write("racewise.toml", 'exclude = ["old"]\n')
    for name in ("old/a.py", "node_modules/b.js", "c.py"):
        write(name)
    named = ["old/a.py", "node_modules/b.js", "c.py"]
    assert shown(*named) == sorted(named)
    assert shown("--force-exclude", *named) == ["c.py"]


def test_changed_since_asks_git() -> None:
    git("init")
    for name in ("same.py", "changed.py", "gone.py", "sub/same.py"):
        write(name)
    git("add", ".")
    git("commit", "-m", "first")
    write("changed.py", RACY)
    git("commit", "-am", "second")
    write("new.py")
    write("sub/new.py")
    Path("gone.py").unlink()
    assert shown("--changed-since=HEAD") == ["new.py", "sub/new.py"]
    assert shown("--changed-since=HEAD~1") == ["changed.py", "new.py", "sub/new.py"]
    assert shown("--changed-since=HEAD~1", "changed.py", "same.py") == ["changed.py"]
    done = checker.run("check", "--show-files", "--changed-since=HEAD", cwd="sub")
    assert done.stdout == "new.py\n"
    assert 'git knows no revision "nowhere"' in check("--changed-since=nowhere").stderr
    assert 'git knows no revision "--help"' in check("--changed-since=--help").stderr


def test_changed_since_is_where_the_branch_left() -> None:
    git("init")
    write("a.py")
    git("add", ".")
    git("commit", "-m", "first")
    git("checkout", "-b", "topic")
    write("mine.py")
    git("add", ".")
    git("commit", "-m", "mine")
    git("checkout", "main")
    write("theirs.py")
    git("add", ".")
    git("commit", "-m", "theirs")
    git("checkout", "topic")
    assert shown("--changed-since=main") == ["mine.py"]


def test_changed_since_outside_of_git() -> None:
    write("a.py")
    done = check("--changed-since=HEAD")
    assert done.returncode == 2
    assert "no working copy of git" in done.stderr


# --- In a terminal


def in_terminal(*arguments: str, term: str = "xterm-256color") -> str:
    """What a terminal of 80 columns is sent."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    process = subprocess.Popen(
        [checker.program(), "check", *arguments],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=dict(os.environ) | {"TERM": term},
    )
    os.close(slave)
    sent = b""
    while select.select([master], [], [], 60)[0]:
        try:
            chunk = os.read(master, 65536)
        except OSError:
            break
        if not chunk:
            break
        sent += chunk
    process.wait()
    os.close(master)
    return sent.decode(errors="replace")


def long_run() -> None:
    """A tree that takes a sanitized build a second or more."""
    lines = "".join(f"async def f{i}(s):\n    x = s.a{i}\n    await g()\n    s.a{i} = x + 1\n" for i in range(200))
    for number in range(120):
        write(f"{number:03}.py", lines)


def test_a_long_run_shows_how_far_it_is_and_clears_the_line() -> None:
    long_run()
    sent = in_terminal()
    bars = re.findall(r"\r\[([=> ]{30})\] (\d+)/120 files\x1b\[K", sent)
    assert bars
    counts = [int(count) for _, count in bars]
    assert counts == sorted(counts)
    behind = sent[sent.rindex("/120 files") :]
    assert "\r\x1b[K" in behind, "the line is cleared in the end"
    assert "No findings in 120 files" in behind


@pytest.mark.parametrize("arguments", [["--quiet"], ["--verbose"]])
def test_no_progress_where_it_is_not_wanted(arguments: list[str]) -> None:
    long_run()
    assert "/120 files" not in in_terminal(*arguments)


def test_no_progress_outside_of_a_terminal_or_in_a_dumb_one() -> None:
    long_run()
    assert check().stderr == ""
    assert "/120 files" not in in_terminal(term="dumb")


def test_a_terminal_gets_colour_unless_it_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.py", RACY)
    assert "\x1b[1;31m" in in_terminal()
    assert "\x1b[" not in in_terminal("--color=never")
    for name, value in (("NO_COLOR", "1"), ("CLICOLOR", "0")):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            assert "\x1b[" not in in_terminal()
