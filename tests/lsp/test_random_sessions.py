"""Whatever a client does, in whatever order: every request is answered once, and the end is that of a fresh server."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
from test_random_edits import Typist
from wire import RACY_JAVASCRIPT, RACY_PYTHON, Server, running

CAPABILITIES = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {"diagnostic": {}, "codeAction": {
        "dataSupport": True, "disabledSupport": True, "resolveSupport": {"properties": ["edit"]}}}}
SETTINGS: list[Any] = [{}, {"ignore": ["lost-update"]}, {"severity": {"lost-update": "hint"}}, {"confidence": "high"}]
DOCUMENTS = {f"file:///{folder}/{index}{ending}": (language, text)
             for folder in ("one", "two") for index in range(2)
             for ending, language, text in ((".py", "python", RACY_PYTHON), (".js", "javascript", RACY_JAVASCRIPT))}
POINT = {"line": 9, "character": 6}
SPAN = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}


class Session:
    """A client with two folders' worth of documents, that does anything."""

    def __init__(self, client: Server, seed: int) -> None:
        self.client, self.random = client, random.Random(seed)
        self.typists: dict[str, Typist] = {}
        self.settings: Any = {}
        self.version = 0
        self.asked: list[int] = []
        self.actions: list[Any] = []

    def step(self) -> None:
        does = self.random.choice([self.open, self.type, self.type, self.type, self.close, self.configure, self.ask,
                                   self.ask, self.ask, self.cancel, self.resolve])
        does()

    def some_uri(self) -> str:
        return self.random.choice(list(DOCUMENTS))

    def open(self) -> None:
        uri = self.some_uri()
        language, text = DOCUMENTS[uri]
        if uri not in self.typists:
            self.typists[uri] = Typist(text, "utf-16", self.random.randint(0, 999))
            self.client.open(text, language, 1, uri)

    def type(self) -> None:
        self.version += 1
        for uri in self.random.sample(list(self.typists), min(1, len(self.typists))):
            self.client.change(self.version, self.typists[uri].edit(), uri=uri)

    def close(self) -> None:
        uri = self.some_uri()
        if self.random.random() < 0.4 and self.typists.pop(uri, None):
            self.client.close(uri)

    def configure(self) -> None:
        self.settings = self.random.choice(SETTINGS)
        self.client.notify("workspace/didChangeConfiguration", {"settings": {"racewise": self.settings}})

    def ask(self) -> None:
        document = {"textDocument": {"uri": self.some_uri()}}
        method, params = self.random.choice([
            ("textDocument/diagnostic", document),
            ("textDocument/hover", {**document, "position": POINT}),
            ("textDocument/documentHighlight", {**document, "position": POINT}),
            ("textDocument/codeLens", document),
            ("textDocument/inlayHint", {**document, "range": SPAN}),
            ("textDocument/codeAction", {**document, "range": SPAN, "context": {
                "diagnostics": [], "triggerKind": self.random.choice([1, 2]),
                **self.random.choice([{}, {"only": ["source.fixAll"]}])}}),
            ("racewise/nothing", {})])
        self.asked.append(self.client.send_request(method, params))

    def cancel(self) -> None:
        if self.asked:
            self.client.notify("$/cancelRequest", {"id": self.random.choice(self.asked[-3:])})

    def resolve(self) -> None:
        """With data of some generation, mostly an old one."""
        data = {"uri": self.some_uri(), "generation": self.random.randint(0, 50), "finding": self.random.randint(0, 2)}
        kind = self.random.choice(["quickfix", "source.fixAll.racewise"])
        self.asked.append(self.client.send_request("codeAction/resolve", {"title": "x", "kind": kind, "data": data}))

    def diagnostics(self) -> dict[str, Any]:
        return {uri: self.client.result("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"]
                for uri in self.typists}


@pytest.mark.parametrize("seed", range(4))
def test_the_end_is_that_of_a_fresh_server(seed: int) -> None:
    with running(CAPABILITIES) as client:
        session = Session(client, seed)
        for _ in range(250):
            session.step()
        for id in session.asked:
            answer = client.response(id)
            assert ("result" in answer) != ("error" in answer)
        found = session.diagnostics()
        assert client.everything_sent() == []  # nothing came twice
        texts = {uri: typist.text for uri, typist in session.typists.items()}
        settings = session.settings
    with running(CAPABILITIES, initializationOptions=settings) as fresh:
        for uri, text in texts.items():
            fresh.open(text, DOCUMENTS[uri][0], 1, uri)
            expected = fresh.result("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"]
            assert found[uri] == expected, text


def is_sanitized(client: Server) -> bool:
    return bool(re.search(r"lib[at]san", Path(f"/proc/{client.process.pid}/maps").read_text()))


def memory(client: Server) -> int:
    """In KiB."""
    status = Path(f"/proc/{client.process.pid}/status").read_text()
    [line] = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1])


def test_memory_returns_to_its_level() -> None:
    """With sanitizers the leak checker looks after it at the end of each session."""
    with running(CAPABILITIES) as client:
        if is_sanitized(client):
            pytest.skip("memory is kept by the sanitizer")
        levels = []
        for seed in range(6):
            session = Session(client, seed)
            for _ in range(150):
                session.step()
            for id in session.asked:
                client.response(id)
            for uri in session.typists:
                client.close(uri)
            client.everything_sent()
            levels.append(memory(client))
        assert levels[-1] < levels[2] * 1.5 + 4096, levels
