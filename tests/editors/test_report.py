"""The page of `racewise report` in Debian's chromium: light and dark, wide and narrow, alone.

Screenshots are left in build/screenshots.
"""
from __future__ import annotations

import re
from pathlib import Path

import checker
from code_server import SCREENSHOTS, browse

TREE = checker.REPOSITORY / "tests" / "racebench"


def write(folder: Path, *arguments: str | Path) -> str:
    done = checker.run("report", *arguments, "-o", folder / "page.html")
    assert (done.returncode, done.stderr) == (0, "")
    return (folder / "page.html").read_text(encoding="utf-8")


def test_a_whole_tree_in_a_browser(tmp_path: Path) -> None:
    """RaceBench stands for a project: some four hundred files with a hundred findings."""
    page = write(tmp_path, TREE, "--preview", "--isolated", "--title", "RaceBench")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    seen = browse("report.js", {"page": str(tmp_path / "page.html"), "pictures": str(SCREENSHOTS)}, tmp_path)
    assert seen["requests"] == []
    for scheme in seen["schemes"].values():
        assert scheme["overflow"] <= 0 and scheme["wide"] == []
        assert scheme["texts"] == [] and scheme["scripts"] == 0
        assert scheme["drawings"] == page.count("<svg ") > 80
    papers = {name.split()[0]: scheme["background"] for name, scheme in seen["schemes"].items()}
    assert papers == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 29)"}
    assert {path.name for path in SCREENSHOTS.glob("report-*.png")} >= {"report-light.png", "report-dark.png"}


def test_a_tree_without_findings(tmp_path: Path) -> None:
    (tmp_path / "quiet.py").write_text("async def f():\n    return 1\n")
    page = write(tmp_path, tmp_path / "quiet.py")
    assert "There is none." in page and "<svg" not in page
    seen = browse("report.js", {"page": str(tmp_path / "page.html"), "pictures": str(tmp_path)}, tmp_path)
    assert seen["requests"] == []


def test_everything_is_escaped(tmp_path: Path) -> None:
    folder = tmp_path / "<b>&"
    folder.mkdir()
    (folder / '"x".py').write_text(
        "seen = {}\n\n\nasync def f(load):\n    if seen.get('</pre><script>') is None:\n"
        "        seen['</pre><script>'] = await load('<img src=x>')\n")
    page = write(tmp_path, folder, "--title", "<script>alert(1)</script>")
    assert "<script>" not in page and "<img" not in page and "&lt;script&gt;" in page
    assert not re.search(r'<[^>]*\b(src|href)\s*=', page)
