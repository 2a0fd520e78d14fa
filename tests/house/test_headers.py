"""Every header compiles alone, with the flags that the build gives the sources beside it."""
from __future__ import annotations

import json
import os
import shlex
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sources import ROOT, tracked

BUILD = Path(os.environ["RACEWISE"]).parent


def flags(top: str) -> list[str]:
    """How the build compiles the sources of a top folder: what searches, defines and warns."""
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        if Path(entry["file"]).is_relative_to(ROOT / top):
            words = shlex.split(entry["command"])
            keep = [words[1] if words[0].endswith("ccache") else words[0]]
            for i, word in enumerate(words):
                if word.startswith(("-I", "-D", "-std", "-W")):
                    keep.append(word)
                elif word == "-isystem":
                    keep += words[i:i + 2]
            return keep
    raise AssertionError(f"{BUILD}/compile_commands.json has no source of {top}/")


def compile_alone(header: Path, command: list[str]) -> str | None:
    """What the compiler says; None when it likes the header."""
    command = [*command, "-Werror", "-fsyntax-only", "-x", "c", str(header)]
    done = subprocess.run(command, cwd=BUILD, capture_output=True, text=True)
    return None if done.returncode == 0 else done.stderr


def complaints(headers: list[Path], command: list[str]) -> list[str]:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [said for said in pool.map(lambda header: compile_alone(header, command), headers) if said]


def test_headers_of_the_analysis():
    assert complaints(tracked("analysis/*.h"), flags("analysis")) == []


def test_headers_of_the_server():
    assert complaints(tracked("server/*.h"), flags("server")) == []


def test_a_header_that_needs_another_is_found(tmp_path):
    header = tmp_path / "needy.h"
    header.write_text("uint32_t needy(void);\n")
    assert len(complaints([header], flags("analysis"))) == 1
