"""`racewise audit`: what it lists, in which form, in which order."""
from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker import run

BANK = '''\
import asyncio

total = 0
guard = asyncio.Lock()


async def deposit(amount):
    global total
    seen = total
    await asyncio.sleep(0)
    total = seen + amount


async def withdraw(amount):
    global total
    async with guard:
        total -= amount
        await asyncio.sleep(0)


async def quick():
    return 1


async def main():
    await quick()
    await asyncio.gather(deposit(1), deposit(2), withdraw(1))


asyncio.run(main())
'''


def audit(path: Path, *options: str) -> dict:
    done = run("audit", "--output-format=json", *options, path)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def only(path: Path) -> dict:
    [file] = audit(path)["files"]
    return file


def line(item: dict, key: str = "range") -> int:
    return item[key]["start"]["line"]


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    path = tmp_path / "bank.py"
    path.write_text(BANK)
    return path


def test_shared_objects_with_all_their_accesses(bank):
    [total] = only(bank)["shared"]
    assert (total["name"], line(total, "definition")) == ("total", 3)
    assert [line(access) for access in total["setup"]] == [3]
    told = [(line(a), a["function"], a["reads"], a["writes"], a["locks"]) for a in total["accesses"]]
    assert (9, "deposit", True, False, "") in told
    assert (11, "deposit", False, True, "") in told
    assert any(row[0] == 17 and row[3] and row[4] == "`guard`" for row in told)


def test_locks_are_told_apart(bank):
    [guard] = only(bank)["locks"]
    assert guard["name"] == "guard"
    assert [line(access) for access in guard["accesses"]] == [16]


def test_suspension_points(bank):
    points = {line(point): point for point in only(bank)["suspensions"]}
    assert sorted(points) == [10, 16, 18, 26, 27]
    assert points[10]["suspends"] == "maybe" and points[10]["others"] == ["deposit", "withdraw"]
    assert points[18]["locks"] == "`guard`"
    assert points[26]["suspends"] == "never" and points[26]["others"] == []


def test_windows_and_findings(bank):
    file = only(bank)
    [window] = file["windows"]
    assert (line(window, "first"), line(window, "suspension"), line(window, "second")) == (9, 10, 11)
    assert window["state"] == "open" and file["findings"][window["finding"]]["rule"] == "lost-update"
    [point] = [point for point in file["suspensions"] if point["windows"]]
    assert line(point) == 10
    assert {line(file["shared"][window["shared"]]["accesses"][rival]) for rival in window["rivals"]} == {11, 17}


def test_tasks(bank):
    tasks = {task["function"]: task for task in only(bank)["tasks"] if task["kind"] == "gathered"}
    assert set(tasks) == {"deposit", "withdraw"}
    assert all(line(task) == 27 for task in tasks.values())


def test_a_guarded_window_is_told_with_its_lock(tmp_path):
    path = tmp_path / "guarded.py"
    path.write_text(BANK.replace("    seen = total\n    await asyncio.sleep(0)\n    total = seen + amount\n",
                                 "    async with guard:\n        seen = total\n        await asyncio.sleep(0)\n"
                                 "        total = seen + amount\n"))
    file = only(path)
    assert [(window["state"], window["locks"]) for window in file["windows"]] == [("guarded", "`guard`")]
    assert file["findings"] == [] and [shared["name"] for shared in file["shared"]] == ["total"]


def test_what_was_not_understood(tmp_path):
    path = tmp_path / "odd.py"
    path.write_text("from .store import load\n\nseen = 0\n\n\nasync def use():\n    global seen\n    seen = 1\n"
                    "    await load()\n    await load()\n    x = = 3\n")
    unknown = {item["kind"]: item for item in only(path)["unknown"]}
    assert (unknown["awaited"]["name"], unknown["awaited"]["count"], line(unknown["awaited"])) == ("load", 2, 9)
    assert line(unknown["syntax"]) == 11


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_documents_tell_the_same(bank, form):
    done = run("audit", f"--output-format={form}", bank)
    assert (done.returncode, done.stderr) == (0, "")
    for words in ["`total`", "`guard`", "`await asyncio.sleep(0)`", "open: lost-update", "Windows", "Not understood",
                  "`deposit` writes it on line 11"]:
        assert words in done.stdout
    assert ("| line |" in done.stdout) == (form == "markdown")
    assert done.stdout.count("\n# ") == (form == "markdown")


