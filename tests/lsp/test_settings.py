"""Settings, configuration files and folders, through pytest-lsp's client."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from editor import ACTIONS, PULL, WRITE, Editor, capabilities
from lsprotocol import types as lsp
from wire import RACY_PYTHON, URI

pytestmark = pytest.mark.asyncio

OFF = {"ignore": ["lost-update"]}
ASKED = {"configuration": True}
A, B = "file:///a", "file:///b"


async def test_initialization_options(editor: Editor) -> None:
    await editor.start(capabilities(), **OFF)
    editor.open(RACY_PYTHON)
    assert await editor.diagnostics(1) == []


@pytest.mark.parametrize("uri", ["untitled:Untitled-1", "vscode-vfs://github/visits.py"])
async def test_settings_count_for_what_is_no_file(editor: Editor, uri: str) -> None:
    await editor.start(capabilities(), **OFF)
    editor.open(RACY_PYTHON, uri=uri)
    assert await editor.diagnostics(1) == []
    editor.set({"racewise": {"ignore": []}})
    assert len(await editor.diagnostics(1)) == 1


@pytest.mark.parametrize("settings, severity", [
    ({"severity": {"lost-update": "hint"}}, lsp.DiagnosticSeverity.Hint),
    ({"severity": {"lost-update": "error"}}, lsp.DiagnosticSeverity.Error),
    ({"confidence": "high"}, lsp.DiagnosticSeverity.Error),
])
async def test_severity_and_confidence(editor: Editor, settings: Any, severity: lsp.DiagnosticSeverity) -> None:
    await editor.start(capabilities(), **settings)
    editor.open(RACY_PYTHON)
    assert [d.severity for d in await editor.diagnostics(1)] == [severity]


async def test_low_confidence_is_hidden_on_request(editor: Editor) -> None:
    public = RACY_PYTHON.partition("async def main")[0] + "\n\nasync def handler():\n    await record_visit()\n"
    await editor.start(capabilities())
    editor.open(public)
    [diagnostic] = await editor.diagnostics(1)
    editor.set({"racewise": {"confidence": "high"}})
    assert not (await editor.next_published()).diagnostics
    editor.set({"racewise": {"confidence": "low"}})
    assert (await editor.next_published()).diagnostics == (diagnostic,)


@pytest.mark.parametrize("settings", [{"racewise": OFF}, OFF])
async def test_settings_that_are_pushed(editor: Editor, settings: Any) -> None:
    await editor.start(capabilities())
    editor.open(RACY_PYTHON)
    assert len(await editor.diagnostics(1)) == 1
    editor.set(settings)
    assert await editor.diagnostics(1) == []
    editor.set({"racewise": {}})
    assert len(await editor.diagnostics(1)) == 1


async def test_settings_that_are_asked_for(editor: Editor) -> None:
    editor.settings[None] = OFF
    await editor.start(capabilities(workspace=ASKED))
    await editor.is_asked(lsp.WORKSPACE_CONFIGURATION)
    editor.open(RACY_PYTHON)
    while await editor.diagnostics(1):
        pass
    editor.settings[None] = {}
    editor.set()
    await editor.is_asked(lsp.WORKSPACE_CONFIGURATION)
    assert len((await editor.next_published()).diagnostics) == 1


async def test_settings_of_each_folder(editor: Editor) -> None:
    editor.settings = {None: {"confidence": "low"}, A: OFF, B: {"severity": {"lost-update": "info"}}}
    await editor.start(capabilities(workspace=ASKED, diagnostic=PULL), [A, B])
    await editor.is_asked(lsp.WORKSPACE_CONFIGURATION)
    await editor.settled()
    found = {}
    for uri in ("file:///a/x.py", "file:///b/x.py", "file:///ab/x.py"):
        editor.open(RACY_PYTHON, uri=uri)
        found[uri] = [d.severity for d in (await editor.pull(uri=uri)).items]
    assert found == {"file:///a/x.py": [], "file:///b/x.py": [lsp.DiagnosticSeverity.Information],
                     "file:///ab/x.py": [lsp.DiagnosticSeverity.Error]}


async def test_folders_come_and_go(editor: Editor) -> None:
    editor.settings = {A: OFF}
    inner = "file:///a/x.py"
    await editor.start(capabilities(workspace=ASKED))
    editor.open(RACY_PYTHON, uri=inner)
    assert len(await editor.diagnostics(1)) == 1
    folder = lsp.WorkspaceFolder(A, "a")
    editor.client.workspace_did_change_workspace_folders(
        lsp.DidChangeWorkspaceFoldersParams(lsp.WorkspaceFoldersChangeEvent([folder], [])))
    assert await editor.diagnostics(1) == []
    editor.client.workspace_did_change_workspace_folders(
        lsp.DidChangeWorkspaceFoldersParams(lsp.WorkspaceFoldersChangeEvent([], [folder])))
    assert len(await editor.diagnostics(1)) == 1


async def test_a_client_that_pulls_is_told_to_do_so_again(editor: Editor) -> None:
    await editor.start(capabilities(diagnostic=PULL, workspace={
        "diagnostics": lsp.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
        "inlay_hint": lsp.InlayHintWorkspaceClientCapabilities(refresh_support=True),
        "code_lens": lsp.CodeLensWorkspaceClientCapabilities(refresh_support=True)}))
    editor.open(RACY_PYTHON)
    first = await editor.pull()
    editor.set({"racewise": OFF})
    asked = {await editor.asked.get() for _ in range(3)}
    assert asked == {lsp.WORKSPACE_DIAGNOSTIC_REFRESH, lsp.WORKSPACE_INLAY_HINT_REFRESH,
                     lsp.WORKSPACE_CODE_LENS_REFRESH}
    assert not (await editor.pull(first.result_id)).items


@pytest.mark.parametrize("settings", [
    {"nothing": 1}, {"inlayHints": 3}, {"diagnosticMode": "x"}, {"confidence": "absolute"}, {"severity": []},
    {"path": "/x", "trace": {"server": "off"}, "codeLens": None}, [], 7, "x", None])
async def test_settings_that_mean_nothing(editor: Editor, settings: Any) -> None:
    await editor.start(capabilities())
    editor.set({"racewise": settings})
    editor.set(settings)
    editor.open(RACY_PYTHON)
    assert len(await editor.diagnostics(1)) == 1


async def test_fixes_do_not_ask_by_themselves(editor: Editor) -> None:
    await editor.start(capabilities(
        document_changes=True, code_action=ACTIONS,
        edits={"change_annotation_support": lsp.ChangeAnnotationsSupportOptions()}))
    editor.open(RACY_PYTHON)
    for action in await editor.actions(WRITE):
        assert action.edit and not action.edit.change_annotations


# --- Files


WATCHES = {"did_change_watched_files": lsp.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
           "did_change_configuration": lsp.DidChangeConfigurationClientCapabilities(dynamic_registration=True)}


async def test_what_the_client_is_to_watch(editor: Editor) -> None:
    await editor.start(capabilities(workspace=WATCHES))
    await editor.is_asked(lsp.CLIENT_REGISTER_CAPABILITY)
    methods = {registration.method for registration in editor.registered}
    assert methods == {lsp.WORKSPACE_DID_CHANGE_CONFIGURATION, lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES}
    [watched] = [r for r in editor.registered if r.method == lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES]
    assert "racewise.toml" in str(watched.register_options)


@pytest.mark.parametrize("told", [True, False])
async def test_a_configuration_file_that_changes(editor: Editor, tmp_path: Path, told: bool) -> None:
    """Whether the client tells of it or not."""
    source, config = tmp_path / "x.py", tmp_path / "racewise.toml"
    await editor.start(capabilities())
    editor.open(RACY_PYTHON, uri=source.as_uri())
    assert len(await editor.diagnostics(1)) == 1
    config.write_text('ignore = ["lost-update"]\n')
    if told:
        editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(
            [lsp.FileEvent(config.as_uri(), lsp.FileChangeType.Created)]))
        assert await editor.diagnostics(1) == []
    else:
        editor.client.text_document_did_change(lsp.DidChangeTextDocumentParams(
            lsp.VersionedTextDocumentIdentifier(2, source.as_uri()),
            [lsp.TextDocumentContentChangeWholeDocument(RACY_PYTHON + "\n")]))
        assert await editor.diagnostics(2) == []


async def test_settings_win_over_files(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "racewise.toml").write_text('[severity]\nlost-update = "info"\n')
    await editor.start(capabilities(diagnostic=PULL), severity={"lost-update": "hint"})
    uri = (tmp_path / "x.py").as_uri()
    editor.open(RACY_PYTHON, uri=uri)
    assert [d.severity for d in (await editor.pull(uri=uri)).items] == [lsp.DiagnosticSeverity.Hint]
