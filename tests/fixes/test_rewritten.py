"""Every fix does the same where the program is written another way: nested, decorated, on one line, with semicolons."""

from __future__ import annotations

import difflib
import json
import re
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import checker
import forms_python
import programs
import pytest
from test_fixes import BEFORE, HERE, after_of, apply, check_printed, driven, header_of, identity, runs
from test_forms import with_crlf

# Where a fix would do harm in a form: it is disabled, and says this.
REFUSED = {
    ("split_locked.before.py", "decorated"): "what decorates `add` would be passed by",
    ("split_locked_function.before.py", "decorated"): "what decorates `add` would be passed by",
}

TOKEN = re.compile(r"\w+|[^\w\s]")
FORMAL = {";", "{", "}", "global", "nonlocal", "export"}


@dataclass
class Case:
    """A program in a form: its text, what is found in it, and the same of what the fix makes of it."""

    before: Path
    form: str
    text: str
    path: Path
    findings: list[checker.Finding] = field(default_factory=list)
    chosen: tuple[checker.Finding, str] | None = None
    left: list[checker.Finding] = field(default_factory=list)
    outcome: programs.Outcome | None = None
    error: str = ""

    @property
    def fixed(self) -> Path:
        return self.path.with_name(f"fixed-{self.path.name}")


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8").replace("\r\n", "\n")


def rewritten() -> list[tuple[Path, str, str]]:
    """Each program in each form that it takes."""
    python = [path for path in BEFORE if path.suffix == ".py"]
    found = [(path, form, make(text_of(path))) for path in python for form, make in forms_python.FORMS.items()]
    others = {path.name: path for path in BEFORE if path.suffix != ".py"}
    told = json.dumps({name: text_of(path) for name, path in others.items()})
    script = ["node", HERE / "forms_javascript.mjs", programs.MODULES]
    done = subprocess.run(script, input=told, stdout=subprocess.PIPE, text=True, check=True)
    for form, texts in json.loads(done.stdout).items():
        found += [(others[name], form, text) for name, text in texts.items()]
    found += [(path, f"{form}-crlf", with_crlf(text)) for path, form, text in found if form == "packed" and text]
    return [(path, form, text) for path, form, text in found if text is not None]


REWRITTEN = {f"{path.name}-{form}": (path, form, text) for path, form, text in rewritten()}


def choose(case: Case) -> None:
    fix_id, _, variable = header_of(case.before)["fix"].partition(": ")
    for finding in case.findings:
        for fix in finding.raw["fixes"]:
            if fix["id"] == fix_id and variable in ("", finding.variable) and fix.get("edits") and not case.chosen:
                case.chosen = finding, apply(case.text, fix["edits"])


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    """All at once: two runs of the checker, one of each interpreter."""
    folder = tmp_path_factory.mktemp("rewritten")
    made: dict[str, Case] = {}
    for name, (before, form, text) in REWRITTEN.items():
        path = (folder / before.name.replace(".before.", f"-{form}.")).resolve()
        made[name] = Case(before, form, text, path)
        path.write_bytes(text.encode())
    found = checker.check([case.path for case in made.values()], "--preview")
    for case in made.values():
        case.findings = found[case.path]
        choose(case)
        if case.chosen:
            case.fixed.write_bytes(case.chosen[1].encode())
    fixed = [case for case in made.values() if case.chosen]
    left = checker.check([case.fixed for case in fixed], "--preview")
    _, errors = programs.as_javascript([case.fixed for case in fixed if case.fixed.suffix != ".py"], folder / "parsed")
    texts: dict[str, str] = {}
    for case in fixed:
        case.left = left[case.fixed]
        case.error = errors if case.fixed.name in errors else ""
        if runs(case.before)[1] and not case.error:
            texts[case.fixed.name] = driven(case.before, case.chosen[1])
    outcomes = programs.run(texts, folder / "run")
    for case in fixed:
        case.outcome = outcomes.get(case.fixed.name)
    return made


def refused(case: Case, reason: str) -> None:
    fix_id = header_of(case.before)["fix"]
    reasons = [fix.get("disabled", "") for found in case.findings for fix in found.raw["fixes"] if fix["id"] == fix_id]
    assert reasons and all(reason in each for each in reasons), f"{reasons}\n{case.text}"


def changed_lines(old: list[str], new: list[str], beside: int) -> set[int]:
    """The lines that are not the same in the new text, and so many around them."""
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = [(start - beside, end + beside) for kind, start, end, _, _ in blocks if kind != "equal"]
    return {line for start, end in changed for line in range(start, end) if 0 <= line < len(old)}


def words_of(line: str) -> str:
    """A line without what forms add and take away."""
    return " ".join(word for word in TOKEN.findall(line) if word not in FORMAL)


def strangers(case: Case, text: str) -> list[str]:
    """The lines that the fix changes though it changes nothing of them in the plain form."""
    plain, old = text_of(case.before).splitlines(), case.text.splitlines()
    known = changed_lines(plain, text_of(after_of(case.before)).splitlines(), 1)
    lines = {plain[line] for line in known} | {re.sub(r"\s*(#|//|/\*).*", "", plain[line]) for line in known}
    parts = set(map(words_of, lines)) - {""}
    changed = [words_of(old[line]) for line in sorted(changed_lines(old, text.splitlines(), 0))]
    return [line for line in changed if line and not any(part in line or line in part for part in parts)]


def lost(old: str, new: str) -> Counter[str]:
    """The words and signs that a fix takes away."""
    return Counter(TOKEN.findall(old)) - Counter(TOKEN.findall(new))


@pytest.mark.parametrize("name", REWRITTEN)
def test_rewritten(name: str, cases: dict[str, Case]) -> None:
    case = cases[name]
    if reason := REFUSED.get((case.before.name, case.form)):
        return refused(case, reason)
    offered = [(found.rule, found.variable, fix["id"]) for found in case.findings for fix in found.raw["fixes"]]
    assert case.chosen, f"no {header_of(case.before)['fix']} among {offered}\n{case.text}"
    finding, text = case.chosen
    told = f"{case.text}\n---- becomes ----\n{text}"
    assert not case.error, f"{case.error}\n{told}"
    assert "\r\n" not in case.text or "\n" not in text.replace("\r\n", ""), f"line breaks differ\n{told}"
    if case.path.suffix == ".py":
        compile(text, case.path.name, "exec")
    left = {identity(other) for other in case.left}
    assert identity(finding) not in left, f"the finding is still there\n{told}"
    assert left <= {identity(other) for other in case.findings}, f"new findings\n{told}"
    assert not strangers(case, text), f"{strangers(case, text)} need not be changed\n{told}"
    allowed = lost(text_of(case.before), text_of(after_of(case.before)))
    assert not lost(case.text, text) - allowed - Counter({";": 99}), f"more is changed than in the plain form\n{told}"
    try:
        check_printed(case.before, None, case.outcome)
    except AssertionError as error:
        raise AssertionError(f"{error}\n{told}") from error
