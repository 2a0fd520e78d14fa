"""Every fix gives the same in another form of the source: tabs, CRLF, no newline at the end, names that are not ASCII."""

from __future__ import annotations

import re
from pathlib import Path

import checker
import pytest
from test_fixes import BEFORE, after_of, apply, header_of

INDENTED = re.compile(r"^( +)", re.MULTILINE)


def with_tabs(text: str) -> str:
    unit = min((len(match[1]) for match in INDENTED.finditer(text)), default=1)
    return INDENTED.sub(lambda match: "\t" * (len(match[1]) // unit) + " " * (len(match[1]) % unit), text)


def with_crlf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def without_last_newline(text: str) -> str:
    return text.rstrip("\r\n")


def with_other_names(text: str) -> str:
    return re.sub(r"\bself\b", "sélf", text)


FORMS = [with_other_names, with_tabs, with_crlf, without_last_newline]


def in_form(text: str) -> str:
    for change in FORMS:
        text = change(text)
    return text


@pytest.fixture(scope="module")
def offers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[checker.Finding]]:
    folder = tmp_path_factory.mktemp("forms")
    for before in BEFORE:
        (folder / before.name).write_bytes(in_form(before.read_bytes().decode("utf-8")).encode())
    checked = checker.check(sorted(folder.iterdir()), "--preview")
    return {path.name: findings for path, findings in checked.items()}


def is_indented(path: Path) -> bool:
    """Where nothing is, nobody knows by what new lines are to be."""
    return bool(re.search(r"^[ \t]", path.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("before", list(filter(is_indented, BEFORE)), ids=lambda path: path.name)
def test_form(before: Path, offers: dict[str, list[checker.Finding]]) -> None:
    fix_id, _, variable = header_of(before)["fix"].partition(": ")
    named = ("", variable, with_other_names(variable))
    findings = [found for found in offers[before.name] if not variable or found.variable in named]
    fixes = [fix for finding in findings for fix in finding.raw["fixes"] if fix["id"] == fix_id and fix.get("edits")]
    text = in_form(before.read_bytes().decode("utf-8"))
    assert fixes, f"no {fix_id} among {[(f.rule, f.variable, [x['id'] for x in f.raw['fixes']]) for f in findings]}"
    made = apply(text, fixes[0]["edits"])
    # A new constructor calls its receiver as everybody does.
    expected = in_form(after_of(before).read_bytes().decode("utf-8"))
    assert made.rstrip("\r\n").replace("sélf", "self") == expected.replace("sélf", "self")