def test_folders_in_order_and_quiet_files_left_out(tmp_path):
    for name in ["b/two.py", "a/one.py", "a/three.mjs"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(BANK if name.endswith(".py") else "export const async = 1;\n")
    (tmp_path / "a" / "sync.py").write_text("x = 1\n")
    found = audit(tmp_path)
    assert [Path(file["path"]).name for file in found["files"]] == ["one.py", "three.mjs", "two.py"]
    assert found["files_without_tasks"] == 1
    assert audit(tmp_path, "-j1") == audit(tmp_path, "-j7")


def test_configuration_counts(bank):
    (bank.parent / "racewise.toml").write_text('ignore = ["lost-update"]\n')
    assert only(bank)["findings"] == []
    [file] = audit(bank, "--isolated")["files"]
    assert [finding["rule"] for finding in file["findings"]] == ["lost-update"]


def test_exit_status(bank, tmp_path):
    assert run("audit", bank).returncode == 0
    assert run("audit", "--fail-on-findings", bank).returncode == 1
    assert run("audit", "--fail-on-findings", "--ignore=lost-update", bank).returncode == 0


@pytest.mark.parametrize("arguments, words", [
    ([], "needs a PATH"),
    (["nowhere.py"], "nowhere.py"),
    (["--output-format=jsn", "."], 'did you mean json?'),
    (["--ignore=lost-updat", "."], "did you mean lost-update"),
    (["-o", "no/such/folder/file", "."], "cannot be written"),
])
def test_wrong_usage(tmp_path, arguments, words):
    done = run("audit", *arguments, cwd=tmp_path)
    assert done.returncode == 2 and words in done.stderr


# --- What is no plain variable ---------------------------------------------------------------------------------------


def written(tmp_path: Path, name: str, text: str) -> dict:
    path = tmp_path / name
    path.write_text(text)
    return only(path)


def test_a_variable_that_tasks_get_at_one_after_another(tmp_path):
    file = written(tmp_path, "app.py", """\
import asyncio

devices = {}


async def register(name):
    devices[name] = 1


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(register("a"))
    print(len(devices))


asyncio.run(main())
""")
    [devices] = file["shared"]
    assert devices["name"] == "devices" and {line(access) for access in devices["accesses"]} == {7, 13}


def test_a_lock_that_each_call_makes_for_itself(tmp_path):
    path = tmp_path / "desk.py"
    path.write_text("""\
import asyncio


class Desk:
    async def sell(self):
        lock = asyncio.Lock()
        async with lock:
            await self.print()
""")
    [lock] = only(path)["locks"]
    assert (lock["name"], lock["own"], line(lock, "definition")) == ("lock", True, 6)
    assert "Made on line 6, by each call for itself: it keeps nobody else out." in run("audit", path).stdout


def test_where_a_lock_or_queue_is_passed_on(tmp_path):
    file = written(tmp_path, "gps.py", """\
import asyncio


class Reader:
    def __init__(self, loop):
        self.loop = loop
        self.fixes = asyncio.Queue()

    def publish(self, fix):
        self.loop.call_soon_threadsafe(self.fixes.put_nowait, fix)

    async def next(self):
        return await self.fixes.get()
""")
    [fixes] = [lock for lock in file["locks"] if lock["name"] == "self.fixes"]
    assert [line(access) for access in fixes["setup"] + fixes["accesses"]] == [7, 10, 13]


def test_state_of_a_framework_with_its_setter(tmp_path):
    path = tmp_path / "board.jsx"
    path.write_text("""\
import { useState } from 'react';

export function Board({ api }) {
  const [items, setItems] = useState([]);
  async function add(text) {
    const saved = await api.save(text);
    setItems((before) => [...before, saved]);
  }
  return <ul onClick={() => add('x')}>{items.length}</ul>;
}
""")
    [items] = only(path)["shared"]
    assert (items["name"], items["setter"]) == ("items", "setItems")
    assert {line(access) for access in items["setup"] + items["accesses"]} == {4, 7, 9}
    assert "set by `setItems`" in run("audit", path).stdout


def test_what_lies_outside_of_the_variables(tmp_path):
    path = tmp_path / "store.py"
    path.write_text("""\
import asyncio
from pathlib import Path

from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncSession


class Store:
    def __init__(self, redis: Redis, session: AsyncSession, lock: asyncio.Lock):
        self.redis = redis
        self.session = session
        self.lock = lock

    async def export(self, folder: Path):
        if not folder.exists():
            await asyncio.sleep(0)
            folder.mkdir()

    async def vote(self, choice: str):
        async with self.lock:
            votes = int(await self.redis.get(self.key(choice)) or 0)
            await self.redis.set(self.key(choice), votes + 1)

    def key(self, choice: str) -> str:
        return f"poll:{choice}"

    async def save(self, row):
        await self.session.execute(row)
        await self.session.commit()
""")
    told = {(thing["kind"], thing["name"], thing["of"]):
            [(line(a), a["reads"], a["writes"], a["locks"]) for a in thing["accesses"]] for thing in only(path)["outside"]}
    assert told == {
        ("path", "folder", ""): [(15, True, False, ""), (17, False, True, "")],
        ("entry", "self.key(choice)", "self.redis"): [(21, True, False, "`self.lock`"), (22, False, True, "`self.lock`")],
        ("session", "self.session", ""): [(28, True, True, ""), (29, True, True, "")],
    }
    text = run("audit", path).stdout
    assert "It is an entry of `self.redis`." in text and "a session, which serves one task at a time" in text
    assert "`self.key(choice)`, an entry of `self.redis`: `Store.vote` reads it on line 21" in run("prompt", "audit", path).stdout
