"""The cache of `racewise check`: it must never change what is found, whatever happens to it."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import checker
import pytest

RACY = (checker.REPOSITORY / "examples" / "lost_update.py").read_text(encoding="utf-8")
RACY_JS = (checker.REPOSITORY / "examples" / "lost_update.js").read_text(encoding="utf-8")
QUIET = "print('hello')\n"
CLEAN = "import asyncio\n\nasync def main():\n    await asyncio.sleep(1)\n"


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("RACEWISE_NO_CACHE", raising=False)
    monkeypatch.delenv("RACEWISE_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "tree").mkdir()
    monkeypatch.chdir(tmp_path / "tree")


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "racewise"


def write(path: str, text: str = QUIET) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def tree(count: int = 40) -> None:
    for number in range(count):
        text = (RACY, RACY_JS, QUIET, CLEAN)[number % 4]
        mark = "//" if number % 4 == 1 else "#"
        write(f"{number % 5}/{number:03}.{'js' if number % 4 == 1 else 'py'}", text + f"{mark} {number}\n")


def check(*arguments: str, **kwargs) -> subprocess.CompletedProcess[str]:
    return checker.run("check", *arguments, **kwargs)


def cached(*arguments: str) -> dict[str, bool]:
    """Of each file whether it was known from the cache."""
    done = check("--verbose", *arguments)
    lines = [line.removeprefix("racewise: ") for line in done.stderr.splitlines()]
    return {line.split(": ")[0]: line.endswith(" (cached)") for line in lines}


def truth(*arguments: str) -> str:
    return check("--no-cache", *arguments).stdout


# --- What it knows


def test_an_unchanged_tree_is_known() -> None:
    tree()
    first = cached()
    assert len(first) == 40 and not any(first.values())
    assert all(cached().values())


@pytest.mark.parametrize("name", ["text", "concise", "json", "sarif", "github", "gitlab", "junit", "checkstyle"])
def test_what_is_known_reads_the_same_in_every_format(name: str) -> None:
    shutil.copytree(checker.REPOSITORY / "tests" / "racebench" / "python", "python")
    shutil.copytree(checker.REPOSITORY / "tests" / "racebench" / "js", "js")
    option = f"--output-format={name}"
    fresh = truth(option)
    assert check(option).stdout == fresh
    assert check(option).stdout == fresh
    assert check(option, "--jobs=1").stdout == fresh
    assert check("--statistics").stdout == truth("--statistics")


def test_a_file_whose_time_is_trusted_is_not_even_read() -> None:
    tree(12)
    time.sleep(2.1)
    check()
    traced = subprocess.run(
        ["strace", "-f", "-e", "trace=openat,open", checker.program(), "check"], capture_output=True, check=False, text=True
    ) if shutil.which("strace") else pytest.skip("strace is not here")
    opened = [line for line in traced.stderr.splitlines() if '.py"' in line]
    assert not any(f'/{number:03}.py"' in line for line in opened for number in (2, 3, 6, 7, 10, 11)), opened


def test_time_alone_is_not_trusted_before_the_clock_has_moved_on() -> None:
    file = write("a.py", RACY)
    check()
    status = file.stat()
    file.write_text(RACY.replace("visits = seen + 1", "visitz = seen + 1"), encoding="utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert check().returncode == 0


def test_a_change_is_seen_and_a_return_is_remembered() -> None:
    file = write("a.py", RACY)
    assert check().returncode == 1
    file.write_text(QUIET, encoding="utf-8")
    assert check().returncode == 0
    file.write_text(RACY, encoding="utf-8")
    assert check().stdout == truth()
    file.rename("b.py")
    assert cached() == {"b.py": True}
    assert "b.py:10" in check().stdout


def test_what_was_asked_belongs_to_what_is_known() -> None:
    write("a.py", RACY)
    assert check().returncode == 1
    assert check("--ignore=lost-update").returncode == 0
    assert check("--select=lost-update").returncode == 1
    write("racewise.toml", 'ignore = ["lost-update"]\n')
    assert check().returncode == 0
    assert check("--isolated").returncode == 1
    write("racewise.toml", '[severity]\nlost-update = "hint"\n')
    assert check("--severity=warning").returncode == 0
    assert "hint[lost-update]" in check().stdout
    write("racewise.toml", '[per-path]\n"b.py" = {ignore = ["lost-update"]}\n')
    shutil.copy("a.py", "b.py")
    assert "1 finding in 1 of 2 files" in check().stdout


def test_own_models_belong_to_what_is_known() -> None:
    write("a.py", RACY.replace("asyncio.gather", "start"))
    write("racewise.toml", "")
    before = truth()
    assert check().stdout == before
    write("racewise.toml", 'locks = ["shop.Mutex"]\n')
    assert not any(cached().values())
    write("racewise.toml", 'locks = ["shop.Mutexes"]\n')
    assert not any(cached().values())


def test_files_left_out_are_known_too() -> None:
    write("made.py", "# @generated\n" + RACY)
    assert cached() == {"made.py": False}
    assert cached() == {"made.py": True}
    assert check("made.py").returncode == 1, "named, it is analysed"


def test_fixes_are_made_though_the_findings_are_known() -> None:
    file = write("a.py", RACY)
    check()
    check()
    assert check("--diff").stdout == truth("--diff") != ""
    assert check("--fix").returncode == 0
    assert file.read_text(encoding="utf-8") != RACY
    assert check().stdout == truth()


def test_a_baseline_goes_with_it() -> None:
    write("a.py", RACY)
    check()
    assert "Wrote 1 finding" in check("--baseline=known.json", "--write-baseline").stdout
    assert check("--baseline=known.json").returncode == 0


# --- Where it is


def test_where_it_is_and_how_to_be_rid_of_it(packs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checker.run("cache", "path").stdout == f"{packs}\n"
    assert checker.run("cache", "clean").returncode == 0, "there is none yet"
    write("a.py", RACY)
    check()
    assert list(packs.glob("*.pack"))
    other = packs / "notes.txt"
    other.write_text("mine", encoding="utf-8")
    assert checker.run("cache", "clean").stdout.startswith("Removed")
    assert sorted(path.name for path in packs.iterdir()) == ["CACHEDIR.TAG", "notes.txt"]
    check("--cache-dir=here")
    assert list(Path("here").glob("*.pack"))
    monkeypatch.setenv("RACEWISE_CACHE_DIR", str(tmp_path / "there"))
    assert checker.run("cache", "path").stdout == f"{tmp_path / 'there'}\n"
    monkeypatch.delenv("RACEWISE_CACHE_DIR")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert checker.run("cache", "path").stdout == f"{tmp_path}/.cache/racewise\n"


def test_no_cache_leaves_nothing(packs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.py", RACY)
    check("--no-cache")
    monkeypatch.setenv("RACEWISE_NO_CACHE", "1")
    check()
    assert not packs.exists()


def test_without_any_home_there_is_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.py", RACY)
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("HOME")
    done = check()
    assert (done.returncode, done.stderr) == (1, "")
    assert checker.run("cache", "path").returncode == 2


@pytest.mark.parametrize(("arguments", "said"), [(["claen"], "did you mean clean?"), ([], "takes clean|path"), (["--x"], "unknown")])
def test_wrong_usage(arguments: list[str], said: str) -> None:
    done = checker.run("cache", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


# --- What may happen to it


def the_pack(packs: Path) -> Path:
    (pack,) = packs.glob("*.pack")
    return pack


def test_a_damaged_cache_counts_as_none_and_is_replaced(packs: Path) -> None:
    tree(12)
    fresh = truth()
    check()
    whole = the_pack(packs).read_bytes()
    dice = random.Random(1)
    damaged = [whole[: dice.randrange(len(whole))] for _ in range(10)]
    for _ in range(30):
        at = dice.randrange(len(whole))
        damaged.append(whole[:at] + bytes([whole[at] ^ (1 << dice.randrange(8))]) + whole[at + 1 :])
    for content in [b"", b"RWPACK1\0", whole + b"x", *damaged]:
        the_pack(packs).write_bytes(content)
        done = check()
        assert (done.stdout, done.stderr) == (fresh, "")
    check()
    assert all(cached().values())


def test_another_program_does_not_take_its_word(packs: Path) -> None:
    write("a.py", RACY)
    check()
    pack = the_pack(packs)
    pack.rename(packs / ("0" * 16 + pack.name[16:]))
    assert not any(cached().values())


def test_old_packs_go_when_a_new_one_comes(packs: Path) -> None:
    write("a.py", RACY)
    check()
    old = packs / ("0" * 16 + "-" + "1" * 16 + ".pack")
    shutil.copy(the_pack(packs), old)
    os.utime(old, (1, 1))
    os.mkdir("sub")
    write("sub/a.py", RACY)
    check(cwd="sub")
    assert not old.exists()
    assert len(list(packs.glob("*.pack"))) == 2


def start(*arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [checker.program(), "check", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
    )


def test_killed_in_the_middle_the_next_run_is_right(packs: Path) -> None:
    tree(120)
    fresh = truth()
    whole = time.monotonic()
    check("--no-cache")
    whole = time.monotonic() - whole
    for share in (0.05, 0.2, 0.5, 0.8, 0.9, 0.95, 1.0, 1.05):
        process = start()
        time.sleep(whole * share)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if share > 0.5:
            done = check()
            assert (done.stdout, done.stderr) == (fresh, "")
            checker.run("cache", "clean")
    check()
    assert all(cached().values())


def test_killed_while_writing_the_next_run_is_right(packs: Path) -> None:
    """What a kill leaves behind: half a new pack, and the lock's file without a lock."""
    tree(12)
    fresh = truth()
    check()
    pack = the_pack(packs)
    Path(f"{pack}.new").write_bytes(pack.read_bytes()[:100])
    write("4/new.py", RACY)
    fresh = truth()
    for _ in range(2):
        done = check()
        assert (done.stdout, done.stderr) == (fresh, "")
    assert all(cached().values())
    assert not Path(f"{pack}.new").exists()


