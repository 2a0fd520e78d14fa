"""What an editor gets, through pytest-lsp's client."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import checker
import pytest
import pytest_asyncio
from lsprotocol import types as lsp
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient
from wire import PATIENCE, RACY_PYTHON, URI

pytestmark = pytest.mark.asyncio

WRITE = lsp.Range(lsp.Position(9, 4), lsp.Position(9, 21))  # `visits = seen + 1` in the example

RELATED = lsp.PublishDiagnosticsClientCapabilities(related_information=True, data_support=True)
PULL = lsp.DiagnosticClientCapabilities()
ACTIONS = lsp.CodeActionClientCapabilities(
    code_action_literal_support=lsp.ClientCodeActionLiteralOptions(lsp.ClientCodeActionKindOptions([""])),
    is_preferred_support=True, disabled_support=True)


def capabilities(encodings: list[str] | None = None, document_changes: bool = False,
                 **text_document: Any) -> lsp.ClientCapabilities:
    return lsp.ClientCapabilities(
        general=lsp.GeneralClientCapabilities(position_encodings=encodings),
        workspace=lsp.WorkspaceClientCapabilities(
            workspace_edit=lsp.WorkspaceEditClientCapabilities(document_changes=document_changes)),
        text_document=lsp.TextDocumentClientCapabilities(**text_document))


class Editor:
    """An editor with one server."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.published: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()

        @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def _(params: lsp.PublishDiagnosticsParams) -> None:
            self.published.put_nowait(params)

    async def start(self, announced: lsp.ClientCapabilities) -> lsp.InitializeResult:
        return await self.client.initialize_session(lsp.InitializeParams(capabilities=announced))

    def open(self, text: str, language: str = "python", version: int = 1, uri: str = URI) -> None:
        self.client.text_document_did_open(
            lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, language, version, text)))

    def change(self, version: int, *changes: lsp.TextDocumentContentChangeEvent) -> None:
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(
            lsp.VersionedTextDocumentIdentifier(version, URI), list(changes)))

    def replace(self, version: int, text: str) -> None:
        self.change(version, lsp.TextDocumentContentChangeWholeDocument(text))

    def close(self, uri: str = URI) -> None:
        self.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))

    async def next_published(self) -> lsp.PublishDiagnosticsParams:
        return await asyncio.wait_for(self.published.get(), PATIENCE)

    async def diagnostics(self, version: int) -> list[lsp.Diagnostic]:
        """What is published for a version, skipping what is published for older ones."""
        while (params := await self.next_published()).version != version:
            assert params.version is None or params.version < version
        return list(params.diagnostics)

    async def pull(self, previous: str | None = None, uri: str = URI) -> Any:
        return await self.client.text_document_diagnostic_async(
            lsp.DocumentDiagnosticParams(lsp.TextDocumentIdentifier(uri), previous_result_id=previous))

    async def actions(self, span: lsp.Range = WRITE, only: list[Any] | None = None,
                      diagnostics: list[lsp.Diagnostic] | None = None, uri: str = URI) -> list[lsp.CodeAction]:
        found = await self.client.text_document_code_action_async(lsp.CodeActionParams(
            lsp.TextDocumentIdentifier(uri), span, lsp.CodeActionContext(diagnostics or [], only=only)))
        return list(found or [])


@pytest_asyncio.fixture
async def editor() -> AsyncIterator[Editor]:
    client = LanguageClient(converter_factory=default_converter)  # without its own idea of what to keep
    await client.start_io(checker.program(), "lsp")
    yield Editor(client)
    await client.shutdown_session()
    await client.stop()


def at(line: int, start: int, end: int) -> lsp.Range:
    return lsp.Range(lsp.Position(line, start), lsp.Position(line, end))


# --- Initialize


