"""What a session in an editor must come to: the race is seen while it is typed, one fix ends it, the program is right.

An editor's driver types a program into an empty buffer, takes a quick fix, saves, and reports what it saw.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

import checker

EXAMPLES = checker.REPOSITORY / "examples"
PAGES = checker.REPOSITORY / "docs" / "editors"
RUNNERS = {".py": sys.executable, ".js": "node"}
ESBUILD = checker.REPOSITORY / "build" / "packages" / "tests" / "node_modules" / ".bin" / "esbuild"
DEADLINE = 600  # seconds: only an editor that hangs takes that long

WIDE_PYTHON = """\
import asyncio


class Counter:
    def __init__(self):
        self.count = 0
        self.labels = []

    def describe(self):
        return f"{self.count} größer 🐍"

    async def add(self, label):
        if label == "é🐍": self.count += len("é🐍") - 3 + await length(label)  # größer 🐍

    async def total(self):
        await asyncio.sleep(0)
        return self.count


async def length(label):
    await asyncio.sleep(0)
    return len(label)


async def main():
    counter = Counter()
    await asyncio.gather(*(counter.add("é🐍") for _ in range(100)))
    print(await counter.total())


asyncio.run(main())
"""

WIDE_JAVASCRIPT = """\
class Counter {
  count = 0;
  labels = [];

  describe() {
    return `${this.count} größer 🐍`;
  }

  async add(label) {
    if (label === "é🐍") this.count += "é🐍".length - 4 + (await length(label)); // größer 🐍
  }

  async total() {
    await null;
    return this.count;
  }
}

async function length(label) {
  await null;
  return label.length - 1;
}

async function main() {
  const counter = new Counter();
  await Promise.all(Array.from({ length: 100 }, () => counter.add("é🐍")));
  console.log(await counter.total());
}

void main();
"""

TYPESCRIPT = """\
interface Visit {
  page: string;
}

class Counter<T extends Visit> {
  private visits: number = 0;

  async record(visit: T): Promise<void> {
    const seen: number = this.visits;
    await store(visit);
    this.visits = seen + 1;
  }

  total = (): number => this.visits;
}

async function store(visit: Visit): Promise<string> {
  await null;
  return visit.page;
}

async function main(): Promise<void> {
  const counter = new Counter();
  await Promise.all(Array.from({ length: 100 }, () => counter.record({ page: "/" })));
  console.log(counter.total());
}

void main();
"""


@dataclass(frozen=True)
class Case:
    """A program whose one race is at `racy`, text that stands in it once; `fix` is the title of the fix to take."""

    name: str
    text: str
    racy: str
    fix: str

    def place(self) -> tuple[int, str, str]:
        """The line of the race counted from zero, what stands before it there, and the race."""
        line = next(i for i, line in enumerate(self.text.splitlines()) if self.racy in line)
        return line, self.text.splitlines()[line].split(self.racy)[0], self.racy


def example(name: str, fix: str) -> Case:
    return Case(name, (EXAMPLES / name).read_text(encoding="utf-8"), "visits = seen + 1", fix)


CASES = [
    example("lost_update.py", "Read `visits` after the await"),
    example("lost_update.js", "Read `visits` after the await"),
    Case("counter.py", WIDE_PYTHON, 'self.count += len("é🐍") - 3 + await length(label)',
         "Move the await out of the update"),
    Case("counter.js", WIDE_JAVASCRIPT, 'this.count += "é🐍".length - 4 + (await length(label))',
         "Move the await out of the update"),
]

# For editors that know TypeScript without more.
TYPED = [*CASES, Case("counter.ts", TYPESCRIPT, "this.visits = seen + 1", "Read `this.visits` after the await")]


def settings(page: str, language: str, index: int = 0) -> str:
    """A block of settings from an editor's page, as a user would copy it: the first in a language, or the one behind."""
    text = (PAGES / page).read_text(encoding="utf-8")
    block = re.findall(rf"^ *```{language}\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE)[index]
    return textwrap.dedent(block).replace("/path/to/racewise", str(checker.REPOSITORY))


def install(home: Path, page: str) -> str:
    """Does what the first step of an editor's page says, in a clean home folder and with the program under test.

    Returns a search path that finds it there.
    """
    text = (PAGES / page).read_text(encoding="utf-8")
    [command] = set(re.findall(r"`(install -D build/release/racewise ~/\S+)`", text))
    link = command.replace("install -D build/release/racewise", f"ln -s '{Path(checker.program()).resolve()}'")
    folder = home / ".local" / "bin"
    folder.mkdir(parents=True)
    subprocess.run(["sh", "-euc", link], env=os.environ | {"HOME": str(home)}, check=True)
    return f"{folder}:{os.environ['PATH']}"


def run(file: Path) -> subprocess.CompletedProcess[str]:
    """Runs a program; TypeScript as the JavaScript that is left without its types."""
    if file.suffix == ".ts":
        plain = file.with_suffix(".stripped.js")
        subprocess.run([ESBUILD, file, f"--outfile={plain}", "--log-level=error"], check=True, timeout=DEADLINE)
        return run(plain)
    return subprocess.run([RUNNERS[file.suffix], file], capture_output=True, text=True, timeout=DEADLINE, check=False)


def check_saved(file: Path, case: Case) -> None:
    """The saved program is another one, free of findings, and counts to a hundred."""
    saved = file.read_text(encoding="utf-8")
    assert saved != case.text, "nothing was fixed"
    assert checker.check([file])[file.resolve()] == [], saved
    ran = run(file)
    assert (ran.returncode, ran.stdout.strip()) == (0, "100"), f"{saved}\n{ran.stderr}"