def test_runs_at_once_do_not_harm_each_other() -> None:
    tree(60)
    fresh = truth()
    for _ in range(3):
        runs = [start(f"--jobs={1 + number % 3}") for number in range(5)]
        assert {run.communicate()[0].decode() for run in runs} == {fresh}
    checker.run("cache", "clean")
    parts = [start(str(number)) for number in range(5)]
    assert all(run.communicate()[1] == b"" for run in parts)
    assert all(cached().values()), "what each of them found is kept"


def said_once(done: subprocess.CompletedProcess[str], fresh: str, reason: str) -> None:
    assert done.returncode == 1
    assert done.stdout == fresh
    (line,) = done.stderr.splitlines()
    assert "the cache in" in line and reason in line and "--no-cache" in line


def test_a_place_that_is_none_is_told_once() -> None:
    tree(12)
    write("file", "")
    said_once(check("--cache-dir=file/cache"), truth(), "Not a directory")


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB, where we may mount one."""
    folder = tmp_path / "mounted"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root may mount, and not everywhere")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_told_once_and_costs_nothing_else(mounted: Path) -> None:
    tree(12)
    (mounted / "ballast").write_bytes(b"x" * (60 << 10))
    option = f"--cache-dir={mounted}"
    said_once(check(option), truth(), "No space left")
    assert not list(mounted.glob("*.new"))
    (mounted / "ballast").unlink()
    assert check(option).stderr == ""
    assert all(cached(option).values())


def test_a_disk_that_fills_up_keeps_what_was_known(mounted: Path) -> None:
    tree(12)
    option = f"--cache-dir={mounted}"
    check(option)
    before = the_pack(mounted).read_bytes()
    free = shutil.disk_usage(mounted).free
    (mounted / "ballast").write_bytes(b"x" * max(free - 4096, 0))
    tree(16)
    said_once(check(option), truth(), "No space left")
    assert the_pack(mounted).read_bytes() == before


def test_a_limit_on_files_is_like_a_full_disk(packs: Path) -> None:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    tree(60)
    process = subprocess.run(
        [checker.program(), "check", "--output-format=concise"], capture_output=True, preexec_fn=limit, check=False, text=True
    )
    said_once(process, truth("--output-format=concise"), "File too large")
    assert not list(packs.glob("*.new")) and not list(packs.glob("*.pack"))


def test_a_folder_that_is_read_only_is_told_once(mounted: Path) -> None:
    tree(12)
    option = f"--cache-dir={mounted}"
    time.sleep(2.1)  # until the times are trusted
    check(option)
    subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
    done = check(option)
    assert (done.stdout, done.stderr) == (truth(), ""), "nothing new is to be written"
    write("new.py", RACY)
    said_once(check(option), truth(), "Read-only file system")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_told_once(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    tree(12)
    said_once(check(f"--cache-dir={closed}"), truth(), "Permission denied")


def test_json_knows_its_fixes_from_the_cache() -> None:
    write("a.py", RACY)
    first = json.loads(check("--output-format=json").stdout)
    second = json.loads(check("--output-format=json").stdout)
    assert first == second
    assert first["findings"][0]["fixes"]
