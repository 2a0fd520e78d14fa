"""The base protocol and the lifecycle: faults get the error that the specification names, and the session goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import checker
import pytest
from wire import PATIENCE, RACY_PYTHON, URI, Server, encode, frame, insertion, running, server

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32700, -32600, -32601, -32602
NOT_INITIALIZED, CANCELLED = -32002, -32800

INITIALIZE = {"id": 1, "method": "initialize", "params": {"processId": None, "capabilities": {}}}


def assert_alive(client: Server) -> None:
    assert client.error_code("racewise/nothing") == METHOD_NOT_FOUND


# --- Framing


def test_a_message_byte_by_byte() -> None:
    with running() as client:
        for byte in encode({"id": "split", "method": "racewise/nothing"}):
            client.send_bytes(bytes([byte]))
        assert client.response("split")["error"]["code"] == METHOD_NOT_FOUND


def test_many_messages_at_once() -> None:
    with running() as client:
        client.send_bytes(b"".join(encode({"id": f"m{i}", "method": "racewise/nothing"}) for i in range(1000)))
        for i in range(1000):
            assert client.response(f"m{i}")["error"]["code"] == METHOD_NOT_FOUND


@pytest.mark.parametrize("garbage", [
    b"Content-Length: abc\r\n\r\n{}",
    b"Content-Length: -5\r\n\r\n{}",
    b"Content-Length: 99999999999999999999\r\n\r\n{}",
    b"Content-Length: \r\n\r\n{}",
    b"X-Length: 5\r\n\r\n{}",
    b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    b"no header at all\n\n",
    b"\0\1\2\xff\n",
    b"X" * 100_000,
    b"X-Long: " + b"y" * 100_000 + b"\r\n\r\n",
    b"Content-Length: 2\r\nContent-Type: text/plain; charset=utf-16\r\n\r\n{}",
])
def test_bad_headers(garbage: bytes) -> None:
    with running() as client:
        client.send_bytes(garbage)
        client.send_bytes(encode({"id": "next", "method": "racewise/nothing"}))
        assert client.response(None)["error"]["code"] == PARSE_ERROR
        assert client.response("next")["error"]["code"] == METHOD_NOT_FOUND
        assert client.everything_sent() == []


def test_a_length_that_is_too_small() -> None:
    with running() as client:
        whole = encode({"id": 1, "method": "racewise/nothing"})
        client.send_bytes(whole.replace(b"Content-Length: 5", b"Content-Length: 2", 1))
        client.send_bytes(encode({"id": "next", "method": "racewise/nothing"}))
        assert client.response(None)["error"]["code"] == PARSE_ERROR
        assert client.response("next")["error"]["code"] == METHOD_NOT_FOUND


@pytest.mark.parametrize("newline", [b"\r\n", b"\n"])
def test_header_fields_in_any_order_and_case(newline: bytes) -> None:
    with running() as client:
        body = json.dumps({"jsonrpc": "2.0", "id": "x", "method": "racewise/nothing"}).encode()
        fields = [b"content-type: application/vscode-jsonrpc; charset=utf8", b"CONTENT-LENGTH:%d" % len(body), b"", b""]
        client.send_bytes(newline.join(fields) + body)
        assert client.response("x")["error"]["code"] == METHOD_NOT_FOUND


# --- JSON and envelopes


@pytest.mark.parametrize("body", [
    b"", b"{", b'{"jsonrpc":"2.0",', b"[1,", b"nonsense", b'{"a":"\xff\xfe"}', b'"\xc0\xaf"', b'{"a":1}{"b":2}',
    b"[" * 100_000, b'{"a":' * 100_000,
])
def test_what_is_no_json(body: bytes) -> None:
    with running() as client:
        client.send_bytes(frame(body))
        assert client.response(None)["error"]["code"] == PARSE_ERROR
        assert_alive(client)


@pytest.mark.parametrize("body, id", [
    ("[]", None),
    ('[{"jsonrpc":"2.0","id":1,"method":"shutdown"}]', None),
    ("1", None),
    ("null", None),
    ('"text"', None),
    ("{}", None),
    ('{"id":5,"method":"racewise/nothing"}', 5),
    ('{"jsonrpc":"1.0","id":5,"method":"racewise/nothing"}', 5),
    ('{"jsonrpc":"2.0","id":5,"method":7}', 5),
    ('{"jsonrpc":"2.0","id":5}', 5),
    ('{"jsonrpc":"2.0","id":null,"method":"racewise/nothing"}', None),
    ('{"jsonrpc":"2.0","id":[1],"method":"racewise/nothing"}', None),
    ('{"jsonrpc":"2.0","id":1.5,"method":"racewise/nothing"}', None),
    ('{"jsonrpc":"2.0","id":5,"method":"racewise/nothing","params":3}', 5),
])
def test_what_is_no_message(body: str, id: Any) -> None:
    with running() as client:
        client.send_bytes(frame(body))
        assert client.response(id)["error"]["code"] == INVALID_REQUEST
        assert_alive(client)


def test_duplicate_keys_are_taken_as_the_last() -> None:
    with running() as client:
        client.send_bytes(frame('{"jsonrpc":"2.0","id":1,"id":"last","method":"x","method":"racewise/nothing"}'))
        assert client.response("last")["error"]["code"] == METHOD_NOT_FOUND


def test_answers_to_nothing_are_ignored() -> None:
    with running() as client:
        client.send_bytes(encode({"id": 4711, "result": None}))
        client.send_bytes(encode({"id": "x", "error": {"code": 1, "message": "no"}}))
        assert client.everything_sent() == []


def test_half_a_character_in_a_string() -> None:
    """Editors in JavaScript may send one; positions behind it stay right."""
    with running() as client:
        uri = "file:///half.py"
        client.send_bytes(encode({"method": "textDocument/didOpen", "params": {"textDocument": {
            "uri": uri, "languageId": "python", "version": 1, "text": "# \ud83c\n" + RACY_PYTHON}}}))
        assert [d["range"]["start"]["line"] for d in client.published(1, uri)] == [10]


# --- Methods


def test_unknown_methods() -> None:
    with running() as client:
        assert client.error_code("textDocument/nothing") == METHOD_NOT_FOUND
        assert client.error_code("$/nothing") == METHOD_NOT_FOUND
        client.notify("$/nothing", {"a": 1})
        client.notify("racewise/nothing")
        client.notify("textDocument/didSave", {"textDocument": {"uri": URI}})
        client.notify("textDocument/willSave", {"textDocument": {"uri": URI}, "reason": 1})
        client.notify("workspace/didChangeConfiguration", {"settings": {}})
        client.notify("$/setTrace", {"value": "off"})
        assert client.everything_sent() == []


def traced(client: Server) -> list[Any]:
    return [message["params"] for message in client.everything_sent() if message["method"] == "$/logTrace"]


def test_tracing() -> None:
    with running(trace="messages") as client:
        client.notify("textDocument/didSave", {"textDocument": {"uri": URI}})
        assert {"message": "received the notification textDocument/didSave"} in traced(client)
        client.notify("$/setTrace", {"value": "verbose"})
        client.notify("textDocument/didSave", {"textDocument": {"uri": URI}})
        [told] = [params for params in traced(client) if "didSave" in params["message"]]
        assert json.loads(told["verbose"]) == {"textDocument": {"uri": URI}}
        client.notify("$/setTrace", {"value": "off"})
        client.everything_sent()
        client.notify("textDocument/didSave", {"textDocument": {"uri": URI}})
        assert traced(client) == []
        client.notify("$/setTrace", {"value": 7})


RANGE = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}


@pytest.mark.parametrize("method, params", [
    ("textDocument/codeAction", {}),
    ("textDocument/codeAction", {"textDocument": {"uri": 1}, "range": RANGE, "context": {"diagnostics": []}}),
    ("textDocument/codeAction", {"textDocument": {"uri": URI}, "range": [], "context": {"diagnostics": []}}),
    ("textDocument/codeAction", {"textDocument": {"uri": URI}, "range": RANGE}),
    ("textDocument/codeAction", {"textDocument": {"uri": URI}, "context": {}, "range": {
        "start": {"line": -1, "character": 0}, "end": {"line": 0, "character": 0}}}),
    ("textDocument/codeAction", {"textDocument": {"uri": URI}, "context": {}, "range": {
        "start": {"line": "0", "character": 0}, "end": {"line": 0, "character": 0}}}),
    ("workspace/diagnostic", {}),
    ("workspace/diagnostic", {"previousResultIds": 7}),
    ("workspace/executeCommand", {}),
    ("textDocument/hover", {"textDocument": {"uri": URI}}),
    ("textDocument/hover", {"textDocument": {"uri": URI}, "position": {"line": 1}}),
    ("textDocument/documentHighlight", {"position": {"line": 1, "character": 1}}),
    ("textDocument/inlayHint", {"textDocument": {"uri": URI}}),
    ("textDocument/codeLens", {}),
    ("codeAction/resolve", {}),
    ("codeAction/resolve", {"title": "x", "kind": "quickfix", "data": 7}),
    ("textDocument/diagnostic", {}),
    ("textDocument/diagnostic", {"textDocument": URI}),
    ("textDocument/diagnostic", [URI]),
])
def test_wrong_parameters(method: str, params: Any) -> None:
    with running() as client:
        client.send_bytes(encode({"id": "x", "method": method, "params": params}))
        assert client.response("x")["error"]["code"] == INVALID_PARAMS
        assert_alive(client)


def test_requests_without_parameters() -> None:
    with running() as client:
        client.send_bytes(encode({"id": "x", "method": "textDocument/codeAction"}))
        assert client.response("x")["error"]["code"] == INVALID_PARAMS


@pytest.mark.parametrize("method, params", [
    ("textDocument/didOpen", {}),
    ("textDocument/didOpen", {"textDocument": {"uri": URI, "languageId": "python", "version": 1}}),
    ("textDocument/didOpen", {"textDocument": {"uri": URI, "languageId": "python", "version": "1", "text": ""}}),
    ("textDocument/didChange", {"textDocument": {"uri": URI, "version": 2}}),
    ("textDocument/didChange", {"textDocument": {"uri": URI, "version": 2}, "contentChanges": {}}),
    ("textDocument/didChange", {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [5]}),
    ("textDocument/didChange", {"textDocument": {"uri": URI, "version": 2}, "contentChanges": [{"range": RANGE}]}),
    ("textDocument/didChange", {"textDocument": {"uri": "file:///closed.py", "version": 2}, "contentChanges": []}),
    ("textDocument/didClose", {"textDocument": {}}),
    ("textDocument/didClose", {"textDocument": {"uri": "file:///closed.py"}}),
])
def test_notifications_that_cannot_be_followed(method: str, params: Any) -> None:
    with running() as client:
        client.notify(method, params)
        assert_alive(client)
        client.open(RACY_PYTHON, uri="file:///other.py")
        assert len(client.published(1, "file:///other.py")) == 1


# --- Cancellation


def test_requests_are_cancelled() -> None:
    with running({"textDocument": {"diagnostic": {}}}) as client:
        client.open("x = 1\n" * 50_000)  # something to wait for
        ids = [client.send_request("textDocument/diagnostic", {"textDocument": {"uri": URI}}) for _ in range(3)]
        client.notify("$/cancelRequest", {"id": ids[1]})
        assert "result" in client.response(ids[0])
        assert client.response(ids[1])["error"]["code"] == CANCELLED
        assert "result" in client.response(ids[2])
        assert client.everything_sent() == []


def test_a_request_that_waits_for_news_is_cancelled(tmp_path: Path) -> None:
    """And the next one is answered."""
    (tmp_path / "racy.py").write_text(RACY_PYTHON)
    folders = [{"uri": tmp_path.as_uri(), "name": "x"}]
    with running({"textDocument": {"diagnostic": {}}}, workspaceFolders=folders) as client:
        [report] = client.result("workspace/diagnostic", {"previousResultIds": []})["items"]
        had = {"previousResultIds": [{"uri": report["uri"], "value": report["resultId"]}]}
        id = client.send_request("workspace/diagnostic", had)
        client.notify("$/cancelRequest", {"id": id})
        assert client.response(id)["error"]["code"] == CANCELLED
        (tmp_path / "racy.py").unlink()
        [report] = client.result("workspace/diagnostic", had)["items"]
        assert report["items"] == []
        assert client.everything_sent() == []


def test_cancelling_what_is_not_there() -> None:
    with running() as client:
        client.notify("$/cancelRequest", {"id": 4711})
        client.notify("$/cancelRequest", {"id": None})
        client.notify("$/cancelRequest", {})
        client.send_bytes(encode({"method": "$/cancelRequest"}))
        assert client.everything_sent() == []


# --- Lifecycle


def test_before_initialize() -> None:
    with server() as client:
        assert client.error_code("textDocument/codeAction") == NOT_INITIALIZED
        assert client.error_code("shutdown") == NOT_INITIALIZED
        assert client.error_code("racewise/nothing") == NOT_INITIALIZED
        client.open(RACY_PYTHON)
        client.initialize()
        assert client.everything_sent() == []
        assert client.stop() == 0


@pytest.mark.parametrize("params", [{}, {"capabilities": []}, {"processId": 1}])
def test_initialize_with_wrong_parameters(params: Any) -> None:
    with server() as client:
        assert client.error_code("initialize", params) == INVALID_PARAMS
        client.initialize()
        assert client.stop() == 0


def test_initialize_twice() -> None:
    with running() as client:
        assert client.error_code("initialize", INITIALIZE["params"]) == INVALID_REQUEST


def test_after_shutdown() -> None:
    with server() as client:
        client.initialize()
        assert client.request("shutdown")["result"] is None
        assert client.error_code("textDocument/codeAction") == INVALID_REQUEST
        assert client.error_code("shutdown") == INVALID_REQUEST
        client.open(RACY_PYTHON)
        assert client.error_code("racewise/nothing") == INVALID_REQUEST
        assert client.waiting == []
        client.notify("exit")
        assert client.exit_status() == 0


def test_exit_without_shutdown() -> None:
    with server() as client:
        client.initialize()
        client.notify("exit")
        assert client.exit_status() == 1


def test_exit_before_initialize() -> None:
    with server() as client:
        client.notify("exit")
        assert client.exit_status() == 1


def test_all_answers_are_written_before_the_end() -> None:
    with server() as client:
        client.initialize()
        requests = [encode({"id": f"r{i}", "method": "racewise/nothing"}) for i in range(5000)]
        client.send_bytes(b"".join(requests) + encode({"id": "s", "method": "shutdown"}) + encode({"method": "exit"}))
        for i in range(5000):
            client.response(f"r{i}")
        client.response("s")
        assert client.exit_status() == 0


@pytest.mark.parametrize("shut_down, status", [(True, 0), (False, 1)])
def test_end_of_input(shut_down: bool, status: int) -> None:
    with server() as client:
        client.initialize()
        if shut_down:
            client.request("shutdown")
        client.process.stdin.close()
        assert client.exit_status() == status


def test_end_of_input_in_the_middle_of_an_analysis() -> None:
    with server() as client:
        client.initialize()
        client.open(RACY_PYTHON * 20_000)
        client.process.stdin.close()
        assert client.exit_status() == 1
        assert client.inbox.get(timeout=10) is None  # it did not wait for the result


def test_the_client_closes_its_end() -> None:
    """Input goes on, output cannot: the server ends instead of working for nobody."""
    process = subprocess.Popen([checker.program(), "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin and process.stdout
    process.stdout.close()
    process.stdin.write(encode(INITIALIZE))
    process.stdin.flush()
    assert process.wait(PATIENCE) == 1
    process.stdin.close()


def start_dying_client() -> subprocess.Popen[bytes]:
    """A process that ends when its input does."""
    return subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)


@pytest.mark.parametrize("by_argument", [True, False])
def test_the_client_process_dies(by_argument: bool) -> None:
    editor = start_dying_client()
    with server(*[f"--clientProcessId={editor.pid}"] * by_argument) as client:
        client.initialize(processId=None if by_argument else editor.pid)
        assert_alive(client)
        editor.communicate(b"")
        assert client.exit_status() == 1


def test_the_client_process_is_dead_already() -> None:
    editor = start_dying_client()
    editor.communicate(b"")
    with server() as client:
        client.send_request("initialize", {"processId": editor.pid, "capabilities": {}})
        assert client.exit_status() == 1


def test_options() -> None:
    with server("--stdio", "--clientProcessId", "1", "--verbose") as client:
        client.initialize()
        assert client.stop() == 0
    for wrong in ("--nothing", "--clientProcessId=x", "--clientProcessId=", "file.py"):
        with server(wrong) as client:
            assert client.exit_status() == 2
            client.threads[1].join()
            assert client.errors.startswith(b"racewise: ")


# --- A client that does not read


def test_a_client_that_reads_late_gets_every_answer() -> None:
    """The pipe fills up; the server neither blocks for ever nor loses anything."""
    with running() as client:
        count = 20_000
        for i in range(count):
            client.send_bytes(encode({"id": f"r{i}", "method": "racewise/" + "x" * 400}))
        for i in range(count):
            assert client.response(f"r{i}")["error"]["code"] == METHOD_NOT_FOUND


def is_at_rest(process: subprocess.Popen[bytes]) -> bool:
    """Every thread sleeps, rather than waits for a processor."""
    states = [stat.read_text().rpartition(")")[2].split()[0] for stat in Path(f"/proc/{process.pid}/task").glob("*/stat")]
    return set(states) == {"S"}


def pulls_of_a_stuck_client(text: str, count: int) -> tuple[int, int]:
    """How many of many pulls a server has taken of a client that reads nothing, and its memory in bytes then."""
    environment = os.environ | {"ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1"}
    process = subprocess.Popen([checker.program(), "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
    assert process.stdin
    raw = process.stdin.fileno()
    document = {"uri": URI, "languageId": "python", "version": 1, "text": text}
    os.write(raw, encode(INITIALIZE | {"params": {"capabilities": {"textDocument": {"diagnostic": {}}}}}))
    process.stdin.write(encode({"method": "textDocument/didOpen", "params": {"textDocument": document}}))
    process.stdin.flush()
    pull = encode({"id": "x" * 60_000, "method": "textDocument/diagnostic", "params": {"textDocument": {"uri": URI}}})
    os.set_blocking(raw, False)
    taken, idle, rest = 0, 0, pull
    while taken < count and idle < 100:
        try:
            rest = rest[os.write(raw, rest):]
            idle = 0
        except BlockingIOError:
            idle = idle + 1 if is_at_rest(process) else 0
            time.sleep(.01)
        if not rest:
            taken, rest = taken + 1, pull
    status = Path(f"/proc/{process.pid}/status").read_text()
    process.kill()
    process.communicate()
    return taken, int(status.partition("VmRSS:")[2].split()[0]) * 1024


def test_a_client_that_never_reads_is_no_longer_read_either() -> None:
    """What it has asked for and not taken is bounded, and so is the server's memory."""
    text = "".join(RACY_PYTHON.replace("visits", f"visits{i}").replace("record_visit", f"record{i}") for i in range(40))
    alone, at_first = pulls_of_a_stuck_client(text, 1)
    taken, resident = pulls_of_a_stuck_client(text, 2_000)
    assert alone == 1 and 1 < taken < 2_000
    assert resident < at_first + 100 * 1024 * 1024  # all of the answers would be 120 MB and more


