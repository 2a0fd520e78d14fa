"""Code actions, through pytest-lsp's client."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import checker
import pytest
from editor import ACTIONS, RESOLVING, Editor, apply, at, capabilities
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from wire import RACY_JAVASCRIPT, RACY_PYTHON, URI, running

pytestmark = pytest.mark.asyncio

UNFIXABLE = """\
import asyncio

lock = asyncio.Lock()
sent = 0


async def send():
    global sent
    async with lock:
        count = sent
    await asyncio.sleep(0)
    async with lock:
        sent = count + 1


async def main():
    await asyncio.gather(send(), send())


asyncio.run(main())
"""


def preferred(actions: list[lsp.CodeAction]) -> lsp.CodeAction:
    [action] = [action for action in actions if action.is_preferred]
    return action


async def test_the_preferred_fix_ends_the_race(editor: Editor) -> None:
    await editor.start(capabilities(document_changes=True, code_action=ACTIONS))
    editor.open(RACY_PYTHON, version=3)
    [diagnostic] = await editor.diagnostics(3)
    action = preferred(await editor.actions(diagnostics=[diagnostic]))
    assert action.kind == lsp.CodeActionKind.QuickFix
    assert action.diagnostics == (diagnostic,)
    assert action.edit and action.edit.document_changes and not action.edit.changes
    [edit] = action.edit.document_changes
    assert edit.text_document == lsp.OptionalVersionedTextDocumentIdentifier(URI, 3)
    fixed = apply(RACY_PYTHON, list(edit.edits))
    ast.parse(fixed)
    editor.replace(4, fixed)
    assert await editor.diagnostics(4) == []


async def test_fixes_for_a_client_of_little_knowledge(editor: Editor) -> None:
    await editor.start(capabilities())
    editor.open(RACY_PYTHON)
    actions = await editor.actions()
    assert actions
    for action in actions:
        assert action.is_preferred is None and action.disabled is None
        assert action.edit and not action.edit.document_changes
        assert list(action.edit.changes or {}) == [URI]


@pytest.mark.parametrize("encoding, units", [
    ("utf-8", lambda text: len(text.encode())), ("utf-16", lambda text: len(text.encode("utf-16-le")) // 2),
    ("utf-32", len)])
async def test_fixes_behind_astral_characters(editor: Editor, encoding: str, units: Callable[[str], int]) -> None:
    await editor.start(capabilities([encoding], code_action=ACTIONS))
    text = RACY_PYTHON.replace("seen", "géséhen").replace("# any", "# 🌍 any")
    editor.open(text)
    [diagnostic] = await editor.diagnostics(1)
    action = preferred(await editor.actions(diagnostic.range))
    assert action.edit and action.edit.changes
    editor.replace(2, apply(text, list(action.edit.changes[URI]), units))
    assert await editor.diagnostics(2) == []


async def test_fixes_right_after_typing(editor: Editor) -> None:
    """The edits are for the text as it is now, not as it was analysed last."""
    await editor.start(capabilities(document_changes=True, code_action=ACTIONS))
    editor.open(RACY_PYTHON)
    start = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
    for version in range(2, 20):
        editor.change(version, lsp.TextDocumentContentChangePartial(start, "\n"))
        line = 9 + version - 1
        action = preferred(await editor.actions(at(line, 4, 21)))
        assert action.edit and action.edit.document_changes
        [edit] = action.edit.document_changes
        assert edit.text_document.version == version
        ast.parse(apply("\n" * (version - 1) + RACY_PYTHON, list(edit.edits)))


async def test_which_findings_are_meant(editor: Editor) -> None:
    await editor.start(capabilities(code_action=ACTIONS))
    editor.open(RACY_PYTHON)
    [diagnostic] = await editor.diagnostics(1)
    assert await editor.actions(at(9, 8, 8))
    assert await editor.actions(at(9, 21, 21))
    assert not await editor.actions(at(9, 0, 3))
    assert not await editor.actions(at(0, 0, 6))
    assert await editor.actions(at(9, 0, 0), diagnostics=[diagnostic])  # Neovim names the line's diagnostics
    other = lsp.Diagnostic(at(9, 4, 21), "not ours", code="F401", source="other")
    assert not await editor.actions(at(9, 0, 0), diagnostics=[other])


@pytest.mark.parametrize("only, wanted", [
    (None, True), (["quickfix"], True), ([""], True), (["source", "quickfix"], True),
    ([], False), (["source.organizeImports"], False), (["quick"], False), (["quickfix.other"], False)])
async def test_kinds_of_actions(editor: Editor, only: list[str] | None, wanted: bool) -> None:
    await editor.start(capabilities(code_action=ACTIONS))
    editor.open(RACY_PYTHON)
    assert bool(await editor.actions(only=only)) == wanted


async def test_no_actions_where_nothing_is_found(editor: Editor) -> None:
    await editor.start(capabilities(code_action=ACTIONS))
    assert await editor.actions() == []
    editor.open("x = 1\n")
    assert await editor.actions() == []
    editor.open(RACY_PYTHON, "plaintext", uri="file:///x.txt")
    assert await editor.actions(uri="file:///x.txt") == []


def edits_of(action: lsp.CodeAction) -> list[Any]:
    assert action.edit
    if action.edit.changes:
        return list(action.edit.changes[URI])
    assert action.edit.document_changes
    return list(action.edit.document_changes[0].edits)


def is_suppression(action: lsp.CodeAction) -> bool:
    return action.title.startswith("Ignore ")


async def test_at_most_one_action_is_preferred_and_disabled_ones_say_why(editor: Editor) -> None:
    await editor.start(capabilities(code_action=ACTIONS))
    editor.open(UNFIXABLE)
    actions = await editor.actions(at(0, 0, 0), diagnostics=await editor.diagnostics(1))
    assert sum(bool(action.is_preferred) for action in actions) <= 1
    assert any(action.disabled for action in actions)
    for action in actions:
        assert bool(action.edit) != bool(action.disabled and action.disabled.reason)


async def test_disabled_actions_are_for_those_who_show_the_reason(editor: Editor) -> None:
    await editor.start(capabilities())
    editor.open(UNFIXABLE)
    actions = await editor.actions(at(0, 0, 0), diagnostics=await editor.diagnostics(1))
    assert actions and not any(action.disabled for action in actions)


# --- Resolving


async def test_edits_are_resolved_when_chosen(editor: Editor) -> None:
    result = await editor.start(capabilities(document_changes=True, code_action=RESOLVING))
    assert isinstance(result.capabilities.code_action_provider, lsp.CodeActionOptions)
    assert result.capabilities.code_action_provider.resolve_provider
    editor.open(RACY_PYTHON)
    action = preferred(await editor.actions())
    assert action.edit is None and action.data
    resolved = await editor.client.code_action_resolve_async(action)
    assert resolved.title == action.title and resolved.is_preferred
    editor.replace(2, apply(RACY_PYTHON, edits_of(resolved)))
    assert await editor.diagnostics(2) == []


async def test_an_action_of_an_older_text_is_not_resolved(editor: Editor) -> None:
    await editor.start(capabilities(document_changes=True, code_action=RESOLVING))
    editor.open(RACY_PYTHON)
    action = preferred(await editor.actions())
    editor.replace(2, "\n" + RACY_PYTHON)
    with pytest.raises(JsonRpcException) as refused:
        await editor.client.code_action_resolve_async(action)
    assert refused.value.code == lsp.LSPErrorCodes.ContentModified


async def test_an_action_that_has_its_edit_stays_as_it_is(editor: Editor) -> None:
    await editor.start(capabilities(document_changes=True, code_action=RESOLVING))
    editor.open(RACY_PYTHON)
    action = (await editor.actions())[-1]
    assert is_suppression(action)
    assert await editor.client.code_action_resolve_async(action) == action


# --- Who waits for what


async def test_a_moving_cursor_gets_what_is_known(editor: Editor) -> None:
    """The answer comes at once; that it was asked for has the fixes made."""
    await editor.start(capabilities(code_action=ACTIONS))
    editor.open(RACY_PYTHON)
    await editor.diagnostics(1)
    seen = await editor.actions(trigger=lsp.CodeActionTriggerKind.Automatic)
    assert seen and is_suppression(seen[-1])
    asked = await editor.actions(trigger=lsp.CodeActionTriggerKind.Invoked)
    assert preferred(asked)
    assert await editor.actions(trigger=lsp.CodeActionTriggerKind.Automatic) == asked


async def test_actions_on_saving_are_waited_for(editor: Editor) -> None:
    """VS Code calls them automatic too, but names their kind."""
    await editor.start(capabilities(code_action=ACTIONS))
    editor.open(RACY_PYTHON)
    [action] = await editor.actions(at(0, 0, 0), ["source.fixAll"], trigger=lsp.CodeActionTriggerKind.Automatic)
    assert action.kind == "source.fixAll.racewise"


# --- All safe fixes


@pytest.mark.parametrize("wanted", ["source.fixAll", "source.fixAll.racewise", "source"])
@pytest.mark.parametrize("text, language, suffix", [
    (RACY_PYTHON * 2, "python", ".py"), (RACY_JAVASCRIPT, "javascript", ".js")])
async def test_all_safe_fixes_are_those_of_the_command_line(editor: Editor, tmp_path: Path, wanted: str, text: str,
                                                            language: str, suffix: str) -> None:
    await editor.start(capabilities(document_changes=True, code_action=ACTIONS))
    editor.open(text, language)
    [action] = await editor.actions(at(0, 0, 0), [wanted])
    assert action.kind == "source.fixAll.racewise" and not action.is_preferred
    file = tmp_path / f"fixed{suffix}"
    file.write_text(text)
    checker.run("check", "--fix", "--exit-zero", file)
    assert apply(text, edits_of(action)) == file.read_text() != text


async def test_all_safe_fixes_of_what_has_none(editor: Editor) -> None:
    await editor.start(capabilities(code_action=RESOLVING))
    editor.open(UNFIXABLE)
    assert await editor.actions(at(0, 0, 0), ["source.fixAll"]) == []
    editor.replace(2, "x = 1\n")
    assert await editor.actions(at(0, 0, 0), ["source.fixAll"]) == []


async def test_all_safe_fixes_are_in_the_menu_of_one_and_made_when_chosen(editor: Editor) -> None:
    await editor.start(capabilities(code_action=RESOLVING))
    editor.open(RACY_PYTHON)
    [all_fixes] = [action for action in await editor.actions() if action.kind == "source.fixAll.racewise"]
    assert all_fixes.edit is None
    resolved = await editor.client.code_action_resolve_async(all_fixes)
    editor.replace(2, apply(RACY_PYTHON, edits_of(resolved)))
    assert await editor.diagnostics(2) == []
    assert await editor.actions(at(0, 0, 0)) == []


# --- Unsafe fixes


async def test_unsafe_fixes_are_confirmed_where_the_client_can_ask(editor: Editor) -> None:
    await editor.start(capabilities(
        document_changes=True, code_action=ACTIONS,
        edits={"change_annotation_support": lsp.ChangeAnnotationsSupportOptions()}), confirmUnsafeFixes=True)
    editor.open(RACY_PYTHON)
    safe, unsafe, suppression = await editor.actions()
    for action in (safe, suppression):
        assert action.edit and not action.edit.change_annotations
    assert unsafe.edit and unsafe.edit.change_annotations
    [(name, annotation)] = unsafe.edit.change_annotations.items()
    assert annotation.needs_confirmation and annotation.label == unsafe.title
    assert {edit.annotation_id for edit in edits_of(unsafe)} == {name}


# --- Suppressions


def suppressions(actions: list[lsp.CodeAction]) -> list[lsp.CodeAction]:
    found = [action for action in actions if is_suppression(action)]
    assert actions[len(actions) - len(found):] == found  # they come last
    return found


@pytest.mark.parametrize("text, language, line", [
    (RACY_PYTHON, "python", "    visits = seen + 1  # racewise: ignore[lost-update] -- "),
    (RACY_PYTHON.replace("seen + 1", "seen + 1  # racewise: ignore[toctou] -- why"), "python",
     "    visits = seen + 1  # racewise: ignore[toctou, lost-update] -- why"),
    (RACY_PYTHON.replace("seen + 1", "seen + int('''\n1''')"), "python",
     "    # racewise: ignore[lost-update] -- \n    visits = seen + int('''"),
    (RACY_PYTHON.replace("seen + 1", "seen + \\\n 1"), "python",
     "    # racewise: ignore[lost-update] -- \n    visits = seen + \\"),
])
async def test_suppressing_a_finding(editor: Editor, text: str, language: str, line: str) -> None:
    await editor.start(capabilities(code_action=ACTIONS))
    editor.open(text, language)
    [action] = suppressions(await editor.actions(at(9, 4, 4)))
    assert not action.is_preferred
    assert line + "\n" in apply(text, edits_of(action))


async def test_suppressing_in_javascript(editor: Editor) -> None:
    await editor.start(capabilities(code_action=ACTIONS))
    editor.open(RACY_JAVASCRIPT, "javascript")
    [diagnostic] = await editor.diagnostics(1)
    [action] = suppressions(await editor.actions(diagnostic.range))
    changed = apply(RACY_JAVASCRIPT, edits_of(action)).splitlines()
    assert changed[diagnostic.range.start.line].endswith("  // racewise: ignore[lost-update] -- ")


async def test_the_cursor_goes_to_the_reason() -> None:
    """Snippets in edits are of LSP 3.18, which the client of these tests does not know."""
    with running({"workspace": {"workspaceEdit": {"documentChanges": True, "snippetEditSupport": True}}}) as client:
        client.open(RACY_PYTHON)
        span = {"start": {"line": 9, "character": 4}, "end": {"line": 9, "character": 4}}
        actions = client.result("textDocument/codeAction", {
            "textDocument": {"uri": URI}, "range": span, "context": {"diagnostics": []}})
        [edit] = actions[-1]["edit"]["documentChanges"][0]["edits"]
        assert edit["snippet"] == {
            "kind": "snippet", "value": "  # racewise: ignore[lost-update] -- ${1:reason}$0"}


STRESS = "Generate a stress test"


async def stress_action(editor: Editor, uri: str, operations: list[Any]) -> list[lsp.CodeAction]:
    await editor.start(capabilities(document_changes=True, code_action=RESOLVING,
                                    edits={"resource_operations": operations}))
    editor.open(RACY_PYTHON, version=1, uri=uri)
    return [action for action in await editor.actions(uri=uri) if action.title == STRESS]


async def test_a_stress_test_is_a_new_file_beside_the_source(editor: Editor, tmp_path: Path) -> None:
    source = tmp_path / "racy file.py"
    source.write_text(RACY_PYTHON)
    [action] = await stress_action(editor, source.as_uri(), [lsp.ResourceOperationKind.Create])
    assert action.edit is None
    resolved = await editor.client.code_action_resolve_async(action)
    create, edit = resolved.edit.document_changes
    assert create.kind == "create" and create.uri == edit.text_document.uri
    assert create.uri.startswith(tmp_path.as_uri() + "/test_stress_racy%20file_")
    compile(edit.edits[0].new_text, "test", "exec")
    assert '"racy file.py"' in edit.edits[0].new_text


async def test_no_stress_test_for_clients_that_create_no_files(editor: Editor, tmp_path: Path) -> None:
    source = tmp_path / "racy.py"
    source.write_text(RACY_PYTHON)
    assert await stress_action(editor, source.as_uri(), [lsp.ResourceOperationKind.Rename]) == []
