"""`racewise stress`: where the test goes, for which framework, and what is said when there is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import checker
import pytest

RACY = """\
import asyncio

class Cart:
    def __init__(self, shop):
        self.shop = shop
        self.total = 0

    async def add(self, item: str) -> None:
        self.total += await self.shop.price(item)
"""
FIXED = RACY.replace("self.total += await self.shop.price(item)",
                     "price = await self.shop.price(item)\n        self.total += price")


@pytest.fixture
def cart(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    path = tmp_path / "cart.py"
    path.write_text(RACY)
    return path


def run(command: list[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_program_where_nothing_else_is_used(cart: Path) -> None:
    done = checker.run("stress", f"{cart}:Cart.add", "--tasks=50")
    test = cart.parent / "test_stress_cart_Cart_add.py"
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{test}: lost-update of `self.total`\n", "")
    racy = run([sys.executable, test], cart.parent)
    assert racy.returncode == 1 and "self.total: " in racy.stdout, racy.stdout + racy.stderr
    assert racy.stdout == run([sys.executable, test], cart.parent).stdout, "the same seed gives the same schedule"
    cart.write_text(FIXED)
    fixed = run([sys.executable, test], cart.parent)
    assert (fixed.returncode, fixed.stdout) == (0, "no race was seen\n"), fixed.stderr


def test_pytest_where_the_project_uses_it(cart: Path) -> None:
    (cart.parent / "pytest.ini").write_text("[pytest]\n")
    assert checker.run("stress", f"{cart}:add", "--tasks=50").returncode == 0
    pytest_command: list[str | Path] = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    assert run(pytest_command, cart.parent).returncode == 1
    cart.write_text(FIXED)
    assert run(pytest_command, cart.parent).returncode == 0


def test_a_test_in_another_folder_finds_the_source(cart: Path) -> None:
    folder = cart.parent / "tests" / "stress"
    folder.mkdir(parents=True)
    done = checker.run("stress", f"{cart}:9", "-o", folder / "check.py", "--tasks=50")
    assert done.returncode == 0, done.stderr
    assert '"../../cart.py"' in (folder / "check.py").read_text()
    assert run([sys.executable, folder / "check.py"], folder).returncode == 1


def test_a_file_that_is_there_stays(cart: Path) -> None:
    test = cart.parent / "mine.py"
    test.write_text("mine\n")
    done = checker.run("stress", f"{cart}:add", "-o", test)
    assert done.returncode == 2 and "--force" in done.stderr
    assert test.read_text() == "mine\n"
    assert checker.run("stress", f"{cart}:add", "-o", test, "--force").returncode == 0
    assert "mine" not in test.read_text()


def test_stdout_is_a_test_too(cart: Path) -> None:
    done = checker.run("stress", f"{cart}:add", "-o", "-", "--seed=7", "--tasks=12")
    assert done.returncode == 0 and "SEED = 7\n" in done.stdout and "TASKS = 12\n" in done.stdout
    compile(done.stdout, "test", "exec")


def test_what_nobody_can_call_is_marked_and_told(tmp_path: Path) -> None:
    path = tmp_path / "bot.py"
    path.write_text("""\
def install(app):
    hits = 0

    @app.route("/")
    class Handler:
        async def get(self, request):
            nonlocal hits
            hits = hits + await request.size()

    yield Handler