def test_the_client_process_dies_in_the_middle_of_an_analysis() -> None:
    editor = start_dying_client()
    with server() as client:
        client.initialize(processId=editor.pid)
        client.open(RACY_PYTHON * 20_000)
        editor.communicate(b"")
        assert client.exit_status() == 1


def test_the_pipe_breaks_in_the_middle_of_an_analysis() -> None:
    process = subprocess.Popen([checker.program(), "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin and process.stdout
    process.stdin.write(encode(INITIALIZE) + encode({"method": "textDocument/didOpen", "params": {"textDocument": {
        "uri": URI, "languageId": "python", "version": 1, "text": RACY_PYTHON * 20_000}}}))
    process.stdin.flush()
    process.stdout.close()
    process.stdin.write(encode({"id": 2, "method": "racewise/nothing"}))
    process.stdin.flush()
    assert process.wait(PATIENCE) == 1
    process.stdin.close()


# --- Large and strange documents


@pytest.mark.parametrize("text, language", [
    ("(" * 100_000, "python"), ("x = " + "[" * 20_000 + "]" * 20_000, "python"), ("{" * 50_000, "javascript"),
    ("a = " + "await " * 20_000 + "b", "javascript"), ("async def f():\n" + "  if x:\n" * 3_000, "python"),
    ("<a>" * 10_000, "typescriptreact"), ("\0" * 1000, "python"), ("x" * 1_000_000, "javascript"),
    ("async function f() {" * 2_000, "typescript")])
def test_deep_and_strange_texts(text: str, language: str) -> None:
    with running() as client:
        client.open(text, language)
        assert isinstance(client.published(1), list)
        assert_alive(client)


def test_a_large_document_does_not_delay_a_small_one() -> None:
    """Nor do its fixes: what is asked about the small one is answered while the large one is being worked on."""
    with running({"textDocument": {"diagnostic": {}}}) as client:
        large, small = {"uri": "file:///large.py"}, {"uri": "file:///small.py"}
        client.open(RACY_PYTHON * 3_000, uri=large["uri"])
        slow = client.send_request("textDocument/diagnostic", {"textDocument": large})
        client.open(RACY_PYTHON, uri=small["uri"])
        span = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}
        quick = {"textDocument": small, "range": span, "context": {"diagnostics": []}}
        for version in range(2, 6):
            client.change(version, insertion(0, 0, "\n"), uri=small["uri"])
            assert len(client.result("textDocument/diagnostic", {"textDocument": small})["items"]) == 1
            assert len(client.result("textDocument/codeAction", quick)) > 1
        assert client.arrived(slow) is False
        client.notify("$/cancelRequest", {"id": slow})