@pytest.mark.parametrize("offered, chosen", [
    (None, "utf-16"), ([], "utf-16"), (["utf-16"], "utf-16"), (["utf-32", "utf-8", "utf-16"], "utf-8"),
    (["utf-16", "utf-32"], "utf-16"), (["utf-32", "utf-16"], "utf-32"), (["ebcdic"], "utf-16"),
])
async def test_position_encoding(editor: Editor, offered: list[str] | None, chosen: str) -> None:
    result = await editor.start(capabilities(offered))
    assert result.capabilities.position_encoding == chosen


async def test_what_the_server_announces(editor: Editor) -> None:
    result = await editor.start(capabilities())
    assert result.server_info and result.server_info.name == "racewise"
    sync = result.capabilities.text_document_sync
    assert isinstance(sync, lsp.TextDocumentSyncOptions)
    assert (sync.open_close, sync.change) == (True, lsp.TextDocumentSyncKind.Incremental)
    assert isinstance(result.capabilities.code_action_provider, lsp.CodeActionOptions)
    assert result.capabilities.code_action_provider.code_action_kinds == (lsp.CodeActionKind.QuickFix,)
    assert result.capabilities.diagnostic_provider is None  # this client listens


# --- Published diagnostics


async def test_a_diagnostic(editor: Editor) -> None:
    await editor.start(capabilities(publish_diagnostics=RELATED))
    editor.open(RACY_PYTHON, version=7)
    [diagnostic] = await editor.diagnostics(7)
    assert diagnostic.range == WRITE
    assert (diagnostic.code, diagnostic.source) == ("lost-update", "racewise")
    assert diagnostic.severity in (lsp.DiagnosticSeverity.Error, lsp.DiagnosticSeverity.Warning)
    assert diagnostic.data["rule"] == "lost-update"
    related = diagnostic.related_information
    assert related and {information.location.uri for information in related} == {URI}
    assert {7, 8} <= {information.location.range.start.line for information in related}  # the read, the await


async def test_a_client_without_related_places(editor: Editor) -> None:
    await editor.start(capabilities())
    editor.open(RACY_PYTHON)
    [diagnostic] = await editor.diagnostics(1)
    assert diagnostic.related_information is None
    assert diagnostic.data is None
    assert "line 8" in diagnostic.message and "line 9" in diagnostic.message


@pytest.mark.parametrize("encoding, units", [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)])
async def test_columns_behind_astral_characters(editor: Editor, encoding: str, units: int) -> None:
    await editor.start(capabilities([encoding]))
    editor.open(RACY_PYTHON.replace("    visits = seen + 1", "    '🌍'; visits = seen + 1"))
    [diagnostic] = await editor.diagnostics(1)
    assert diagnostic.range == at(9, 8 + units, 25 + units)


async def test_line_ends(editor: Editor) -> None:
    await editor.start(capabilities())
    editor.open(RACY_PYTHON.replace("\n", "\r\n"))
    [diagnostic] = await editor.diagnostics(1)
    assert diagnostic.range == WRITE


@pytest.mark.parametrize("language, uri, count", [
    ("python", "untitled:Untitled-1", 1),
    ("python", "file:///no/such/folder/x", 1),
    ("Python3", "file:///x.py", 1),  # an editor's own name for it
    ("plaintext", "file:///x.txt", 0),
    ("", "file:///x", 0),
    ("python", "vscode-notebook-cell:/x.ipynb#1", 0),
])
async def test_which_documents_are_looked_at(editor: Editor, language: str, uri: str, count: int) -> None:
    await editor.start(capabilities(diagnostic=PULL))
    editor.open(RACY_PYTHON, language, uri=uri)
    assert len((await editor.pull(uri=uri)).items) == count


# --- Text synchronisation


