"""The C sources of the repository, by layer."""
from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.MULTILINE)


def tracked(*patterns: str) -> list[Path]:
    """Files of the repository, those not yet committed included."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


@dataclass(frozen=True)
class Include:
    file: Path
    line: int
    name: str
    system: bool

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line}: {self.name}"

    def target(self) -> Path | None:
        """The file of ours that is meant; None for others' headers. Looked up as the build does."""
        for folder in (self.file.parent, ROOT / "analysis", ROOT / "server"):
            path = (folder / self.name).resolve()
            if path.is_file() and not self.system:
                return path
        return None


def includes(file: Path) -> list[Include]:
    text = file.read_text(encoding="utf-8")
    return [Include(file, text.count("\n", 0, match.start(1)) + 1, match[2], match[1] == "<")
            for match in INCLUDE.finditer(text)]


def layer(file: Path) -> str:
    """`analysis/ir/ops.def` is in layer ir; analysis.h is a layer, and so are the sources beside it (analysis.c)."""
    parts = file.relative_to(ROOT).parts
    if parts[0] != "analysis":
        return parts[0]
    return parts[1] if len(parts) > 2 or parts[1] == "analysis.h" else "analysis.c"
