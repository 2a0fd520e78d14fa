"""`racewise check` from outside: which files it takes, how it answers, with which exit status."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import checker
import pytest

EXAMPLES = checker.REPOSITORY / "examples"
RACY = (EXAMPLES / "lost_update.py").read_text(encoding="utf-8")
QUIET = "print('hello')\n"


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def write(path: str, text: str | bytes = QUIET) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def files_checked(*arguments: str) -> list[str]:
    """The paths that a verbose run names, in order."""
    done = checker.run("check", "--verbose", "--quiet", "--exit-zero", *arguments)
    assert done.returncode == 0, done.stderr
    return [line.split(": ")[1] for line in done.stderr.splitlines()]


# --- Exit status and usage


def test_exit_status() -> None:
    write("quiet.py")
    write("racy.py", RACY)
    assert checker.run("check", "quiet.py").returncode == 0
    assert checker.run("check", "racy.py").returncode == 1
    assert checker.run("check", "racy.py", "--exit-zero").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--output-fromat=json"], "unknown option --output-fromat; did you mean --output-format?"),
        (["--output-format=jsno"], "did you mean json?"),
        (["--output-format"], "--output-format needs a value"),
        (["--quiet=yes"], "--quiet takes no value"),
        (["-Z"], "unknown option -Z"),
        (["--jobs=0"], "--jobs takes a number of at least 1"),
        (["--jobs", "two"], 'not "two"'),
        (["--select=lost-updates"], "did you mean lost-update"),
        (["--ignore", "nothing-like-it"], "see racewise rules"),
        (["quite.py"], "did you mean quiet.py?"),
        (["-"], "--stdin-filename"),
        (["--stdin-filename=a.py", "quiet.py"], "exclude each other"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str) -> None:
    write("quiet.py")
    done = checker.run("check", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_help_names_every_option_on_stdout() -> None:
    done = checker.run("check", "--help")
    assert done.returncode == 0
    assert all(f"--{name}" in done.stdout for name in ("output-format", "select", "jobs", "exit-zero"))


def test_two_dashes_end_the_options() -> None:
    write("--quiet.py")
    assert files_checked("--", "--quiet.py") == ["--quiet.py"]


# --- Which files


def test_folders_are_searched_for_source_files_in_order() -> None:
    taken = ("b/x.ts", "a/z.py", "a/y.mjs", "c.tsx")
    for name in (*taken, "a/notes.txt", "a/types.d.ts", "node_modules/m/i.js", "b/.venv/v.py"):
        write(name)
    assert files_checked() == ["a/y.mjs", "a/z.py", "b/x.ts", "c.tsx"]
    assert files_checked("./b/", "c.tsx", "b/x.ts") == ["b/x.ts", "c.tsx"]
    assert files_checked("node_modules") == ["node_modules/m/i.js"]
    assert "b/.venv/v.py" in files_checked("--no-default-exclude")


def test_links_between_folders_make_no_loop() -> None:
    write("a/x.py")
    Path("a/back").symlink_to("..", target_is_directory=True)
    Path("a/gone.py").symlink_to("nowhere.py")
    Path("a/linked.py").symlink_to("x.py")
    assert files_checked() == ["a/linked.py", "a/x.py"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x = '\xff'\n", "is not UTF-8 (line 1)"),
        (b"\n\nx = '\xed\xa0\x80'\n", "is not UTF-8 (line 3)"),
        (b"x = '\xe4\xbd", "is not UTF-8 (line 1)"),
        (b"a\0b", "is binary"),
        ("x = 1\n".encode("utf-16"), "is UTF-16; save it as UTF-8"),
        (b"\xfe\xff" + "x = 1\n".encode("utf-16-be"), "is UTF-16; save it as UTF-8"),
        ("x = 1\n".encode("utf-16-le"), "is binary or UTF-16, for it holds NUL bytes; save it as UTF-8"),
        (b" " * (4 << 20) + b"\n", "is larger than 4 MiB"),
    ],
)
def test_what_cannot_be_decoded_is_named_and_the_rest_goes_on(content: bytes, said: str) -> None:
    write("bad.py", content)
    write("racy.py", RACY)
    done = checker.run("check", ".")
    assert done.returncode == 1
    assert f"bad.py: {said}" in done.stderr
    assert "racy.py:" in done.stdout
    assert checker.run("check", "bad.py", "racy.py").returncode == 2, "a file asked for by name has to be read"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files_and_folders() -> None:
    write("racy.py", RACY)
    write("closed.py").chmod(0)
    write("folder/x.py").parent.chmod(0)
    done = checker.run("check", ".")
    Path("folder").chmod(0o700)
    assert done.returncode == 1
    assert "closed.py: cannot be read" in done.stderr
    assert "folder: cannot be listed" in done.stderr


def test_a_named_file_of_no_known_kind() -> None:
    write("notes.txt")
    done = checker.run("check", "notes.txt")
    assert done.returncode == 2
    assert "notes.txt: is not a Python" in done.stderr


def test_byte_order_mark_counts_as_no_column() -> None:
    write("plain.py", RACY)
    write("marked.py", b"\xef\xbb\xbf" + RACY.encode())
    plain, marked = (checker.run("check", "--output-format=json", name).stdout for name in ("plain.py", "marked.py"))
    assert marked.replace("marked.py", "plain.py") == plain


def test_stdin_under_a_name() -> None:
    done = checker.run("check", "--stdin-filename=a/b.py", "--output-format=json", stdin=RACY)
    assert done.returncode == 1
    assert {finding["path"] for finding in json.loads(done.stdout)["findings"]} == {"a/b.py"}
    assert checker.run("check", "--stdin-filename", "b.py", "-", stdin=QUIET).returncode == 0


# --- Output


def test_the_same_output_whatever_the_parallelism() -> None:
    for number in range(100):
        write(f"{number % 7}/{number}.py", RACY if number % 3 else QUIET)
    outputs = {checker.run("check", f"--jobs={jobs}").stdout for jobs in (1, 2, 5)}
    assert len(outputs) == 1


def test_text_tells_place_source_and_interleaving() -> None:
    done = checker.run("check", EXAMPLES / "lost_update.py", "--color=never")
    assert "lost_update.py:10:" in done.stdout
    assert "[lost-update]" in done.stdout
    assert "10 |     visits = seen + 1\n" in done.stdout
    assert "task A" in done.stdout
    assert "1 finding in 1 of 1 file." in done.stdout
    assert "\033" not in done.stdout


def test_a_function_without_a_name_is_told_by_its_line() -> None:
    racy = "let n = 0;\nsetInterval(async () => {\n  const old = n;\n  await save();\n  n = old + 1;\n}, 10);\n"
    write("timer.js", racy + "async function save() {}\n")
    assert "`callback on line 2` was suspended on line 4" in checker.run("check", "timer.js").stdout


def test_underlines_stand_below_wide_characters_and_tabs() -> None:
    wide = RACY.replace("    visits = seen + 1", "\t'日本';\tvisits = seen + 1").replace("    ", "\t")
    lines = checker.run("check", write("wide.py", wide)).stdout.splitlines()
    source = next(number for number, line in enumerate(lines) if "日本" in line)
    assert "|     '日本'; visits" in lines[source], "tabs go to the next multiple of four"
    assert lines[source + 1].index("^") == lines[source].index("visits") + 2


def test_colour() -> None:
    write("racy.py", RACY)
    environment = dict(os.environ)
    assert "\033[" not in checker.run("check").stdout
    assert "\033[" in checker.run("check", "--color=always").stdout
    assert "\033[" in checker.run("check", env=environment | {"CLICOLOR_FORCE": "1"}).stdout
    assert "\033[" not in checker.run("check", env=environment | {"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}).stdout


def test_control_characters_never_reach_the_terminal() -> None:
    write("racy.py", RACY.replace("any await", "any \033[31m await"))
    assert "\033" not in checker.run("check").stdout
    assert "\033" not in checker.run("check", "no\033such").stderr


def test_json_is_complete_and_positions_count_code_points() -> None:
    write("racy.py", RACY.replace("    visits = seen + 1", "    '🐍'; visits = seen + 1"))
    report = json.loads(checker.run("check", "--output-format=json").stdout)
    (finding,) = report["findings"]
    assert report["version"] == 1
    assert finding["rule"] == "lost-update"
    assert finding["range"]["start"]["line"] == 10
    assert finding["range"]["start"]["column"] == len("    '🐍'; ") + 1
    assert {"severity", "confidence", "message", "function", "variable", "related", "steps", "fixes"} <= finding.keys()


def test_json_lines_are_the_json_findings() -> None:
    shutil.copytree(EXAMPLES, "examples")
    lines = checker.run("check", "--output-format=jsonl").stdout.splitlines()
    document = json.loads(checker.run("check", "--output-format=json").stdout)
    assert [json.loads(line) for line in lines] == document["findings"]
    assert json.loads(checker.run("check", "--output-format=json", "--ignore=lost-update").stdout)["findings"] == []


def test_concise_has_a_line_per_finding() -> None:
    write("racy.py", RACY)
    (line,) = checker.run("check", "--output-format=concise", "--quiet").stdout.splitlines()
    assert line.startswith("racy.py:10:")


def test_a_path_that_is_not_utf8_still_makes_json() -> None:
    write(os.fsdecode(b"r\xe9cy.py"), RACY)
    done = checker.run("check", "--output-format=json")
    assert [finding["path"] for finding in json.loads(done.stdout)["findings"]] == ["r\ufffdcy.py"]


def test_output_file() -> None:
    write("racy.py", RACY)
    done = checker.run("check", "-o", "out.json", "--output-format", "json")
    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads(Path("out.json").read_text(encoding="utf-8"))["findings"]
    failed = checker.run("check", "-o", "no/such/folder.json")
    assert failed.returncode == 2
    assert "no/such/folder.json: cannot be written" in failed.stderr


def test_a_full_disk_is_a_failure() -> None:
    write("racy.py", RACY)
    done = checker.run("check", "-o", "/dev/full")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_selecting_rules() -> None:
    write("racy.py", RACY)
    assert checker.run("check", "--select=lost-update").returncode == 1
    assert checker.run("check", "--select=check-then-act").returncode == 0
    assert checker.run("check", "--ignore=check-then-act,lost-update").returncode == 0
    assert checker.run("check", "--severity=hint", "--confidence=low").returncode == 1


def test_statistics_count_instead_of_showing() -> None:
    write("racy.py", RACY)
    write("again.py", RACY)
    first = checker.run("check", "--statistics").stdout.splitlines()[0]
    assert first.split()[:2] == ["2", "lost-update"]


# --- The other verbs


def test_rules_are_listed() -> None:
    done = checker.run("rules")
    assert done.returncode == 0
    assert {"lost-update", "check-then-act"} <= {line.split()[0] for line in done.stdout.splitlines()}


@pytest.mark.parametrize("verb", ["check", "rules", "debug"])
def test_every_verb_has_help(verb: str) -> None:
    done = checker.run(verb, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"racewise {verb}" in done.stdout


def test_debug_prints_the_stages() -> None:
    write("racy.py", RACY)
    for stage in ("ir", "cfg", "facts"):
        done = checker.run("debug", stage, "racy.py")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout
    assert "did you mean ir?" in checker.run("debug", "irr", "racy.py").stderr
    assert checker.run("debug", "ir", "nowhere.py").returncode == 2


# --- Fixes


def test_fix_changes_the_file_and_nothing_else_about_it() -> None:
    real = write("real.py", b"\xef\xbb\xbf" + RACY.encode())
    real.chmod(0o751)
    Path("linked.py").symlink_to("real.py")
    done = checker.run("check", "--fix", "linked.py")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Applied 1 fix; no findings left")
    assert real.read_bytes().startswith(b"\xef\xbb\xbfimport asyncio")
    assert real.stat().st_mode & 0o777 == 0o751
    assert Path("linked.py").is_symlink()
    assert sorted(os.listdir()) == ["linked.py", "real.py"]
    assert checker.run("check", "real.py").returncode == 0


@pytest.mark.parametrize("ending", ["\n", "\r\n", ""])
def test_diff_is_what_fix_does(ending: str) -> None:
    text = RACY.replace("\n", "\r\n") if ending == "\r\n" else RACY
    file = write("racy.py", text if ending else text.rstrip())
    done = checker.run("check", "--diff")
    assert done.returncode == 1
    assert file.read_bytes() == (text if ending else text.rstrip()).encode(), "--diff changes nothing"
    write("changes.diff", done.stdout)
    subprocess.run(["git", "apply", "-p0", "--whitespace=nowarn", "changes.diff"], check=True)
    patched = file.read_bytes()
    write("racy.py", text if ending else text.rstrip())
    checker.run("check", "--fix")
    assert patched == file.read_bytes()


def test_a_second_fix_changes_nothing() -> None:
    """Each fix adds a lock beside the same statement, so that each waits for a round of its own."""
    names = [f"total_{i}" for i in range(12)]
    methods = "".join(
        f"    async def add_{name}(self, items):\n        if not self.{name}:\n            await self.load(items)\n"
        f"            self.{name} = len(items)\n\n"
        for name in names
    )
    fields = "; ".join(f"self.{name} = 0" for name in names)
    file = write("many.py", f"class Totals:\n    def __init__(self, load):\n        self.load = load; {fields}\n\n{methods}")
    assert "Applied 12 fixes" in checker.run("check", "--fix", "--unsafe-fixes").stdout
    fixed = file.read_bytes()
    assert fixed.count(b"asyncio.Lock()") == 12
    checker.run("check", "--fix", "--unsafe-fixes")
    assert file.read_bytes() == fixed
    assert checker.run("check", "--diff", "--unsafe-fixes").stdout == ""


def test_fixes_are_tried_within_a_budget() -> None:
    """Each trial analyses the whole file: in a large one full of findings those past the budget say so."""
    race = "total_{0} = 0\n\nasync def add_{0}():\n    global total_{0}\n    total_{0} = total_{0} + await fetch()\n\n"
    starts = ", ".join(f"add_{i}()" for i in range(12) for _ in range(2))
    filler = f"# {'x' * 2_000_000}\n"
    main = f"async def main():\n    await asyncio.gather({starts})\n\nasyncio.run(main())\n"
    races = "".join(race.format(i) for i in range(12))
    write("large.py", f"import asyncio\nfrom source import fetch\n{filler}{races}{main}")
    findings = json.loads(checker.run("check", "--output-format=json").stdout)["findings"]
    assert len(findings) == 12
    assert any("disabled" not in fix for fix in findings[0]["fixes"])
    last = findings[-1]["fixes"]
    assert last and all("too long to try" in fix["disabled"] for fix in last)


# --- Suppressions


def test_a_suppression_is_unused_only_where_its_rule_is_looked_for() -> None:
    write("a.py", "import asyncio\nx = 1  # racewise: ignore[toctou] -- one process\ny = 1  # racewise: ignore -- quiet\n")
    everything = checker.run("check", "--output-format=concise").stdout
    assert everything.count("[unused-suppression]") == 2
    assert checker.run("check", "--select=unused-suppression,lost-update").stdout.startswith("No findings")
    assert "`toctou`" in checker.run("check", "--select=unused-suppression,toctou").stdout
    assert "[unused-suppression]" not in checker.run("check", "--ignore=unused-suppression").stdout


def test_suppressions_of_rules_that_are_not_shown_hide_and_count_as_used() -> None:
    write("a.py", RACY.replace("visits = seen + 1", "visits = seen + 1  # racewise: ignore[lost-update] -- one task"))
    assert checker.run("check").returncode == 0
    assert checker.run("check", "--select=unused-suppression").returncode == 0


def test_suppressions_are_looked_at_in_files_without_anything_asynchronous() -> None:
    write("a.py", "x = 1  # racewise: ignore[lost-updates] -- one process\n")
    assert "did you mean `lost-update`?" in checker.run("check").stdout


def test_a_fix_may_leave_a_suppression_without_work() -> None:
    line = "    visits = seen + 1\n"
    both = "    visits = seen + 1\n    # racewise: ignore[toctou] -- none\n    open('a')\n"
    write("racy.py", RACY.replace(line, both, 1))
    assert checker.run("check", "--fix", "--unsafe-fixes", "--ignore=unused-suppression").returncode == 0


UNSAFE = """\
class Totals:
    def __init__(self, load):
        self.load = load
        self.total = 0

    async def add(self, items):
        if not self.total:
            await self.load(items)
            self.total = len(items)
