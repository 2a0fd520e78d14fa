"""Hovers, highlights, hints, lenses and commands, through pytest-lsp's client."""

from __future__ import annotations

from typing import Any

import pytest
from editor import ACTIONS, Editor, apply, at, capabilities
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from wire import RACY_JAVASCRIPT, RACY_PYTHON, URI

pytestmark = pytest.mark.asyncio

DOCUMENT = lsp.TextDocumentIdentifier(URI)
MARKDOWN = lsp.HoverClientCapabilities(content_format=[lsp.MarkupKind.Markdown, lsp.MarkupKind.PlainText])
EVERYWHERE = at(0, 0, 0), lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0))

LOCKED = """\
import asyncio


class Cart:
    def __init__(self):
        self.items = []
        self.lock = asyncio.Lock()

    async def add(self, item):
        async with self.lock:
            kept = list(self.items)
            await asyncio.sleep(0)
            self.items = kept + [item]

    async def clear(self):
        await asyncio.sleep(0)
        self.items = []


async def main():
    cart = Cart()
    await asyncio.gather(cart.add(1), cart.add(2), cart.clear())


asyncio.run(main())
"""


async def hover(editor: Editor, line: int, character: int) -> lsp.Hover | None:
    return await editor.client.text_document_hover_async(lsp.HoverParams(DOCUMENT, lsp.Position(line, character)))


def words(found: lsp.Hover | None) -> str:
    assert found and isinstance(found.contents, lsp.MarkupContent)
    return found.contents.value


# --- Hover


async def test_hover_tells_the_interleaving_of_a_finding(editor: Editor) -> None:
    await editor.start(capabilities(hover=MARKDOWN))
    editor.open(RACY_PYTHON)
    found = await hover(editor, 9, 14)
    assert found and found.range == at(9, 4, 21)
    assert isinstance(found.contents, lsp.MarkupContent) and found.contents.kind == lsp.MarkupKind.Markdown
    assert "**lost-update**" in words(found)
    rows = [line for line in words(found).splitlines() if line.startswith("| ")]
    assert rows[0] == "| line | task A | task B |"
    assert rows[1].startswith("| 8 | reads `visits` |")
    assert any(row.startswith("| 10 |  | writes `visits`") for row in rows)  # the other task


async def test_hover_for_a_client_without_markdown(editor: Editor) -> None:
    await editor.start(capabilities())
    editor.open(RACY_PYTHON)
    found = await hover(editor, 9, 14)
    assert found and isinstance(found.contents, lsp.MarkupContent)
    assert found.contents.kind == lsp.MarkupKind.PlainText
    assert "|" not in words(found) and "**" not in words(found)
    [head] = [line for line in words(found).splitlines() if line.startswith("line")]
    [other] = [line for line in words(found).splitlines() if line.endswith("writes `visits`")]
    assert head.index("task B") == other.index("writes")


async def test_hover_tells_who_shares_a_location(editor: Editor) -> None:
    await editor.start(capabilities(hover=MARKDOWN))
    editor.open(LOCKED)
    text = words(await hover(editor, 16, 10))
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert "| 11 | `Cart.add` | reads | `self.lock` |" in rows
    assert "| 13 | `Cart.add` | writes | `self.lock` |" in rows
    assert "| 17 | `Cart.clear` | writes | no lock |" in rows
    assert "another task may run `Cart.add`" in text


async def test_hover_leaves_out_what_a_lock_keeps_out(editor: Editor) -> None:
    await editor.start(capabilities(hover=MARKDOWN))
    editor.open(LOCKED)
    text = words(await hover(editor, 10, 26))
    assert text.endswith("another task may run `Cart.clear` (writes it on line 17).\n")


@pytest.mark.parametrize("line, character", [(0, 3), (4, 0), (19, 6)])
async def test_hover_says_nothing_about_other_things(editor: Editor, line: int, character: int) -> None:
    await editor.start(capabilities(hover=MARKDOWN))
    editor.open(LOCKED)
    assert await hover(editor, line, character) is None


async def test_hover_in_what_is_not_analysed(editor: Editor) -> None:
    await editor.start(capabilities(hover=MARKDOWN))
    assert await hover(editor, 9, 14) is None
    editor.open(RACY_PYTHON, "plaintext", uri=URI.replace(".py", ".txt"))
    assert await hover(editor, 9, 14) is None


async def test_hover_is_about_the_text_as_it_is(editor: Editor) -> None:
    await editor.start(capabilities(hover=MARKDOWN))
    editor.open(RACY_PYTHON)
    for version in range(2, 20):
        editor.change(version, lsp.TextDocumentContentChangePartial(at(0, 0, 0), "\n"))
        assert f"line {version + 7}" in words(await hover(editor, version + 8, 14))


# --- Highlights


async def test_highlights_are_the_accesses_of_a_shared_location(editor: Editor) -> None:
    await editor.start(capabilities())
    editor.open(RACY_PYTHON)
    found = await editor.client.text_document_document_highlight_async(
        lsp.DocumentHighlightParams(DOCUMENT, lsp.Position(7, 12)))
    assert [(h.range, h.kind) for h in found or []] == [
        (at(7, 11, 17), lsp.DocumentHighlightKind.Read), (at(9, 4, 10), lsp.DocumentHighlightKind.Write),
        (at(14, 10, 16), lsp.DocumentHighlightKind.Read)]


