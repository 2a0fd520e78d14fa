"""Configuration files and the options that concern them."""

from __future__ import annotations

import json
from pathlib import Path

import checker
import pytest

RACY = (checker.REPOSITORY / "examples" / "lost_update.py").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def project(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A project with one racy file, src/shop/a.py, is the working directory."""
    monkeypatch.chdir(tmp_path)
    write("src/shop/a.py", RACY)


def write(path: str, text: str | bytes) -> None:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)


def rules(*arguments: str) -> list[str]:
    """The rules and severities that a run reports."""
    done = checker.run("check", "--output-format=json", "--exit-zero", *arguments)
    assert done.returncode == 0, done.stderr
    return [f"{finding['rule']} {finding['severity']}" for finding in json.loads(done.stdout)["findings"]]


FOUND = ["lost-update error"]

# --- Which file counts


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("racewise.toml", 'ignore = ["lost-update"]'),
        ("pyproject.toml", '[project]\nname = "shop"\n\n[tool.racewise]\nignore = ["lost-update"]'),
        ("pyproject.toml", '[tool]\nracewise = { ignore = ["lost-update"] }'),
        ("pyproject.toml", 'tool.racewise.ignore = ["lost-update"]'),
        ("package.json", '{"name": "shop", "racewise": {"ignore": ["lost-update"]}}'),
        ("src/racewise.toml", 'ignore = ["lost-update"]'),
        ("src/shop/package.json", '{"racewise": {"ignore": ["lost-update"]}}'),
    ],
)
def test_every_form_is_read(path: str, text: str) -> None:
    assert rules() == FOUND
    write(path, text)
    assert rules() == rules("src/shop/a.py") == rules("src") == []


def test_the_nearest_file_wins_alone() -> None:
    write("racewise.toml", 'ignore = ["lost-update"]')
    write("src/pyproject.toml", '[tool.racewise.severity]\nlost-update = "info"')
    assert rules() == ["lost-update info"]


def test_in_one_folder_racewise_toml_comes_first_and_silent_files_are_passed_over() -> None:
    write("racewise.toml", "severity = { lost-update = 'hint' }")
    write("pyproject.toml", '[tool.racewise]\nignore = ["lost-update"]')
    write("src/pyproject.toml", '[project]\nname = "shop"')
    write("src/package.json", '{"name": "shop", "devDependencies": {"racewise": "1"}}')
    write("src/shop/package.json", "no JSON, but nothing to us")
    assert rules() == ["lost-update hint"]


def test_stdin_goes_by_the_files_near_its_name() -> None:
    write("src/racewise.toml", 'ignore = ["lost-update"]')
    run = checker.run("check", "--stdin-filename=src/new/b.py", stdin=RACY)
    assert run.returncode == 0
    assert checker.run("check", "--stdin-filename=b.py", stdin=RACY).returncode == 1


def test_config_and_isolated() -> None:
    write("racewise.toml", 'ignore = ["lost-update"]')
    write("other/strict.toml", 'severity = { lost-update = "warning" }')
    assert rules("--isolated") == rules("--no-config") == FOUND
    assert rules("--config=other/strict.toml") == ["lost-update warning"]
    assert "exclude each other" in checker.run("check", "--isolated", "--config=racewise.toml").stderr


# --- What the keys do


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('select = ["toctou"]', []),
        ('select = ["toctou"]\nextend-select = ["lost-update"]', FOUND),
        ('select = ["lost-update"]\nignore = ["lost-update"]', []),
        ('confidence = "high"', FOUND),
        ("preview = true", FOUND),
        ('[severity]\nlost-update = "warning"\ntoctou = "error"', ["lost-update warning"]),
        ('[per-path."src/**"]\nignore = ["lost-update"]', []),
        ('[per-path."src"]\nignore = ["lost-update"]', []),
        ('[per-path."**/shop/*.py"]\nignore = ["lost-update"]', []),
        ('[per-path."a.py"]\nseverity.lost-update = "info"', ["lost-update info"]),
        ('[per-path."shop/*.py"]\nignore = ["lost-update"]', FOUND),
        ('ignore = ["lost-update"]\n[per-path."src/*"]\nextend-select = ["lost-update"]', FOUND),
        ('[per-path."src/*"]\nselect = []\n[per-path."*.py"]\nextend-select = ["lost-update"]', FOUND),
        ("exclude = ['shop']", []),
        ("exclude = ['src/shop/']", []),
        ("exclude = ['**/a.py']", []),
        ("exclude = ['shop/a.py']", FOUND),
        ("ignore = [ # nothing\n  'toctou', # a comment\n  \"lost-\\u0075pdate\",\n]", []),
    ],
)
def test_keys(text: str, found: list[str]) -> None:
    write("racewise.toml", text)
    assert rules() == found


def test_a_named_file_is_checked_though_excluded() -> None:
    write("racewise.toml", "exclude = ['shop']")
    assert rules("src/shop/a.py") == FOUND


def test_the_command_line_wins() -> None:
    write("racewise.toml", 'ignore = ["lost-update"]\nconfidence = "high"')
    assert rules("--select=lost-update") == FOUND
    assert rules("--extend-select=lost-update") == FOUND
    write("racewise.toml", 'select = ["lost-update"]')
    assert rules("--ignore=lost-update") == []


def test_preview_rules() -> None:
    write("src/shop/a.py", CLAIM)
    assert rules() == []
    for text in ("preview = true", "extend-select = ['leaked-claim']", "select = ['leaked-claim']"):
        write("racewise.toml", text)
        assert rules() == ["leaked-claim warning"]
    write("racewise.toml", "preview = true\nignore = ['leaked-claim']")
    assert rules() == []


CLAIM = """\
import asyncio


class Mailer:
    def __init__(self):
        self.busy = False

    async def flush(self):
        if self.busy:
            return
        self.busy = True
        await asyncio.sleep(0)
        self.busy = False


async def main():
    mailer = Mailer()
    await asyncio.gather(mailer.flush(), mailer.flush())


asyncio.run(main())
"""

# --- A project's own libraries


def test_own_locks() -> None:
    lines = "    seen = visits\n    await asyncio.sleep(0)  # any await: a query, a request\n    visits = seen + 1\n"
    locked = "    async with gate:\n" + "".join(f"    {line}\n" for line in lines.splitlines())
    assert lines in RACY
    text = RACY.replace(lines, locked).replace("import asyncio\n", "import asyncio\nfrom shop.flow import Gate\n\ngate = Gate()\n")
    write("src/shop/a.py", text)
    assert rules() == FOUND
    write("racewise.toml", 'locks = ["shop.flow.Gate"]')
    assert rules() == []


SPAWN = """\
import asyncio
from shop.tasks import launch

visits = 0


async def visit():
    global visits
    seen = visits
    await asyncio.sleep(0)
    visits = seen + 1


async def main():
    for _ in range(3):
        launch(visit)
    await asyncio.sleep(1)


asyncio.run(main())
"""


def test_own_spawns() -> None:
    write("src/shop/a.py", SPAWN)
    assert rules("--confidence=high") == []
    write("racewise.toml", 'spawns = ["shop.tasks.launch"]')
    assert rules("--confidence=high") == FOUND


def test_own_handlers() -> None:
    write("src/shop/a.py", SPAWN.replace("launch(visit)", "launch.on_order(visit)"))
    assert rules("--confidence=high") == []
    write("racewise.toml", 'handlers = ["*.on_order"]')
    assert rules("--confidence=high") == FOUND
    decorated = SPAWN.replace("async def visit", "@app.on_order\nasync def visit").replace("        launch(visit)", "        pass")
    write("src/shop/a.py", decorated)
    write("racewise.toml", "")
    assert rules("--confidence=high") == []
    write("racewise.toml", 'handlers = ["@on_order"]')
    assert rules("--confidence=high") == FOUND


SESSION = """\
import asyncio
from shop.db import connect, fetch_row


async def load(key):
    return await fetch_row(key)


async def main(keys):
    db = await connect()
    await asyncio.gather(db.read(1), db.read(2))
    return await asyncio.gather(*[load(key) for key in keys])
"""


def test_own_sessions_and_network() -> None:
    write("src/shop/a.py", SESSION)
    assert rules() == []
    write("racewise.toml", 'sessions = ["shop.db.connect"]\nnetwork = ["shop.db.fetch_row"]')
    assert rules() == ["shared-session error", "unbounded-concurrency hint"]
    write("racewise.toml", 'network = ["shop.db.*"]')
    assert rules() == ["unbounded-concurrency hint"]


def test_own_models_of_javascript() -> None:
    Path("src/shop/a.py").unlink()
    code = "import { onOrder } from 'shop';\nlet n = 0;\nonOrder(async () => { const m = n; await null; n = m + 1; });\n"
    write("src/a.mjs", code)
    write("package.json", '{"racewise": {"handlers": ["shop.onOrder"]}}')
    assert rules("--confidence=high") == FOUND
    assert rules("--isolated", "--confidence=high") == []


# --- What is wrong


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("racewise.toml", 'selct = ["toctou"]', "racewise.toml:1:1: there is no key `selct`; did you mean `select`?"),
        ("racewise.toml", "\nfrobnicate = 1", "racewise.toml:2:1: there is no key `frobnicate`; there are select,"),
        ("racewise.toml", 'select = "toctou"', '1:10: `select` takes a list, not a string: write `select = ["lost-update"]`'),
        ("racewise.toml", "preview = 1", "1:11: `preview` takes true or false, not a number"),
        ("racewise.toml", 'ignore = ["toctuo"]', '1:11: there is no rule "toctuo"; did you mean "toctou"?'),
        ("racewise.toml", "ignore = [3]", "1:11: `ignore` takes a list of strings"),
        ("racewise.toml", 'severity.toctou = "hnt"', 'not "hnt"; did you mean "hint"?'),
        ("racewise.toml", 'severity.toctuo = "hint"', 'did you mean "toctou"?'),
        ("racewise.toml", "severity.toctou = 3", "a severity is a string, and this is a number"),
        ("racewise.toml", 'confidence = "hihg"', '`confidence` is "high", "medium" or "low", not "hihg"; did you mean "high"?'),
        ("racewise.toml", "[per-path]\n'tests/**' = 3", "`per-path` takes a table, not a number"),
        ("racewise.toml", "[per-path.'tests/**']\nexclude = []", "2:1: there is no key `exclude` in a per-path table"),
        ("racewise.toml", 'locks = ["not a name"]', '`locks` names what an import reaches'),
        ("racewise.toml", "ignore = []\nignore = []", "2:1: `ignore` is given twice"),
        ("racewise.toml", "select = []\n[select.x]", "2:2: `select` is a list further up"),
        ("racewise.toml", "select = [lost-update]", "racewise.toml:1:11: this is not valid TOML"),
        ("racewise.toml", "[severity", "this is not valid TOML"),
        ("racewise.toml", 'ignore = ["a]', "this is not valid TOML"),
        ("racewise.toml", b"# \xff", "racewise.toml: is not UTF-8"),
        ("racewise.toml", "a = 1\nb = 2\nc = 3", "(and 2 more)"),
        ("pyproject.toml", "[tool.racewise]\nselct = []", "pyproject.toml:2:1: there is no key `selct`"),
        ("pyproject.toml", "[tool]\nracewise = 3\n# tool.racewise", "pyproject.toml:2:12: the configuration is a table"),
        ("package.json", '{"racewise": {\n  "selct": []}}', "package.json:2:3: there is no key `selct`"),
        ("package.json", '{"racewise": {},}', "package.json:1:17: this is not valid JSON"),
        ("package.json", '{"racewise": []}', "package.json:1:14: the configuration is a table, not a list"),
        ("src/racewise.toml", "selct = 1", "src/racewise.toml:1:1: there is no key"),
    ],
)
def test_one_clear_message(path: str, text: str | bytes, said: str) -> None:
    write(path, text)
    done = checker.run("check")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr


def test_a_configuration_that_cannot_be_read() -> None:
    Path("racewise.toml").symlink_to("/proc/self/mem")  # to root too
    done = checker.run("check")
    assert (done.returncode, done.stdout) == (2, "")
    assert "racewise.toml: cannot be read" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_configuration_that_is_named_must_be_there_and_speak() -> None:
    assert "nope.toml: cannot be read" in checker.run("check", "--config=nope.toml").stderr
    write("pyproject.toml", "[project]\nname = 'shop'")
    done = checker.run("check", "--config=pyproject.toml")
    assert done.returncode == 2
    assert "says nothing to Racewise" in done.stderr


def test_deep_and_long_files_are_read() -> None:
    write("racewise.toml", "ignore = " + "[" * 20000 + "]" * 20000)
    assert checker.run("check").returncode == 2
    write("racewise.toml", ".".join("a" * 3000) + " = 1")
    assert checker.run("check").returncode == 2
    write("racewise.toml", "exclude = [" + ", ".join(f"'generated_{i}.py'" for i in range(5000)) + "]")
    assert rules() == FOUND
