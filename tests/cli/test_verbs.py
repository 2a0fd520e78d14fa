"""The verbs around `check`: help, doctor, completions in real shells, manual pages; and what wrong usage is told."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import time
from pathlib import Path

import checker
import pytest

VERBS = ["check", "audit", "report", "prompt", "explain", "stress", "lsp", "mcp", "rules", "doctor", "cache", "completions", "man", "debug"]
RACY = (checker.REPOSITORY / "examples" / "lost_update.py").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def options_of(verb: str) -> list[str]:
    return re.findall(r"^ +(?:-\w, +)?(--[\w-]+)", checker.run(verb, "--help").stdout, re.MULTILINE)


# --- Help and usage


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(verb: str) -> None:
    for option in ("--help", "-h"):
        done = checker.run(verb, option)
        assert (done.returncode, done.stderr) == (0, "")
        assert f"Usage: racewise {verb}" in done.stdout
        assert "--help" in done.stdout
    assert verb in checker.run("--help").stdout


def test_no_line_of_help_is_too_wide() -> None:
    for verb in VERBS:
        assert [line for line in checker.run(verb, "--help").stdout.splitlines() if len(line) > 120] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "there is no verb chekc; did you mean check?"),
        (["frobnicate"], "racewise --help lists the verbs"),
        (["--frobnicate"], "there is no option --frobnicate"),
        (["rules", "x"], "racewise rules takes no argument, not x"),
        (["rules", "--hlep"], "unknown option --hlep; did you mean --help?"),
        (["lsp", "--recrod=x"], "did you mean --record?"),
        (["lsp", "file.py"], "racewise lsp takes no argument, not file.py"),
        (["lsp", "--clientProcessId=x"], 'not "x"'),
        (["cache", "claen"], "did you mean clean?"),
        (["completions", "zhs"], "did you mean zsh?"),
        (["completions"], "racewise completions takes bash|zsh|fish"),
        (["man", "chekc"], "did you mean check?"),
        (["doctor", "a", "b"], "racewise doctor takes at most 1 argument"),
        (["doctor", "nowhere"], "nowhere: No such file"),
        (["debug", "irr", "x"], "did you mean ir?"),
        (["debug", "ir"], "racewise debug ir takes a FILE"),
        (["check", "--output-format=sarfi"], "did you mean sarif?"),
        (["check", "--select=lost-updat"], "did you mean lost-update"),
        (["check", "--wtach"], "did you mean --watch?"),
    ],
)
def test_wrong_usage_is_told_with_the_nearest_word(arguments: list[str], said: str) -> None:
    done = checker.run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_path_in_the_place_of_the_verb() -> None:
    Path("some.py").touch()
    assert "did you mean racewise check some.py?" in checker.run("some.py").stderr


def test_without_a_verb_help_is_on_stderr() -> None:
    done = checker.run()
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage: racewise VERB" in done.stderr


# --- Doctor


def test_doctor_tells_what_it_finds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("RACEWISE_NO_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    subprocess.run(["git", "init", "-q", "."], check=True)
    Path("a.py").write_text(RACY, encoding="utf-8")
    Path("b.ts").touch()
    Path("racewise.toml").write_text('ignore = ["toctou"]\nlocks = ["shop.Mutex"]\n', encoding="utf-8")
    done = checker.run("doctor")
    assert (done.returncode, done.stderr) == (0, "")
    told = dict(re.findall(r"^[ !] (\w[\w ]*?) {2,}(.*)$", done.stdout, re.MULTILINE))
    assert told["version"].startswith("racewise ")
    assert told["configuration"] == str(Path.cwd() / "racewise.toml")
    assert told["own models"] == "1"
    assert told["files"].startswith("2: 1 Python, 0 JavaScript, 1 TypeScript")
    assert told["working copy"] == str(Path.cwd())
    assert told["cache"].startswith(str(tmp_path / "cache" / "racewise"))
    all_rules = len(checker.run("rules").stdout.splitlines())
    assert told["rules"].endswith(f"of {all_rules} are on")


def test_doctor_marks_what_is_wrong() -> None:
    Path("racewise.toml").write_text("selct = []\n", encoding="utf-8")
    done = checker.run("doctor")
    assert done.returncode == 1
    assert re.search(r"^! configuration +racewise.toml:1:1: there is no key `selct`", done.stdout, re.MULTILINE)


# --- Completions


def script(shell: str, folder: Path) -> Path:
    done = checker.run("completions", shell)
    assert (done.returncode, done.stderr) == (0, "")
    file = folder / ("_racewise" if shell == "zsh" else f"racewise.{shell}")
    file.write_text(done.stdout, encoding="utf-8")
    return file


def in_bash(line: str, folder: Path) -> list[str]:
    words = re.findall(r"=|[^\s=]+", line) + ([""] if line.endswith(" ") else [])
    quoted = " ".join(f"'{word}'" for word in words)
    code = f'. {script("bash", folder)}; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _racewise'
    code += '; printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(["bash", "--norc", "-c", code], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if "compopt" not in line] == []
    return done.stdout.split()


def in_fish(line: str, folder: Path) -> list[str]:
    code = f"source {script('fish', folder)}; complete -C '{line}'"
    environment = dict(os.environ) | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    done = subprocess.run(["fish", "-N", "-c", code], capture_output=True, text=True, check=True, env=environment)
    return [row.split("\t")[0].removeprefix("--output-format=") for row in done.stdout.splitlines()]


def in_zsh(line: str, folder: Path) -> list[str]:
    """Asks a shell in a terminal of its own, whose completions are printed instead of shown."""
    script("zsh", folder)
    setup = (
        f"fpath=({folder} $fpath); autoload -Uz compinit; compinit -u -D; PS1='READY> '; "
        "compadd() { if [[ ${@[(r)-O|-A|-D]} != '' ]]; then builtin compadd \"$@\"; return; fi; "
        "local -a hits; builtin compadd -O hits \"$@\"; print -r -- \"HITS ${hits[*]}\" >> hits; builtin compadd \"$@\" }; "
    )
    (folder / "hits").unlink(missing_ok=True)
    master, slave = pty.openpty()
    process = subprocess.Popen(
        ["zsh", "-f", "-i"], stdin=slave, stdout=slave, stderr=slave, cwd=folder, start_new_session=True,
        env=dict(os.environ) | {"TERM": "dumb", "HOME": str(folder)},
    )
    os.close(slave)
    os.write(master, setup.encode() + b"\n" + line.encode() + b"\t\t")
    deadline = time.monotonic() + 60
    found: list[str] = []
    while not found and time.monotonic() < deadline:
        if select.select([master], [], [], 0.1)[0]:
            os.read(master, 65536)
        if (folder / "hits").exists():
            rows = (folder / "hits").read_text(encoding="utf-8").splitlines()
            found = [hit for row in rows for hit in row.split()[1:]]
    process.kill()
    process.wait()
    os.close(master)
    return found


ASK = {"bash": in_bash, "fish": in_fish, "zsh": in_zsh}


@pytest.fixture(params=["bash", "zsh", "fish"])
def ask(request: pytest.FixtureRequest, tmp_path: Path):
    if not shutil.which(request.param):
        pytest.skip(f"{request.param} is not here")
    return lambda line: {word.rstrip("=") for word in ASK[request.param](line, tmp_path)}


def test_verbs_are_completed(ask) -> None:
    assert ask("racewise ") >= set(VERBS)


def test_every_option_is_completed(ask) -> None:
    assert ask("racewise check --") >= set(options_of("check"))


def test_values_are_completed(ask) -> None:
    assert ask("racewise check --output-format ") >= {"text", "sarif", "checkstyle"}


def test_rules_are_completed(ask) -> None:
    rules = {line.split()[0] for line in checker.run("rules").stdout.splitlines()}
    assert ask("racewise check --select ") >= rules


def test_words_are_completed(ask) -> None:
    assert ask("racewise cache ") >= {"clean", "path"}


def test_bash_completes_behind_an_equals_sign(tmp_path: Path) -> None:
    assert in_bash("racewise check --output-format=s", tmp_path) == ["sarif"]
    assert "clean" in in_bash("racewise cache c", tmp_path)


# --- Manual pages


def test_there_is_a_page_of_every_verb_that_names_every_option(tmp_path: Path) -> None:
    done = checker.run("man", f"--all={tmp_path / 'man1'}")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    pages = {path.name for path in (tmp_path / "man1").iterdir()}
    assert pages == {"racewise.1"} | {f"racewise-{verb}.1" for verb in VERBS}
    for verb in VERBS:
        page = (tmp_path / "man1" / f"racewise-{verb}.1").read_text(encoding="utf-8")
        assert page == checker.run("man", verb).stdout
        assert all(option.replace("-", "\\-") in page for option in options_of(verb))


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not here")
def test_groff_has_nothing_to_say_about_the_pages() -> None:
    for verb in [None, *VERBS]:
        page = checker.run("man", *([verb] if verb else [])).stdout
        done = subprocess.run(
            ["groff", "-man", "-Tutf8", "-ww", "-P-c"], input=page, capture_output=True, text=True, check=True
        )
        assert done.stderr == ""
        assert "SYNOPSIS" in re.sub(".\x08", "", done.stdout)


@pytest.mark.skipif(not shutil.which("cmake"), reason="cmake is not here")
def test_pages_and_completions_are_installed(tmp_path: Path) -> None:
    build = Path(checker.program()).resolve().parent
    if not (build / "manual" / "complete").exists():
        pytest.skip("this build makes no manual")
    subprocess.run(["cmake", "--install", build, "--prefix", tmp_path / "usr"], check=True, capture_output=True)
    installed = {path.name for path in (tmp_path / "usr").rglob("*") if path.is_file()}
    assert {"racewise", "racewise.1", "racewise-check.1", "_racewise", "racewise.fish"} <= installed


# --- Watching


class Watching:
    """`racewise check --watch`, and what it says."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [checker.program(), "check", "--watch", "--output-format=concise", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )

    def round(self) -> str:
        """What is said until it waits again."""
        said = b""
        deadline = time.monotonic() + 120
        while not said.endswith(b"for changes\n"):
            left = deadline - time.monotonic()
            assert left > 0 and select.select([self.process.stdout], [], [], left)[0], said
            chunk = os.read(self.process.stdout.fileno(), 65536)
            assert chunk, said
            said += chunk
        return said.decode()

    def __enter__(self) -> "Watching":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def test_watching_goes_on_with_every_change() -> None:
    Path("sub").mkdir()
    file = Path("sub/a.py")
    file.write_text("x = 1\n", encoding="utf-8")
    with Watching() as watching:
        assert "No findings in 1 file" in watching.round()
        file.write_text(RACY, encoding="utf-8")
        assert "sub/a.py:10:5: error[lost-update]" in watching.round()
        Path("racewise.toml").write_text('ignore = ["lost-update"]\n', encoding="utf-8")
        assert "No findings in 1 file" in watching.round()
        Path("racewise.toml").write_text("selct = []\n", encoding="utf-8")
        assert "there is no key `selct`" in watching.round()
        Path("racewise.toml").unlink()
        assert "lost-update" in watching.round()
        Path("new").mkdir()
        watching.round()
        Path("new/b.py").write_text(RACY, encoding="utf-8")
        assert "new/b.py:10:5" in watching.round()


