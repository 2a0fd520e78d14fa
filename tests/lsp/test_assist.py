"""Audits, prompts and explanations in the editor."""
from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from wire import RACY_PYTHON, URI, running

from checker import run

RACY_LINE = RACY_PYTHON.splitlines().index("    visits = seen + 1")


def ask(client: Any, command: str, *arguments: Any) -> Any:
    return client.request("workspace/executeCommand", {"command": command, "arguments": list(arguments)})


def test_the_audit_is_that_of_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "same.py"
    file.write_text(RACY_PYTHON)
    expected = run("audit", "--isolated", "--output-format=markdown", file).stdout
    with running({}) as client:
        client.open(RACY_PYTHON)
        told = ask(client, "racewise.audit", URI)["result"]
    assert told.split("\n")[3:] == expected.split("\n")[3:] and told.startswith("\n# Audit of `")


def test_the_audit_is_of_what_was_typed_last() -> None:
    with running({}) as client:
        client.open(RACY_PYTHON)
        client.change(2, {"text": "async def quiet():\n    return 1\n"})
        assert "Tasks share nothing that one of them changes." in ask(client, "racewise.audit", URI)["result"]


@pytest.mark.parametrize("kind", ["write", "audit", "fix", "test"])
def test_prompts(kind: str) -> None:
    with running({}) as client:
        client.open(RACY_PYTHON)
        told = ask(client, "racewise.prompt", URI, kind)["result"]
    assert "GIL" in told and re.search(r"^- `\w+`, defined on line", told, re.MULTILINE) and len(told) <= 8000


def test_a_prompt_about_a_line() -> None:
    with running({}) as client:
        client.open(RACY_PYTHON)
        there = ask(client, "racewise.prompt", URI, "fix", {"line": RACY_LINE, "character": 4})
        assert f"- line {RACY_LINE + 1}, lost-update" in there["result"]
        elsewhere = ask(client, "racewise.prompt", URI, "fix", {"line": 0, "character": 0})
        assert "the nearest finding is on line" in elsewhere["error"]["message"]


@pytest.mark.parametrize("arguments", [[], [URI], [URI, "adit"], [URI, 3]])
def test_prompts_that_cannot_be_made(arguments: list[Any]) -> None:
    with running({}) as client:
        client.open(RACY_PYTHON)
        assert ask(client, "racewise.prompt", *arguments)["error"]["code"] == -32602


def test_documents_that_are_not_open() -> None:
    with running({}) as client:
        assert ask(client, "racewise.audit", "file:///nowhere.py")["result"] is None
        assert ask(client, "racewise.prompt", "file:///nowhere.py", "audit")["result"] is None


def test_topics_are_explained_like_rules() -> None:
    with running({}) as client:
        assert ask(client, "racewise.explainRule", "promise-all")["result"].startswith("# promise-all")


def test_a_race_is_explained_by_an_action() -> None:
    with running({}) as client:
        client.open(RACY_PYTHON)
        place = {"line": RACY_LINE, "character": 4}
        actions = client.result("textDocument/codeAction", {
            "textDocument": {"uri": URI}, "range": {"start": place, "end": place}, "context": {"diagnostics": []}})
        [action] = [action for action in actions if action["title"] == "Explain this race"]
        assert "edit" not in action and "isPreferred" not in action
        assert client.result("codeAction/resolve", action) == action
        told = ask(client, action["command"]["command"], *action["command"]["arguments"])["result"]
        assert "lost-update" in told and "| line | task A | task B |" in told
