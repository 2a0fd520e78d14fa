"""Speaks to `racewise lsp` byte by byte, for what no well-behaved client would send."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import checker

EXAMPLES = checker.REPOSITORY / "examples"
RACY_PYTHON = (EXAMPLES / "lost_update.py").read_text(encoding="utf-8")
RACY_JAVASCRIPT = (EXAMPLES / "lost_update.js").read_text(encoding="utf-8")
URI = "file:///project/visits.py"

PATIENCE = 120  # seconds until a test gives up: never how long something may take

Message = dict[str, Any]


def frame(body: bytes | str) -> bytes:
    """A message with its header."""
    raw = body.encode() if isinstance(body, str) else body
    return b"Content-Length: %d\r\n\r\n" % len(raw) + raw


def encode(message: Message) -> bytes:
    return frame(json.dumps({"jsonrpc": "2.0", **message}))


class Server:
    """One server process; its messages are read by a thread as they come."""

    def __init__(self, *arguments: str, **kwargs: Any) -> None:
        self.process = subprocess.Popen(
            [checker.program(), "lsp", *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **kwargs)
        self.inbox: queue.Queue[Message | None] = queue.Queue()
        self.waiting: list[Message] = []
        self.last_id = 0
        self.errors = b""
        self.threads = [threading.Thread(target=run, daemon=True) for run in (self._read_messages, self._read_errors)]
        for thread in self.threads:
            thread.start()

    def _read_messages(self) -> None:
        output = self.process.stdout
        assert output
        while header := output.readline():
            length = int(header.split(b":")[1])
            assert output.readline() == b"\r\n"
            self.inbox.put(json.loads(output.read(length)))
        self.inbox.put(None)

    def _read_errors(self) -> None:
        assert self.process.stderr
        self.errors = self.process.stderr.read()

    # --- Out

    def send_bytes(self, raw: bytes) -> None:
        assert self.process.stdin
        self.process.stdin.write(raw)
        self.process.stdin.flush()

    def notify(self, method: str, params: Any = None) -> None:
        self.send_bytes(encode({"method": method, "params": params or {}}))

    def send_request(self, method: str, params: Any = None) -> int:
        self.last_id += 1
        self.send_bytes(encode({"id": self.last_id, "method": method, "params": params or {}}))
        return self.last_id

    # --- In

    def receive(self, wanted: Callable[[Message], bool] = lambda message: True) -> Message:
        """The next message that is wanted; the others are kept."""
        for index, message in enumerate(self.waiting):
            if wanted(message):
                return self.waiting.pop(index)
        while True:
            message = self.inbox.get(timeout=PATIENCE)
            assert message is not None, f"the server has ended: {self.errors.decode()}"
            if wanted(message):
                return message
            self.waiting.append(message)

    def arrived(self, id: int) -> bool:
        """Whether a request has been answered by now."""
        while not self.inbox.empty():
            message = self.inbox.get()
            assert message is not None
            self.waiting.append(message)
        return any("method" not in message and message.get("id") == id for message in self.waiting)

    def response(self, id: int | str | None) -> Message:
        return self.receive(lambda message: "method" not in message and message["id"] == id)

    def request(self, method: str, params: Any = None) -> Message:
        return self.response(self.send_request(method, params))

    def result(self, method: str, params: Any = None) -> Any:
        return self.request(method, params)["result"]

    def error_code(self, method: str, params: Any = None) -> int:
        return self.request(method, params)["error"]["code"]

    def published(self, version: int | None = None, uri: str = URI) -> list[Any]:
        """The diagnostics that are published next for this version."""
        def wanted(message: Message) -> bool:
            params = message.get("params", {})
            return (message.get("method") == "textDocument/publishDiagnostics" and params["uri"] == uri
                    and params.get("version") == version)
        return self.receive(wanted)["params"]["diagnostics"]

    def everything_sent(self) -> list[Message]:
        """What came unasked so far: the server answers in order, so a request draws a line."""
        self.error_code("racewise/nothing")
        taken, self.waiting = self.waiting, []
        return taken

    # --- Common steps

    def initialize(self, capabilities: Any = None, **params: Any) -> Any:
        result = self.result("initialize", {"processId": None, "capabilities": capabilities or {}, **params})
        self.notify("initialized")
        return result

    def open(self, text: str, language: str = "python", version: int = 1, uri: str = URI) -> None:
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": uri, "languageId": language, "version": version, "text": text}})

    def change(self, version: int, *changes: Any, uri: str = URI) -> None:
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": uri, "version": version}, "contentChanges": list(changes)})

    def close(self, uri: str = URI) -> None:
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def exit_status(self) -> int:
        return self.process.wait(PATIENCE)

    def stop(self) -> int:
        assert self.request("shutdown")["result"] is None
        self.notify("exit")
        return self.exit_status()


@contextmanager
def server(*arguments: str, **kwargs: Any) -> Iterator[Server]:
    """A server that is gone at the end, however the test ends."""
    started = Server(*arguments, **kwargs)
    try:
        yield started
    finally:
        started.process.kill()
        started.process.wait()
        for thread in started.threads:
            thread.join()
        for stream in (started.process.stdin, started.process.stdout, started.process.stderr):
            try:
                stream.close()
            except BrokenPipeError:
                pass


@contextmanager
def running(capabilities: Any = None, **params: Any) -> Iterator[Server]:
    """An initialised server. It must still be alive at the end, and leave in order."""
    with server() as started:
        started.initialize(capabilities, **params)
        yield started
        assert started.stop() == 0, started.errors.decode()


def insertion(line: int, character: int, text: str) -> Any:
    place = {"line": line, "character": character}
    return {"range": {"start": place, "end": place}, "text": text}
