"""What the repository holds, and does not hold."""
from __future__ import annotations

import json
import re

import pytest
from sources import ROOT, tracked

LOCKS = tracked("*package-lock.json")


def test_there_are_lock_files():
    assert LOCKS


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: str(lock.relative_to(ROOT)))
def test_node_packages_are_pinned_by_hash_and_not_by_address(lock):
    packages = json.loads(lock.read_text())["packages"]
    fetched = {name: package for name, package in packages.items() if name}
    assert [name for name, package in fetched.items() if "integrity" not in package] == []
    assert [name for name, package in fetched.items() if "resolved" in package] == []


def test_python_packages_are_pinned_by_hash():
    text = (ROOT / "tests" / "requirements.txt").read_text().replace("\\\n", " ")
    rows = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert rows
    assert [row for row in rows if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:", row)] == []


def test_no_file_names_a_download_address():
    pattern = re.compile(r'"resolved"\s*:|--index-url|--extra-index-url')
    wrong = [str(file.relative_to(ROOT)) for file in tracked("*.json", "*requirements*.txt", "*.npmrc")
             if pattern.search(file.read_text(encoding="utf-8", errors="replace"))]
    assert wrong == []


def test_text_files_end_with_a_line_break_and_have_no_tabs_in_c():
    wrong = []
    for file in tracked("analysis/*.[ch]", "analysis/*.def", "server/*.[ch]", "server/*.def"):
        text = file.read_text(encoding="utf-8")
        if not text.endswith("\n") or "\t" in text or "\r" in text:
            wrong.append(str(file.relative_to(ROOT)))
    assert wrong == []
