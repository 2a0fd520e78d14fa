"""`racewise prompt`: the facts it tells, its size, templates of one's own, and what it says when it cannot."""
from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from checker import REPOSITORY, run

RACEBENCH = REPOSITORY / "tests" / "racebench"
FILES = [RACEBENCH / "python" / "20-connection-pool" / "racy.py", RACEBENCH / "python" / "12-gift-card" / "racy.py",
         RACEBENCH / "js" / "04-upload-manager" / "racy.ts", RACEBENCH / "js" / "24-ledger-chain" / "racy.mjs",
         RACEBENCH / "js" / "40-redis-limiter" / "racy.js", RACEBENCH / "python" / "41-etl-writer" / "racy.py"]


def prompt(kind: str, *arguments: str | Path) -> str:
    done = run("prompt", kind, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def audit(path: Path) -> Any:
    [file] = json.loads(run("audit", "--output-format=json", path).stdout)["files"]
    return file


def section(text: str, heading: str) -> list[str]:
    """The entries of a list, by a word of its heading."""
    parts = re.split(r"^## ", text, flags=re.MULTILINE)
    [part] = [part for part in parts if part.split("\n")[0].startswith(heading)] or [""]
    return [line for line in part.splitlines() if line.startswith("- ")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("kind", ["audit", "write", "test"])
def test_the_objects_and_points_are_those_of_the_audit(path, kind):
    text, file = prompt(kind, path), audit(path)
    objects = [re.match(r"- `(.+?)`, defined on line (\d+)", line).groups() for line in section(text, "Certain: shared")]
    assert objects == [(s["name"], str(s["definition"]["start"]["line"])) for s in file["shared"]]
    points = [re.match(r"- line (\d+), `(.+?)`", line) for part in ("Certain: suspension", "Unknown")
              for line in section(text, part)]
    told = sorted((int(point[1]), point[2]) for point in points if point)
    assert told == sorted((p["range"]["start"]["line"], p["function"]) for p in file["suspensions"])
    outside = [re.match(r"- `(.+?)`, ", line)[1] for line in section(text, "Certain: what lies outside")]
    assert outside == [thing["name"] for thing in file["outside"]]
    locks = [re.match(r"- `(.+?)`", line)[1] for line in section(text, "Certain: locks")]
    assert locks == [lock["name"] for lock in file["locks"]]
    assert len(section(text, "Certain: windows")) == len(file["windows"])


def test_each_access_is_told():
    [entry] = [line for line in section(prompt("audit", FILES[1]), "Certain: shared") if line.startswith("- `self.balance`")]
    [balance] = [shared for shared in audit(FILES[1])["shared"] if shared["name"] == "self.balance"]
    told = {int(number) for number in re.findall(r"\b\d+\b", entry.split(":", 1)[1])}
    assert told == {access["range"]["start"]["line"] for access in balance["accesses"]}


def test_certain_and_unknown_are_told_apart():
    text = prompt("audit", FILES[0])
    suspended = {p["range"]["start"]["line"]: p["suspends"] for p in audit(FILES[0])["suspensions"]}
    for part, wanted in [("Certain: suspension", {"maybe", "never", "always"}), ("Unknown", {"assumed"})]:
        lines = [re.match(r"- line (\d+)", line) for line in section(text, part)]
        assert {suspended[int(line[1])] for line in lines if line} <= wanted
    assert any("is not known here" in line for line in section(text, "Unknown"))


def program(functions: int) -> str:
    """A long file: every function has a race of its own, and all share one counter."""
    body = "import asyncio\n\ntotal = 0\n\n"
    for i in range(functions):
        body += (f"async def update_number_{i}(store):\n    global total, part_{i}\n    seen = part_{i}\n"
                 f"    await store.save(total)\n    part_{i} = seen + 1\n    total += 1\n\n")
    return body


@pytest.mark.parametrize("kind", ["audit", "write", "fix", "test"])
def test_a_long_file_fits(tmp_path, kind):
    path = tmp_path / "long.py"
    path.write_text(program(42))
    assert len(path.read_text().splitlines()) >= 295
    text = prompt(kind, path)
    assert 3000 < len(text) <= 8000
    assert re.search(r"^- and \d+ more: see `racewise audit`$", text, re.MULTILINE)
    assert "is for one task at a time.\n" in text


@pytest.mark.parametrize("language, words", [("python", ["GIL", "asyncio.gather", "TaskGroup"]),
                                             ("typescript", ["microtask", "Promise.all", "TypeScript on Node.js"])])
@pytest.mark.parametrize("kind", ["audit", "write", "fix", "test"])
def test_without_a_file(kind, language, words):
    text = prompt(kind, "--language", language)
    assert all(word in text for word in words) and "{{" not in text and "Certain" not in text


def test_fix_on_a_line_is_about_that_finding():
    path = FILES[2]
    first, second = audit(path)["findings"][:2]
    line = first["range"]["start"]["line"]
    text = prompt("fix", f"{path}:{line}")
    [found] = section(text, "What was found")
    assert found.startswith(f"- line {line}, {first['rule']}") and second["message"] not in text
    assert "task B" in text and "```javascript" in text


def test_a_line_without_a_finding():
    done = run("prompt", "fix", f"{FILES[1]}:1")
    assert done.returncode == 2 and "nothing is found on this line; the nearest finding is on line" in done.stderr


def test_nothing_to_fix(tmp_path):
    (tmp_path / "fine.py").write_text("async def f():\n    return 1\n")
    done = run("prompt", "fix", tmp_path / "fine.py")
    assert done.returncode == 2 and "nothing is found there; `racewise prompt audit" in done.stderr


def test_templates_of_ones_own(tmp_path):
    (tmp_path / "audit.md").write_text("For {{runtime}}: {{path}}\n{{#shared}}\n{{shared}}\n{{/shared}}\n{{> traps}}\n")
    (tmp_path / "python").mkdir()
    (tmp_path / "python" / "traps.md").write_text("none\n")
    text = prompt("audit", FILES[1], "--templates", tmp_path)
    assert text.splitlines()[0] == f"For Python with asyncio: {FILES[1]}"
    assert text.splitlines()[-1] == "none" and "- `self.balance`" in text
    assert "Promise.all" in prompt("audit", FILES[2], "--templates", tmp_path)
    own, shipped = prompt("fix", FILES[1], "--templates", tmp_path), prompt("fix", FILES[1])
    assert own.split("easily got wrong here\n") == [shipped.split("easily got wrong here\n")[0], "none\n"]


def test_a_template_may_come_from_the_configuration(tmp_path):
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "audit.md").write_text("mine\n")
    (tmp_path / "racewise.toml").write_text('prompts = "words"\n')
    (tmp_path / "shop.py").write_text("async def f():\n    return 1\n")
    assert prompt("audit", tmp_path / "shop.py") == "mine\n"


@pytest.mark.parametrize("template, words", [
    ("a\n {{pth}}\n", "audit.md:2:2: there is no {{pth}}; did you mean {{path}}?"),
    ("{{#path}}x\n", "audit.md:1:1: {{/path}} is missing"),
    ("{{/path}}\n", "audit.md:1:1: {{/path}} closes nothing"),
    ("{{path\n", "audit.md:1:1: this {{ has no }}"),
    ("{{}}\n", "audit.md:1:1: there is no name in this tag"),
    ("{{> trap}}\n", "there is no template trap"),
    ("{{> audit}}\n", "nested too deeply"),
])
def test_a_wrong_template(tmp_path, template, words):
    (tmp_path / "audit.md").write_text(template)
    done = run("prompt", "audit", FILES[1], "--templates", tmp_path)
    assert done.returncode == 2 and words in done.stderr and done.stdout == ""


@pytest.mark.parametrize("arguments, words", [
    ([], "needs to know which"),
    (["adit"], "did you mean audit"),
    (["audit", "nowhere.py"], "nowhere.py"),
    (["audit", "."], "is a folder"),
    (["audit", "a.py", "b.py"], "one FILE"),
    (["audit", "--language=pyton"], "did you mean python?"),
    (["audit", "--templates=nowhere"], "nowhere: there is no such folder"),
])
def test_wrong_usage(tmp_path, arguments, words):
    done = run("prompt", *arguments, cwd=tmp_path)
    assert done.returncode == 2 and words in done.stderr
