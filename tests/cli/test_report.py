"""`racewise report`: what the page holds, and wrong usage. How it looks is tested with a browser in tests/editors."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

from checker import REPOSITORY, run

EXAMPLES = REPOSITORY / "docs" / "examples"


def page(folder: Path, *arguments: str | Path) -> str:
    done = run("report", *arguments, "-o", folder / "page.html")
    assert (done.returncode, done.stderr) == (0, "")
    return (folder / "page.html").read_text(encoding="utf-8")


def test_totals_findings_and_shared_objects(tmp_path):
    text = page(tmp_path, EXAMPLES, "--preview", "--title", "Examples")
    findings = re.findall(r'<section class="finding (\w+)">\n<h4><span class="rule">([\w-]+)</span>', text)
    assert re.search(rf"<b>{len(findings)}</b> findings", text) and len(findings) > 20
    assert "<title>Examples</title>" in text
    for rule in {rule for _, rule in findings}:
        [count] = re.findall(rf'<tr><td><code>{rule}</code></td><td class="number">(\d+)</td>', text)
        assert int(count) == sum(each == rule for _, each in findings)
    assert "<td><code>visits</code></td><td>line 3</td>" in text
    assert "<td>Connections.get</td>" in text


def test_the_drawing_tells_the_steps(tmp_path):
    text = page(tmp_path, EXAMPLES / "lost-update.py")
    [drawing] = re.findall(r"<svg .*?</svg>", text, re.DOTALL)
    assert re.findall(r'<g class="(\w)"><text class="line"[^>]*>(\d+)', drawing) == [
        ("a", "8"), ("a", "9"), ("b", "10"), ("a", "10")]
    assert "reads `visits`" in drawing


def test_the_same_for_any_number_of_threads(tmp_path):
    assert page(tmp_path, EXAMPLES, "-j1") == page(tmp_path, EXAMPLES, "-j5")


def test_exit_status(tmp_path):
    arguments = [EXAMPLES / "lost-update.py", "-o", tmp_path / "page.html"]
    assert run("report", *arguments).returncode == 0
    assert run("report", "--fail-on-findings", *arguments).returncode == 1


@pytest.mark.parametrize("arguments, words", [
    (["."], "needs -o FILE.html"),
    (["-o", "x.html"], "needs a PATH"),
    (["nowhere", "-o", "x.html"], "nowhere"),
    ([".", "-o", "no/such/x.html"], "cannot be written"),
])
def test_wrong_usage(tmp_path, arguments, words):
    done = run("report", *arguments, cwd=tmp_path)
    assert done.returncode == 2 and words in done.stderr
    assert not (tmp_path / "x.html").exists()
