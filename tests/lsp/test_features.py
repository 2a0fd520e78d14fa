"""What an editor gets, through pytest-lsp's client: documents and diagnostics."""

from __future__ import annotations

import pytest
from editor import PULL, RELATED, WRITE, Editor, at, capabilities
from lsprotocol import types as lsp
from wire import RACY_PYTHON, URI

pytestmark = pytest.mark.asyncio

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
    assert result.capabilities.code_action_provider.code_action_kinds == ("quickfix", "source.fixAll.racewise")
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


async def test_a_link_to_the_rule(editor: Editor) -> None:
    """The address is the build's; the one for tests sets it."""
    await editor.start(capabilities(publish_diagnostics=lsp.PublishDiagnosticsClientCapabilities(
        code_description_support=True)))
    editor.open(RACY_PYTHON)
    [diagnostic] = await editor.diagnostics(1)
    assert diagnostic.code_description is None or diagnostic.code_description.href.endswith("/lost-update")


async def test_no_link_for_a_client_that_shows_none(editor: Editor) -> None:
    await editor.start(capabilities(publish_diagnostics=RELATED))
    editor.open(RACY_PYTHON)
    [diagnostic] = await editor.diagnostics(1)
    assert diagnostic.code_description is None and diagnostic.tags is None


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


RACY_TSX = """\
let hits = 0;
export const Button = () => (
  <button onClick={async () => { const seen = hits; await fetch("/"); hits = seen + 1; }}>{hits}</button>
);
"""


@pytest.mark.parametrize("language", ["typescriptreact", "typescript", "TypeScript React (TSX)"])
async def test_markup_in_typescript(editor: Editor, language: str) -> None:
    """Kate and some users of Vim call such a file TypeScript."""
    uri = "file:///button.tsx"
    await editor.start(capabilities(diagnostic=PULL))
    editor.open(RACY_TSX, language, uri=uri)
    assert [item.code for item in (await editor.pull(uri=uri)).items] == ["lost-update"]


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