async def test_incremental_changes(editor: Editor) -> None:
    await editor.start(capabilities())
    editor.open("")
    assert await editor.diagnostics(1) == []
    for version, character in enumerate(RACY_PYTHON, start=2):
        typed = RACY_PYTHON[:version - 2]
        end = lsp.Position(typed.count("\n"), len(typed.rpartition("\n")[2]))
        editor.change(version, lsp.TextDocumentContentChangePartial(lsp.Range(end, end), character))
    [diagnostic] = await editor.diagnostics(len(RACY_PYTHON) + 1)
    assert diagnostic.range == WRITE


async def test_several_changes_at_once_build_on_each_other(editor: Editor) -> None:
    await editor.start(capabilities())
    editor.open("x\n")
    first_line = lsp.Range(lsp.Position(0, 0), lsp.Position(1, 0))
    start = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
    editor.change(2, lsp.TextDocumentContentChangePartial(first_line, ""),
                  lsp.TextDocumentContentChangePartial(start, RACY_PYTHON),
                  lsp.TextDocumentContentChangePartial(start, "# one more line\n"))
    [diagnostic] = await editor.diagnostics(2)
    assert diagnostic.range == at(10, 4, 21)


async def test_whole_text(editor: Editor) -> None:
    await editor.start(capabilities())
    editor.open("")
    editor.replace(2, RACY_PYTHON)
    assert len(await editor.diagnostics(2)) == 1
    editor.replace(3, "")
    assert await editor.diagnostics(3) == []


async def test_ranges_out_of_bounds_are_clipped(editor: Editor) -> None:
    await editor.start(capabilities())
    editor.open("x = 1\ny = 2")
    far = lsp.Range(lsp.Position(0, 0), lsp.Position(2**31 - 1, 2**31 - 1))
    editor.change(2, lsp.TextDocumentContentChangePartial(far, RACY_PYTHON))
    assert len(await editor.diagnostics(2)) == 1
    backwards = lsp.Range(lsp.Position(99, 0), lsp.Position(0, 0))
    editor.change(3, lsp.TextDocumentContentChangePartial(backwards, ""))
    assert await editor.diagnostics(3) == []


async def test_versions_may_start_over(editor: Editor) -> None:
    await editor.start(capabilities())
    editor.open(RACY_PYTHON, version=100)
    assert len((await editor.next_published()).diagnostics) == 1
    editor.replace(5, "")
    assert await editor.next_published() == lsp.PublishDiagnosticsParams(URI, (), 5)
    editor.close()
    assert await editor.next_published() == lsp.PublishDiagnosticsParams(URI, ())
    editor.open(RACY_PYTHON, version=1)
    assert len((await editor.next_published()).diagnostics) == 1


async def test_closing_takes_the_diagnostics_back(editor: Editor) -> None:
    await editor.start(capabilities())
    editor.open(RACY_PYTHON)
    assert len(await editor.diagnostics(1)) == 1
    editor.close()
    assert await editor.next_published() == lsp.PublishDiagnosticsParams(URI, ())


async def test_nothing_is_published_after_closing(editor: Editor) -> None:
    await editor.start(capabilities())
    for version in range(1, 30):
        editor.open(RACY_PYTHON * 50, version=version)
        editor.close()
    editor.open("", version=99, uri="file:///other.py")
    while (params := await editor.next_published()).uri == URI:
        assert not params.diagnostics
    assert params.version == 99


async def test_opened_twice(editor: Editor) -> None:
    await editor.start(capabilities())
    editor.open(RACY_PYTHON, version=1)
    editor.open("x = 1\n", version=2)
    assert await editor.diagnostics(2) == []
    editor.open(RACY_PYTHON, "javascript", version=3)
    editor.open(RACY_PYTHON, "python", version=4)
    assert len(await editor.diagnostics(4)) == 1


async def test_documents_do_not_mix(editor: Editor) -> None:
    await editor.start(capabilities())
    for i in range(10):
        editor.open("\n" * i + RACY_PYTHON, version=i, uri=f"file:///{i}.py")
    for _ in range(10):
        params = await editor.next_published()
        assert [d.range.start.line for d in params.diagnostics] == [9 + (params.version or 0)]
        assert params.uri == f"file:///{params.version}.py"


