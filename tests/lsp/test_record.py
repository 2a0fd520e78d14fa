"""Sessions on record, and the log."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import checker
from wire import PATIENCE, RACY_PYTHON, URI, frame, server


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def record_session(path: Path, shut_down: bool = True) -> None:
    with server("--record", str(path)) as client:
        client.initialize(processId=None)
        client.open(RACY_PYTHON)
        assert len(client.published(1)) == 1
        client.send_bytes(frame(b'{"a":"\xff"}'))
        client.response(None)
        if shut_down:
            assert client.stop() == 0


def test_a_session_is_recorded(tmp_path: Path) -> None:
    record_session(tmp_path / "session.jsonl")
    recorded = lines((tmp_path / "session.jsonl").read_text())
    times = [line["time"] for line in recorded]
    assert times == sorted(times) and times[0] >= 0
    assert json.loads(recorded[0]["body"])["method"] == "initialize"
    assert {line["from"] for line in recorded} == {"client", "server"}
    assert any("textDocument/publishDiagnostics" in line["body"] for line in recorded if line["from"] == "server")
    assert json.loads(recorded[-1]["body"]) == {"jsonrpc": "2.0", "method": "exit", "params": {}}


def test_a_record_is_replayed(tmp_path: Path) -> None:
    path = tmp_path / "session.jsonl"
    record_session(path)
    done = checker.run("debug", "replay", path)
    assert done.returncode == 0 and done.stderr == ""

    def bodies(recorded: list[Any]) -> list[str]:
        """But for the answer to what was no UTF-8, which a record cannot hold."""
        return sorted(line["body"] for line in recorded if line["from"] == "server" and '"id":null' not in line["body"])
    assert bodies(lines(done.stdout)) == bodies(lines(path.read_text()))


def test_a_session_that_broke_off_is_replayed(tmp_path: Path) -> None:
    path = tmp_path / "session.jsonl"
    record_session(path, shut_down=False)
    recorded = lines(path.read_text())
    initialize = json.loads(recorded[0]["body"])
    initialize["params"]["processId"] = 2**22 - 1  # an editor that is long gone
    recorded[0]["body"] = json.dumps(initialize)
    path.write_text("".join(json.dumps(line) + "\n" for line in recorded))
    done = checker.run("debug", "replay", path)
    assert done.returncode == 1
    assert any("publishDiagnostics" in line["body"] for line in lines(done.stdout))


def test_what_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "nonsense"
    assert checker.run("debug", "replay", path).returncode == 2
    for nonsense in ("nonsense\n", "{}\n", '{"time":"x"}\n'):
        path.write_text(nonsense)
        done = checker.run("debug", "replay", path)
        assert done.returncode == 2 and "no recorded message" in done.stderr


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    for option in ("--record", "--log-file"):
        done = subprocess.run([checker.program(), "lsp", option, str(tmp_path / "no" / "folder")],
                              input=b"", capture_output=True, timeout=PATIENCE, check=False)
        assert done.returncode == 2 and b"cannot be opened" in done.stderr


def test_the_log_goes_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "racewise.log"
    for _ in range(2):
        with server("--log-file", str(path), "--verbose") as client:
            client.initialize(clientInfo={"name": "tester"})
            client.close("file:///closed.py")
            assert client.stop() == 0
            client.threads[1].join()
            assert client.errors == b""
    log = path.read_text().splitlines()
    assert sum("the client is tester" in line for line in log) == 2
    assert any("Z racewise: warning: ignoring that file:///closed.py is closed" in line for line in log)


def test_the_log_is_quiet_by_default() -> None:
    with server() as client:
        client.initialize()
        client.open(RACY_PYTHON, uri=URI)
        client.published(1)
        assert client.stop() == 0
        client.threads[1].join()
        assert client.errors == b""
