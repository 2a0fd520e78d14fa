"""Configuration files in an editor, through pytest-lsp's client."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from editor import PULL, Editor, capabilities
from lsprotocol import types as lsp
from wire import PATIENCE, RACY_PYTHON

pytestmark = pytest.mark.asyncio


class Project:
    """A folder with a racy file and perhaps a configuration."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.code = folder / "src" / "a b.py"
        self.config = folder / "racewise.toml"
        self.code.parent.mkdir()

    def configure(self, text: str) -> None:
        # The size changes each time: two writes may fall into one tick of the file system's clock.
        self.text = getattr(self, "text", "") + "#"
        self.config.write_text(text + self.text, encoding="utf-8")

    def open(self, editor: Editor, version: int = 1) -> None:
        editor.open(RACY_PYTHON, uri=self.code.as_uri(), version=version)

    def change(self, editor: Editor, version: int) -> None:
        editor.client.text_document_did_change(lsp.DidChangeTextDocumentParams(
            lsp.VersionedTextDocumentIdentifier(version, self.code.as_uri()),
            [lsp.TextDocumentContentChangeWholeDocument(RACY_PYTHON + f"# {version}\n")]))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


async def shown(editor: Editor, count: int) -> list[str]:
    async def wait() -> None:
        while len(editor.shown) < count:
            await asyncio.sleep(0.01)
    await asyncio.wait_for(wait(), PATIENCE)
    return [message.message for message in editor.shown]


async def codes(editor: Editor, version: int) -> list[tuple[str, int]]:
    return [(item.code, item.severity) for item in await editor.diagnostics(version)]


async def test_files_are_used_and_read_again_when_they_change(editor: Editor, project: Project) -> None:
    await editor.start(capabilities())
    project.configure('ignore = ["lost-update"]')
    project.open(editor)
    assert await codes(editor, 1) == []
    project.configure('severity = { lost-update = "info" }')
    project.change(editor, 2)
    assert await codes(editor, 2) == [("lost-update", lsp.DiagnosticSeverity.Information)]
    project.config.unlink()
    project.change(editor, 3)
    assert await codes(editor, 3) == [("lost-update", lsp.DiagnosticSeverity.Error)]


async def test_saving_a_file_looks_again(editor: Editor, project: Project) -> None:
    await editor.start(capabilities())
    project.open(editor)
    assert len(await codes(editor, 1)) == 1
    project.configure('ignore = ["lost-update"]')
    editor.client.text_document_did_save(
        lsp.DidSaveTextDocumentParams(lsp.TextDocumentIdentifier(project.config.as_uri())))
    assert await codes(editor, 1) == []
    project.config.unlink()
    editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([]))
    assert len(await codes(editor, 1)) == 1


async def test_excluded_files_are_silent(editor: Editor, project: Project) -> None:
    await editor.start(capabilities())
    project.configure('exclude = ["src"]')
    project.open(editor)
    assert await codes(editor, 1) == []


async def test_a_wrong_file_gives_one_message_and_analysis_goes_on(editor: Editor, project: Project) -> None:
    await editor.start(capabilities())
    project.configure('ignore = ["lost-updat"]')
    project.open(editor)
    assert len(await codes(editor, 1)) == 1
    project.change(editor, 2)
    assert len(await codes(editor, 2)) == 1
    messages = await shown(editor, 1)
    assert len(messages) == 1
    assert 'racewise.toml:1:11: there is no rule "lost-updat"; did you mean "lost-update"?' in messages[0]
    assert "goes by its defaults" in messages[0]
    project.configure("selct = []")
    project.change(editor, 3)
    assert len(await codes(editor, 3)) == 1
    assert "there is no key `selct`" in (await shown(editor, 2))[1]


# A file that is there and gives an error when it is read, to root too.
UNREADABLE = "/proc/self/mem"
BAD = [
    ("racewise.toml", "selct = []", "1:1: there is no key `selct`"),
    ("racewise.toml", 'preview = "yes"', "1:11: `preview` takes true or false, not a string"),
    ("racewise.toml", 'ignore = ["toctuo"]', '1:11: there is no rule "toctuo"'),
    ("racewise.toml", "select = [", "this is not valid TOML"),
    ("pyproject.toml", "[tool.racewise\nselect = []", "this is not valid TOML"),
    ("package.json", '{"racewise": {},}', "1:17: this is not valid JSON"),
    ("package.json", '{"racewise": {"severity": 3}}', "1:27: `severity` takes a table, not a number"),
]


@pytest.mark.parametrize(("name", "text", "said"), BAD)
async def test_each_kind_of_mistake_is_shown_and_marked(
    editor: Editor, project: Project, name: str, text: str, said: str) -> None:
    await editor.start(capabilities())
    path = project.folder / name
    path.write_text(text, encoding="utf-8")
    project.open(editor)
    assert len(await codes(editor, 1)) == 1
    assert said in (await shown(editor, 1))[0]
    editor.open(text, language="json" if name.endswith(".json") else "toml", uri=path.as_uri())
    published = await editor.next_published()
    assert published.uri == path.as_uri()
    assert [item.code for item in published.diagnostics] == ["configuration"]
    assert published.diagnostics[0].message in said or said.partition(": ")[2] in published.diagnostics[0].message


@pytest.mark.parametrize("how", ["not text", "unreadable"])
async def test_a_file_that_cannot_be_read_is_shown(editor: Editor, project: Project, how: str) -> None:
    await editor.start(capabilities())
    if how == "unreadable":
        project.config.symlink_to(UNREADABLE)
    else:
        project.config.write_bytes(b"# \xff")
    project.open(editor)
    assert len(await codes(editor, 1)) == 1
    message = (await shown(editor, 1))[0]
    assert "racewise.toml" in message
    assert "goes by its defaults" in message


async def test_an_open_configuration_has_its_problems_as_diagnostics(editor: Editor, project: Project) -> None:
    await editor.start(capabilities())
    uri = project.config.as_uri()
    editor.open('# rules\nselct = ["toctou"]\nignore = 3\n', language="toml", uri=uri)
    published = await editor.next_published()
    assert published.uri == uri
    assert [(item.range.start.line, item.code) for item in published.diagnostics] == [
        (1, "configuration"), (2, "configuration")]
    assert "did you mean `select`?" in published.diagnostics[0].message
    editor.client.text_document_did_change(lsp.DidChangeTextDocumentParams(
        lsp.VersionedTextDocumentIdentifier(2, uri), [lsp.TextDocumentContentChangeWholeDocument("preview = true\n")]))
    assert not (await editor.next_published()).diagnostics


@pytest.mark.parametrize(("name", "text"), [
    ("pyproject.toml", "[tool.racewise]\nselct = 1\n"),
    ("package.json", '{"racewise": {\n"selct": 1}}\n'),
])
async def test_pulled_diagnostics_of_a_configuration(editor: Editor, project: Project, name: str, text: str) -> None:
    await editor.start(capabilities(diagnostic=PULL))
    uri = (project.folder / name).as_uri()
    editor.open(text, language="toml", uri=uri)
    report = await editor.pull(uri=uri)
    assert [item.range.start.line for item in report.items] == [1]


async def test_files_that_say_nothing_to_us_have_none(editor: Editor, project: Project) -> None:
    await editor.start(capabilities(diagnostic=PULL))
    for name, text in {"pyproject.toml": "[tool.other]\nx = 1\n", "package.json": "{broken", "other.toml": "x"}.items():
        uri = (project.folder / name).as_uri()
        editor.open(text, language="toml", uri=uri)
        assert not (await editor.pull(uri=uri)).items