def test_watching_notices_configurations_above_and_elsewhere() -> None:
    Path("a/b").mkdir(parents=True)
    Path("a/b/racy.py").write_text(RACY, encoding="utf-8")
    with Watching("a/b") as watching:
        assert "lost-update" in watching.round()
        Path("racewise.toml").write_text('ignore = ["lost-update"]\n', encoding="utf-8")
        assert "No findings" in watching.round()
        Path("a/package.json").write_text('{"racewise": {}}', encoding="utf-8")
        assert "lost-update" in watching.round()
        Path("a/other.py").write_text(RACY, encoding="utf-8")
        assert not select.select([watching.process.stdout], [], [], 1)[0], "no source of those that are checked"
    Path("elsewhere").mkdir()
    settings = Path("elsewhere/settings.toml")
    settings.write_text("", encoding="utf-8")
    with Watching("--config", str(settings), "a/b") as watching:
        assert "lost-update" in watching.round()
        settings.write_text('ignore = ["lost-update"]\n', encoding="utf-8")
        assert "No findings" in watching.round()


def test_what_is_no_source_starts_no_round() -> None:
    Path("a.py").write_text("x = 1\n", encoding="utf-8")
    with Watching() as watching:
        watching.round()
        Path("notes.txt").write_text("x", encoding="utf-8")
        Path("__pycache__").mkdir()
        assert not select.select([watching.process.stdout], [], [], 1)[0]
        Path("a.py").write_text(RACY, encoding="utf-8")
        assert watching.round().count("lost-update") == 1, "one round for one change"


def test_a_named_file_is_watched_though_it_is_replaced() -> None:
    file = Path("a.py")
    file.write_text(RACY, encoding="utf-8")
    with Watching("a.py") as watching:
        assert "lost-update" in watching.round()
        Path("a.py.tmp").write_text("x = 1\n", encoding="utf-8")
        Path("a.py.tmp").rename(file)
        assert "No findings" in watching.round()


def test_watching_needs_something_to_watch() -> None:
    done = checker.run("check", "--watch", "nowhere.py")
    assert done.returncode == 2
    assert "nowhere.py" in done.stderr
    assert "done once" in checker.run("check", "--watch", "--stdin-filename=a.py").stderr
