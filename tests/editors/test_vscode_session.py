"""The main job in a real Visual Studio Code, with our package: from inside, through its own API, and on the screen.

Screenshots are left in build/screenshots; the README's pictures are some of them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import checker
import pytest
from code_server import HERE, SCREENSHOTS, browse, pack, pack_plain, platform, serve
from session import CASES, TYPED, Case, check_saved


def workspace(home: Path, cases: list[Case]) -> Path:
    """A folder with the empty files that the cases are typed into."""
    folder = home / "project"
    folder.mkdir()
    for case in cases:
        (folder / case.name).touch()
    return folder


def pictures() -> Path:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def check_case(case: Case, seen: dict[str, Any]) -> None:
    assert seen["typed"] == case.text
    [found] = seen["found"]
    line, before, racy = case.place()
    assert found["code"] == "lost-update"
    assert (found["line"], found["end_line"]) == (line, line)
    assert (found["column"], found["end_column"]) == (utf16(before), utf16(before + racy))
    assert found["related"] >= 3
    assert racy.split(" ")[0] in seen["hover"]
    assert case.fix in seen["titles"]
    assert "Explain this race" in seen["titles"]


def test_from_inside(tmp_path: Path) -> None:
    """Every case, then: the server crashes, is restarted, is another program, and the example is opened and fixed."""
    folder, told, session = workspace(tmp_path, TYPED), tmp_path / "told.json", tmp_path / "inside.json"
    other = tmp_path / "other" / "racewise"
    other.parent.mkdir()
    other.symlink_to(Path(checker.program()).resolve())
    cases = [{"file": str(folder / case.name), "text": case.text, "fix": case.fix} for case in TYPED]
    session.write_text(json.dumps({"cases": cases, "program": str(other), "told": str(told)}))
    packages = [pack(tmp_path / "racewise.vsix"), pack_plain(HERE / "tester", tmp_path / "tester.vsix")]
    with serve(tmp_path / "home", *packages, SESSION=str(session)) as url:
        report = browse("load.js", {"url": url, "workspace": str(folder), "told": str(told)}, tmp_path)
    assert "problem" not in report, report["problem"]
    for case, seen in zip(TYPED, report["cases"], strict=True):
        check_case(case, seen)
        check_saved(folder / case.name, case)
    [bundled] = report["bundled"]
    assert bundled.endswith(f"/bin/{platform()}/racewise")
    assert report["set"] == str(other)
    assert checker.run("--version").stdout.split()[-1] in report["info"]
    assert "# Audit of" in report["assisted"]["audit"] and "open: lost-update" in report["assisted"]["audit"]
    assert "Certain: shared objects" in report["assisted"]["prompt"]


@pytest.mark.parametrize("case", [CASES[0], TYPED[-1]], ids=lambda case: case.name)
def test_on_the_screen(tmp_path: Path, case: Case) -> None:
    folder = workspace(tmp_path, [case])
    file = folder / case.name
    session = {"file": str(file), "text": case.text, "fix": case.fix, "pictures": str(pictures())}
    with serve(tmp_path / "home", pack(tmp_path / "racewise.vsix")) as url:
        report = browse("screen.js", session | {"url": url, "workspace": str(folder)}, tmp_path)
    assert report["typed"] == case.text
    assert any("racewise" in row and "lost-update" in row for row in report["problems"])
    assert "is overwritten with a value computed from what was read on line" in report["hover"]
    assert case.fix in report["titles"]
    check_saved(file, case)


def test_a_package_for_another_platform_says_so(tmp_path: Path) -> None:
    folder = workspace(tmp_path, CASES[:1])
    vsix = pack(tmp_path / "racewise.vsix", "linux-armhf")
    session = {"open": CASES[0].name, "picture": str(pictures() / "another-platform.png")}
    with serve(tmp_path / "home", vsix) as url:
        report = browse("notice.js", session | {"url": url, "workspace": str(folder)}, tmp_path)
    [notice] = report["notices"]
    assert f"this package is for linux-armhf, and this machine is {platform()}" in notice