""")
    done = checker.run("stress", f"{path}:8", "-o", "-")
    assert done.returncode == 0
    assert "note: TODO(racewise)" in done.stderr and "# TODO(racewise)" in done.stdout
    compile(done.stdout, "test", "exec")


@pytest.mark.parametrize("place, status, words", [
    ("{cart}", 2, "FILE:FUNCTION or FILE:LINE"),
    ("{cart}:", 2, "FILE:FUNCTION or FILE:LINE"),
    ("{cart}:remove", 1, "in remove"),
    ("{cart}:1", 1, "at line 1"),
    ("nowhere.py:f", 2, "nowhere.py"),
    ("notes.txt:f", 2, "by its name's ending"),
])
def test_wrong_places(cart: Path, place: str, status: int, words: str) -> None:
    done = checker.run("stress", place.format(cart=cart), "-o", "-")
    assert done.returncode == status and words in done.stderr and done.stdout == ""


def test_a_framework_of_another_language(cart: Path) -> None:
    done = checker.run("stress", f"{cart}:add", "--framework=vitest")
    assert done.returncode == 2 and "vitest" in done.stderr


COUNTER = """\
let hits = 0;
export async function hit(save) {
  const seen = hits;
  await save();
  hits = seen + 1;
}
"""
MENDED = COUNTER.replace("hits = seen + 1", "hits += 1").replace("  const seen = hits;\n", "")


@pytest.fixture
def counter(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    path = tmp_path / "counter.mjs"
    path.write_text(COUNTER)
    return path


def test_node_where_a_project_has_no_test_runner(counter: Path) -> None:
    done = checker.run("stress", f"{counter}:hit", "--tasks=50")
    test = counter.parent / "counter.hit.stress.test.mjs"
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{test}: lost-update of `hits`\n", "")
    racy = run(["node", "--test", test], counter.parent)
    assert racy.returncode == 1 and "hits: " in racy.stdout, racy.stdout + racy.stderr
    counter.write_text(MENDED)
    fixed = run(["node", "--test", test], counter.parent)
    assert fixed.returncode == 0, fixed.stdout


@pytest.mark.parametrize("runner, ending, words", [
    ("vitest", "test.mjs", 'from "vitest"'),
    ("jest", "test.js", "const HERE = __dirname;"),
])
def test_the_runner_that_package_json_names(counter: Path, runner: str, ending: str, words: str) -> None:
    (counter.parent / "package.json").write_text('{"devDependencies": {"%s": "*"}}' % runner)
    assert checker.run("stress", f"{counter}:hit").returncode == 0
    test = counter.parent / f"counter.hit.stress.{ending}"
    assert words in test.read_text()
    assert run(["node", "--check", test], counter.parent).returncode == 0


SECTION = """\
class Importer:
    def __init__(self, source):
        self.source = source
        self.busy = False

    async def run(self) -> None:
        if self.busy:
            return
        plan = await self.source.plan()
        self.busy = True
        try:
            await self.source.copy(plan)
        finally:
            self.busy = False
"""


def test_what_is_claimed_is_done_by_one_task_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "importer.py"
    path.write_text(SECTION)
    test = tmp_path / "check.py"
    assert checker.run("stress", f"{path}:run", "-o", test, "--tasks=50", "--framework=plain").returncode == 0
    racy = run([sys.executable, test], tmp_path)
    assert racy.returncode == 1 and "at the same time in copy" in racy.stdout, racy.stdout + racy.stderr
    path.write_text(SECTION.replace("        plan = await self.source.plan()\n", "")
                    .replace("self.source.copy(plan)", "self.source.copy(await self.source.plan())"))
    fixed = run([sys.executable, test], tmp_path)
    assert fixed.returncode == 0, fixed.stdout + fixed.stderr


def test_a_test_whose_calls_all_fail_says_so(tmp_path: Path) -> None:
    path = tmp_path / "cart.py"
    path.write_text(RACY.replace("        self.total +=", "        assert item.startswith('#')\n        self.total +="))
    test = tmp_path / "check.py"
    assert checker.run("stress", f"{path}:add", "-o", test, "--tasks=50", "--framework=plain").returncode == 0
    done = run([sys.executable, test], tmp_path)
    assert done.returncode == 1 and "no call gets through" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("name, command", [("lost_update.py", [sys.executable]), ("lost_update.js", ["node", "--test"])])
def test_the_examples_run_only_in_the_test(tmp_path: Path, name: str, command: list[str]) -> None:
    source = tmp_path / name
    source.write_text((checker.REPOSITORY / "examples" / name).read_text())
    [line] = [number for number, text in enumerate(source.read_text().splitlines(), 1) if text.strip().startswith("visits =")
              and "seen" in text]
    made = checker.run("stress", f"{source}:{line}", "--tasks=50")
    assert made.returncode == 0, made.stderr
    [test] = [path for path in tmp_path.iterdir() if path != source]
    done = run([*command, test.name], tmp_path)
    assert done.returncode == 1 and "one after another" in done.stdout, done.stderr