async def test_highlights_of_other_things_are_left_to_others(editor: Editor) -> None:
    await editor.start(capabilities())
    editor.open(RACY_PYTHON)
    assert await editor.client.text_document_document_highlight_async(
        lsp.DocumentHighlightParams(DOCUMENT, lsp.Position(7, 6))) is None


# --- Hints and lenses


async def hints(editor: Editor, span: lsp.Range = EVERYWHERE[1]) -> Any:
    return await editor.client.text_document_inlay_hint_async(lsp.InlayHintParams(DOCUMENT, span))


async def lenses(editor: Editor) -> Any:
    return await editor.client.text_document_code_lens_async(lsp.CodeLensParams(DOCUMENT))


async def test_hints_and_lenses_are_off_by_default(editor: Editor) -> None:
    await editor.start(capabilities())
    editor.open(RACY_PYTHON)
    assert not await hints(editor) and not await lenses(editor)


async def test_a_hint_where_others_may_run(editor: Editor) -> None:
    await editor.start(capabilities(), inlayHints=True)
    editor.open(RACY_PYTHON)
    [hint] = await hints(editor)
    assert hint.position == lsp.Position(8, 26)
    assert hint.label == "visits may change here"
    assert await hints(editor, at(8, 0, 26)) == (hint,)
    assert not await hints(editor, at(9, 0, 9))
    editor.replace(2, "x = 1\n")
    assert not await hints(editor)


async def test_lenses_for_what_is_shared_and_who_runs_together(editor: Editor) -> None:
    await editor.start(capabilities(), codeLens=True)
    editor.open(LOCKED)
    found = {(lens.range.start.line, lens.command.title) for lens in await lenses(editor)}
    assert (5, "self.items is shared between tasks: 1 read, 2 writes") in found
    assert (8, "while this waits, other tasks may run Cart.clear") in found
    assert not await hints(editor)


async def test_a_lens_in_javascript(editor: Editor) -> None:
    await editor.start(capabilities(), codeLens=True)
    editor.open(RACY_JAVASCRIPT, "javascript")
    assert len(await lenses(editor)) >= 2


# --- Commands


async def execute(editor: Editor, command: str, *arguments: Any) -> Any:
    return await editor.client.workspace_execute_command_async(lsp.ExecuteCommandParams(command, list(arguments)))


async def test_a_lens_explains_what_it_is_about(editor: Editor) -> None:
    await editor.start(capabilities(), codeLens=True)
    editor.open(LOCKED)
    for lens in await lenses(editor):
        told = await execute(editor, lens.command.command, *lens.command.arguments)
        assert "`self.items` is shared between tasks" in told
    assert "self.items" in editor.shown[0].message


async def test_all_safe_fixes_by_command(editor: Editor) -> None:
    await editor.start(capabilities(document_changes=True, code_action=ACTIONS, workspace={"apply_edit": True}))
    editor.open(RACY_PYTHON)
    assert await execute(editor, "racewise.applyAllFixes", URI) is None
    applied = await editor.next_applied()
    assert applied.edit.document_changes
    editor.replace(2, apply(RACY_PYTHON, list(applied.edit.document_changes[0].edits)))
    assert await editor.diagnostics(2) == []
    assert await execute(editor, "racewise.applyAllFixes", URI) is None
    assert await execute(editor, "racewise.applyAllFixes", "file:///closed.py") is None
    assert editor.applied.empty()


async def test_a_rule_is_explained(editor: Editor) -> None:
    await editor.start(capabilities())
    assert (await execute(editor, "racewise.explainRule", "lost-update")).startswith("# lost-update")


async def test_debug_information(editor: Editor) -> None:
    await editor.start(capabilities())
    editor.open(RACY_PYTHON)
    await editor.diagnostics(1)
    told = await execute(editor, "racewise.debugInfo")
    assert "racewise " in told and "python" in told and "1 findings" in told
    assert URI not in told  # nothing that a report should not say


@pytest.mark.parametrize("command, arguments", [
    ("racewise.nothing", []), ("racewise.explainRule", []), ("racewise.explainRule", ["nothing"]),
    ("racewise.explainRule", [1]), ("racewise.explainPlace", [URI]), ("racewise.explainPlace", [URI, 7])])
async def test_commands_that_cannot_be_followed(editor: Editor, command: str, arguments: list[Any]) -> None:
    await editor.start(capabilities())
    with pytest.raises(JsonRpcException) as refused:
        await execute(editor, command, *arguments)
    assert refused.value.code == -32602


async def test_a_client_that_applies_no_edits(editor: Editor) -> None:
    await editor.start(capabilities())
    with pytest.raises(JsonRpcException) as refused:
        await execute(editor, "racewise.applyAllFixes", URI)
    assert refused.value.code == lsp.LSPErrorCodes.RequestFailed