# --- Pulled diagnostics


async def test_pull(editor: Editor) -> None:
    result = await editor.start(capabilities(diagnostic=PULL, publish_diagnostics=RELATED))
    assert result.capabilities.diagnostic_provider
    editor.open(RACY_PYTHON)
    first = await editor.pull()
    assert isinstance(first, lsp.RelatedFullDocumentDiagnosticReport)
    assert [d.range for d in first.items] == [WRITE]
    again = await editor.pull(first.result_id)
    assert again == lsp.RelatedUnchangedDocumentDiagnosticReport(first.result_id)
    editor.replace(2, "")
    empty = await editor.pull(first.result_id)
    assert (empty.kind, list(empty.items)) == ("full", [])
    assert empty.result_id != first.result_id
    assert editor.published.empty()  # never both


async def test_pull_right_after_typing(editor: Editor) -> None:
    await editor.start(capabilities(diagnostic=PULL))
    editor.open("")
    for version in range(2, 40):
        text = RACY_PYTHON if version % 2 else "x = 1\n"
        editor.replace(version, "\n" * version + text)
        report = await editor.pull()
        assert [d.range.start.line for d in report.items] == [9 + version] * (version % 2)


async def test_pull_of_what_is_not_open(editor: Editor) -> None:
    await editor.start(capabilities(diagnostic=PULL))
    assert not (await editor.pull()).items
    editor.open(RACY_PYTHON)
    editor.close()
    assert not (await editor.pull()).items


# --- Code actions


def has_fixes() -> bool:
    done = checker.run("check", "--output-format", "json", "--exit-zero", checker.REPOSITORY / "examples/lost_update.py")
    return '"fixes":[]' not in done.stdout.replace(" ", "")


needs_fixes = pytest.mark.skipif(not has_fixes(), reason="this build knows no fix for the example")


def apply(text: str, edits: list[Any], units: Callable[[str], int] = len) -> str:
    """Applies edits as an editor does: from the end, positions counted in `units`."""
    def offset(position: lsp.Position) -> int:
        lines = text.splitlines(keepends=True)
        line = lines[position.line] if position.line < len(lines) else ""
        column = next(i for i in range(len(line) + 1) if units(line[:i]) >= position.character)
        return sum(map(len, lines[:position.line])) + column
    for edit in sorted(edits, key=lambda edit: offset(edit.range.start), reverse=True):
        text = text[:offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end):]
    return text


def preferred(actions: list[lsp.CodeAction]) -> lsp.CodeAction:
    [action] = [action for action in actions if action.is_preferred]
    return action


@needs_fixes
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


@needs_fixes
async def test_fixes_for_a_client_of_little_knowledge(editor: Editor) -> None:
    await editor.start(capabilities())
    editor.open(RACY_PYTHON)
    actions = await editor.actions()
    assert actions
    for action in actions:
        assert action.is_preferred is None and action.disabled is None
        assert action.edit and not action.edit.document_changes
        assert list(action.edit.changes or {}) == [URI]


@needs_fixes
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


@needs_fixes
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


@needs_fixes
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


@needs_fixes
@pytest.mark.parametrize("only, wanted", [
    (None, True), (["quickfix"], True), ([""], True), (["source", "quickfix"], True),
    ([], False), (["source.fixAll"], False), (["quick"], False), (["quickfix.other"], False)])
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


async def test_at_most_one_action_is_preferred_and_disabled_ones_say_why(editor: Editor) -> None:
    await editor.start(capabilities(code_action=ACTIONS))
    editor.open(RACY_PYTHON)
    actions = await editor.actions()
    assert sum(bool(action.is_preferred) for action in actions) <= 1
    for action in actions:
        assert bool(action.edit) != bool(action.disabled and action.disabled.reason)
