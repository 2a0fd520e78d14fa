"""An editor, as pytest-lsp's client plays it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from lsprotocol import types as lsp
from pytest_lsp import LanguageClient
from wire import PATIENCE, URI

WRITE = lsp.Range(lsp.Position(9, 4), lsp.Position(9, 21))  # `visits = seen + 1` in the example

RELATED = lsp.PublishDiagnosticsClientCapabilities(related_information=True, data_support=True)
PULL = lsp.DiagnosticClientCapabilities()
ACTIONS = lsp.CodeActionClientCapabilities(
    code_action_literal_support=lsp.ClientCodeActionLiteralOptions(lsp.ClientCodeActionKindOptions([""])),
    is_preferred_support=True, disabled_support=True)


RESOLVING = lsp.CodeActionClientCapabilities(
    code_action_literal_support=lsp.ClientCodeActionLiteralOptions(lsp.ClientCodeActionKindOptions([""])),
    is_preferred_support=True, disabled_support=True, data_support=True,
    resolve_support=lsp.ClientCodeActionResolveOptions(["edit"]))


def capabilities(encodings: list[str] | None = None, document_changes: bool = False,
                 workspace: dict[str, Any] | None = None, window: lsp.WindowClientCapabilities | None = None,
                 edits: dict[str, Any] | None = None, **text_document: Any) -> lsp.ClientCapabilities:
    return lsp.ClientCapabilities(
        general=lsp.GeneralClientCapabilities(position_encodings=encodings),
        window=window,
        workspace=lsp.WorkspaceClientCapabilities(
            workspace_edit=lsp.WorkspaceEditClientCapabilities(document_changes=document_changes, **(edits or {})),
            **(workspace or {})),
        text_document=lsp.TextDocumentClientCapabilities(**text_document))


def plain(value: Any) -> Any:
    """What pygls has wrapped in objects, as JSON has it."""
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value] if not hasattr(value, "_asdict") else plain(value._asdict())
    return {name: plain(item) for name, item in value.items()} if isinstance(value, dict) else value


class Editor:
    """An editor with one server."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.published: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()

        @client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def _(params: lsp.PublishDiagnosticsParams) -> None:
            self.published.put_nowait(params)

        self.applied: asyncio.Queue[lsp.ApplyWorkspaceEditParams] = asyncio.Queue()

        @client.feature(lsp.WORKSPACE_APPLY_EDIT)
        def _(params: lsp.ApplyWorkspaceEditParams) -> lsp.ApplyWorkspaceEditResult:
            self.applied.put_nowait(params)
            return lsp.ApplyWorkspaceEditResult(applied=True)

        self.shown: list[lsp.ShowMessageParams] = []

        @client.feature(lsp.WINDOW_SHOW_MESSAGE)
        def _(params: lsp.ShowMessageParams) -> None:
            self.shown.append(params)

        self.settings: dict[str | None, Any] = {}  # by the folder's URI; None: for all
        self.asked: asyncio.Queue[str] = asyncio.Queue()  # methods of requests that the server made

        @client.feature(lsp.WORKSPACE_CONFIGURATION)
        def _(params: lsp.ConfigurationParams) -> list[Any]:
            assert {item.section for item in params.items} == {"racewise"}
            self.asked.put_nowait(lsp.WORKSPACE_CONFIGURATION)
            return [self.settings.get(item.scope_uri) for item in params.items]

        self.registered: list[lsp.Registration] = []
        self.unregistered: list[tuple[str, str]] = []  # ids and methods

        @client.feature(lsp.CLIENT_REGISTER_CAPABILITY)
        def _(params: lsp.RegistrationParams) -> None:
            self.registered += params.registrations
            self.asked.put_nowait(lsp.CLIENT_REGISTER_CAPABILITY)

        @client.feature(lsp.CLIENT_UNREGISTER_CAPABILITY)
        def _(params: lsp.UnregistrationParams) -> None:
            gone = {each.id for each in params.unregisterations}
            self.registered = [each for each in self.registered if each.id not in gone]
            self.unregistered += [(each.id, each.method) for each in params.unregisterations]
            self.asked.put_nowait(lsp.CLIENT_UNREGISTER_CAPABILITY)

        for method in (lsp.WORKSPACE_DIAGNOSTIC_REFRESH, lsp.WORKSPACE_INLAY_HINT_REFRESH,
                       lsp.WORKSPACE_CODE_LENS_REFRESH):
            client.feature(method)(self._note(method))

        self.progress: list[tuple[Any, Any]] = []  # token and value

        @client.feature(lsp.PROGRESS)
        def _(params: Any) -> None:
            self.progress.append((params.token, plain(params.value)))

    def _note(self, method: str) -> Callable[[Any], None]:
        def noted(params: Any) -> None:
            self.asked.put_nowait(method)
        return noted

    async def is_asked(self, method: str) -> None:
        """Waits until the server makes such a request."""
        while await asyncio.wait_for(self.asked.get(), PATIENCE) != method:
            pass

    async def start(self, announced: lsp.ClientCapabilities, folders: list[str] | None = None,
                    **options: Any) -> lsp.InitializeResult:
        """`options` are what the user has set; `folders` are URIs."""
        opened = [lsp.WorkspaceFolder(uri, uri) for uri in folders or []]
        return await self.client.initialize_session(lsp.InitializeParams(
            capabilities=announced, initialization_options=options or None, workspace_folders=opened or None))

    def set(self, settings: Any = None) -> None:
        """Tells that settings have changed."""
        self.client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams(settings))

    async def settled(self) -> None:
        """Until the server has taken what it was sent so far."""
        await self.client.workspace_execute_command_async(lsp.ExecuteCommandParams("racewise.debugInfo"))

    async def next_applied(self) -> lsp.ApplyWorkspaceEditParams:
        return await asyncio.wait_for(self.applied.get(), PATIENCE)

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
                      diagnostics: list[lsp.Diagnostic] | None = None, uri: str = URI,
                      trigger: lsp.CodeActionTriggerKind | None = None) -> list[lsp.CodeAction]:
        found = await self.client.text_document_code_action_async(lsp.CodeActionParams(
            lsp.TextDocumentIdentifier(uri), span,
            lsp.CodeActionContext(diagnostics or [], only=only, trigger_kind=trigger)))
        # lsprotocol takes an action that has a command for a bare command.
        return [action for action in found or [] if not isinstance(action, lsp.Command)]


def at(line: int, start: int, end: int) -> lsp.Range:
    return lsp.Range(lsp.Position(line, start), lsp.Position(line, end))


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