"""


def test_fixes_are_shown_with_the_findings() -> None:
    write("racy.py", RACY)
    plain = checker.run("check").stdout
    shown = checker.run("check", "--show-fixes").stdout
    assert "fix:" not in plain
    notes = [line.strip() for line in shown.splitlines() if line not in plain.splitlines()]
    assert notes == ["= fix: Read `visits` after the await", "= unsafe fix: Wrap in asyncio.Lock"]
    line = checker.run("check", "--show-fixes", "--output-format=concise").stdout.split("\n")[0]
    assert line.endswith(" is lost [fix: Read `visits` after the await]")


def test_fix_only_reports_nothing_of_what_is_left() -> None:
    write("racy.py", RACY)
    write("unsafe.py", UNSAFE)
    assert checker.run("check", "--diff", "--fix-only").returncode == 1
    done = checker.run("check", "--fix-only")
    assert (done.returncode, done.stdout) == (0, "Applied 1 fix in 1 file.\n")
    assert "unsafe.py" in checker.run("check").stdout
    assert checker.run("check", "--fix-only").stdout == "Applied 0 fixes in 0 files.\n"


def test_a_fix_may_count_as_a_failure() -> None:
    write("racy.py", RACY)
    assert checker.run("check", "--fix", "--exit-non-zero-on-fix").returncode == 1
    assert checker.run("check", "--fix", "--exit-non-zero-on-fix").returncode == 0


def test_what_comments_hide_can_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the cache too, which knows the difference."""
    monkeypatch.delenv("RACEWISE_NO_CACHE", raising=False)
    write("racy.py", RACY.replace("visits = seen + 1", "visits = seen + 1  # racewise: ignore -- known"))
    for _ in range(2):
        assert checker.run("check", "--cache-dir=cache").returncode == 0
        done = checker.run("check", "--cache-dir=cache", "--no-suppressions")
        assert done.returncode == 1 and "1 finding in" in done.stdout
    assert "exclude each other" in checker.run("check", "--no-suppressions", "--add-ignore=x").stderr


def test_fix_and_stdin() -> None:
    assert checker.run("check", "--fix", "--stdin-filename=a.py", stdin=RACY).returncode == 2
    diff = checker.run("check", "--diff", "--stdin-filename=a.py", stdin=RACY).stdout
    assert diff.startswith("--- a.py\n+++ a.py\n@@")
    assert "needs --fix" in checker.run("check", "--unsafe-fixes").stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to() -> None:
    folder = write("folder/racy.py", RACY).parent
    folder.chmod(0o500)
    done = checker.run("check", "--fix")
    folder.chmod(0o700)
    assert done.returncode == 2
    assert "folder/racy.py: cannot be replaced" in done.stderr
    assert (folder / "racy.py").read_text(encoding="utf-8") == RACY
