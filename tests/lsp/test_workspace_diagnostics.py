"""Diagnostics of files that are not open, through pytest-lsp's client."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from editor import PULL, Editor, capabilities, plain
from lsprotocol import types as lsp
from wire import PATIENCE, RACY_JAVASCRIPT, RACY_PYTHON

pytestmark = pytest.mark.asyncio

WHOLE = {"diagnosticMode": "workspace"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pkg").mkdir()
    (tmp_path / "node_modules").mkdir()
    for name, text in {"racy.py": RACY_PYTHON, "pkg/racy two.js": RACY_JAVASCRIPT, "pkg/calm.py": "x = 1\n",
                       "node_modules/other.js": RACY_JAVASCRIPT, "notes.txt": "await\n"}.items():
        (tmp_path / name).write_text(text)
    return tmp_path


async def ask(editor: Editor, previous: dict[str, str] | None = None, **tokens: Any) -> dict[str, Any]:
    """The reports by URI."""
    answer = await asyncio.wait_for(editor.client.workspace_diagnostic_async(lsp.WorkspaceDiagnosticParams(
        [lsp.PreviousResultId(uri, value) for uri, value in (previous or {}).items()], **tokens)), PATIENCE)
    return {report.uri: report for report in answer.items}


def counts(reports: dict[str, Any]) -> dict[str, int]:
    return {uri.rpartition("/")[2]: len(report.items) for uri, report in reports.items()}


async def test_it_is_for_those_who_want_it(editor: Editor) -> None:
    result = await editor.start(capabilities(diagnostic=PULL))
    assert isinstance(result.capabilities.diagnostic_provider, lsp.DiagnosticOptions)
    assert not result.capabilities.diagnostic_provider.workspace_diagnostics


async def test_it_may_be_wanted_later(editor: Editor, project: Path) -> None:
    """And no longer: the registrations that depend on it are made anew."""
    watching = {"did_change_watched_files": lsp.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)}
    pull = lsp.DiagnosticClientCapabilities(dynamic_registration=True)
    result = await editor.start(capabilities(diagnostic=pull, workspace=watching), [project.as_uri()])
    assert isinstance(result.capabilities.diagnostic_provider, lsp.DiagnosticRegistrationOptions)
    announced = result.capabilities.diagnostic_provider
    assert (announced.id, announced.document_selector) == ("diagnostics", None)
    await editor.is_asked(lsp.CLIENT_REGISTER_CAPABILITY)
    for whole in (True, False):
        editor.unregistered = []
        editor.set({"racewise": WHOLE if whole else {}})
        await editor.is_asked(lsp.CLIENT_REGISTER_CAPABILITY)
        assert editor.unregistered == [("files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES),
                                       ("diagnostics", lsp.TEXT_DOCUMENT_DIAGNOSTIC)]
        files, diagnostics = editor.registered
        assert len(plain(files.register_options)["watchers"]) == (2 if whole else 1)
        assert plain(diagnostics.register_options)["workspaceDiagnostics"] == whole
        if whole:
            assert counts(await ask(editor)) == {"racy.py": 1, "racy%20two.js": 1}


async def test_who_registers_nothing_is_asked_to_register_nothing(editor: Editor, project: Path) -> None:
    await editor.start(capabilities(diagnostic=PULL), [project.as_uri()])
    editor.set({"racewise": WHOLE})
    await editor.settled()
    assert (editor.registered, editor.unregistered) == ([], [])


async def test_files_that_are_not_open(editor: Editor, project: Path) -> None:
    result = await editor.start(capabilities(diagnostic=PULL), [project.as_uri()], **WHOLE)
    assert isinstance(result.capabilities.diagnostic_provider, lsp.DiagnosticOptions)
    assert result.capabilities.diagnostic_provider.workspace_diagnostics
    assert counts(await ask(editor)) == {"racy.py": 1, "racy%20two.js": 1}


async def test_open_files_are_left_to_the_other_request(editor: Editor, project: Path) -> None:
    await editor.start(capabilities(diagnostic=PULL), [project.as_uri()], **WHOLE)
    editor.open("", uri=(project / "racy.py").as_uri())
    assert counts(await ask(editor)) == {"racy%20two.js": 1}


async def test_an_answer_comes_when_there_is_something_new(editor: Editor, project: Path) -> None:
    await editor.start(capabilities(diagnostic=PULL), [project.as_uri()], **WHOLE)
    first = await ask(editor)
    had = {uri: report.result_id for uri, report in first.items()}
    again = asyncio.ensure_future(ask(editor, had))
    await editor.settled()
    assert not again.done()
    calm = project / "pkg/calm.py"
    calm.write_text(RACY_PYTHON)
    editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(
        [lsp.FileEvent(calm.as_uri(), lsp.FileChangeType.Changed)]))
    assert counts(await again) == {"calm.py": 1}


async def test_a_file_that_is_gone(editor: Editor, project: Path) -> None:
    await editor.start(capabilities(diagnostic=PULL), [project.as_uri()], **WHOLE)
    had = {uri: report.result_id for uri, report in (await ask(editor)).items()}
    (project / "racy.py").unlink()
    assert counts(await ask(editor, had)) == {"racy.py": 0}


async def test_what_a_server_of_before_has_told(editor: Editor, project: Path) -> None:
    """Ids outlive the server: what is the same is not told again, what is gone is taken back."""
    await editor.start(capabilities(diagnostic=PULL), [project.as_uri()], **WHOLE)
    racy = (project / "racy.py").as_uri()
    first = await ask(editor)
    gone = (project / "gone.py").as_uri()
    assert counts(await ask(editor, {racy: first[racy].result_id, gone: "w1"})) == {"racy%20two.js": 1, "gone.py": 0}


async def test_configuration_counts(editor: Editor, project: Path) -> None:
    await editor.start(capabilities(diagnostic=PULL), [project.as_uri()], **WHOLE)
    had = {uri: report.result_id for uri, report in (await ask(editor)).items()}
    config = project / "pkg/racewise.toml"
    config.write_text('ignore = ["lost-update"]\n')
    editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(
        [lsp.FileEvent(config.as_uri(), lsp.FileChangeType.Created)]))
    assert counts(await ask(editor, had)) == {"racy%20two.js": 0}


async def test_partial_results_and_progress(editor: Editor, project: Path) -> None:
    await editor.start(capabilities(diagnostic=PULL), [project.as_uri()], **WHOLE)
    assert await ask(editor, partial_result_token="part", work_done_token="work") == {}
    await editor.settled()
    reports = [report for token, value in editor.progress if token == "part" for report in value["items"]]
    assert sorted(report["uri"].rpartition("/")[2] for report in reports) == ["racy%20two.js", "racy.py"]
    kinds = [value["kind"] for token, value in editor.progress if token == "work"]
    assert kinds[0] == "begin" and kinds[-1] == "end" and set(kinds[1:-1]) <= {"report"}


async def test_a_second_request_ends_the_first(editor: Editor, project: Path) -> None:
    await editor.start(capabilities(diagnostic=PULL), [project.as_uri()], **WHOLE)
    had = {uri: report.result_id for uri, report in (await ask(editor)).items()}
    first = asyncio.ensure_future(ask(editor, had))
    await editor.settled()
    second = asyncio.ensure_future(ask(editor, had))
    assert await first == {}
    await editor.settled()
    assert not second.done()


async def test_a_folder_that_does_not_exist(editor: Editor, project: Path) -> None:
    await editor.start(capabilities(diagnostic=PULL), [(project / "none").as_uri(), "untitled:x", project.as_uri()],
                       **WHOLE)
    assert counts(await ask(editor)) == {"racy.py": 1, "racy%20two.js": 1}


# --- Clients that listen


async def told(editor: Editor, count: int) -> dict[str, int]:
    found = {}
    for _ in range(count):
        params = await editor.next_published()
        found[params.uri.rpartition("/")[2]] = len(params.diagnostics)
    return found


async def test_a_client_that_listens(editor: Editor, project: Path) -> None:
    await editor.start(capabilities(), [project.as_uri()], **WHOLE)
    assert await told(editor, 3) == {"calm.py": 0, "racy.py": 1, "racy%20two.js": 1}
    racy = project / "racy.py"
    editor.open("x = 1\n", uri=racy.as_uri())
    assert await told(editor, 1) == {"racy.py": 0}
    editor.close(racy.as_uri())
    assert await told(editor, 1) == {"racy.py": 0}  # takes back what was typed
    assert await told(editor, 1) == {"racy.py": 1}  # what is on the disk
    racy.unlink()
    editor.client.text_document_did_save(lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(racy.as_uri())))
    assert await told(editor, 1) == {"racy.py": 0}


async def test_a_client_that_listens_and_did_not_ask(editor: Editor, project: Path) -> None:
    await editor.start(capabilities(), [project.as_uri()])
    await editor.settled()
    assert editor.published.empty()
