"""`racewise mcp` through the official SDKs' clients, the inspector's command line, and by hand."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import checker
import pytest

HERE = Path(__file__).parent
PACKAGES = checker.REPOSITORY / "build/packages/mcp"
CURRENT = "2026-07-28"
CART = """\
import asyncio

class Cart:
    def __init__(self, shop):
        self.shop = shop
        self.total = 0

    async def add(self, item: str) -> None:
        self.total += await self.shop.price(item)
"""
# Takes long enough to be asked about and cancelled: each fix is tried on all of it.
SLOW = "import asyncio\n\nclass Desk:\n" + "".join(f"""
    async def step_{i}(self) -> None:
        if self.total_{i % 40} < {i}:
            await asyncio.sleep(0)
            self.total_{i % 40} += await self.step_{i * 7 % 3000}()
""" for i in range(3000))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "project"
    inside.mkdir()
    (inside / "cart.py").write_text(CART)
    (inside / "slow.py").write_text(SLOW)
    (tmp_path / "outside.py").write_text(CART)
    (inside / "link.py").symlink_to(tmp_path / "outside.py")
    return inside


# --- clients of the SDKs


def session(kind: str, folder: Path) -> dict[str, Any]:
    assert (PACKAGES / "node_modules").is_dir(), f"no packages in {PACKAGES}: run ./dev setup"
    done = subprocess.run(["node", HERE / "session.mjs", kind, checker.program(), folder], capture_output=True,
                          text=True, check=False, env=os.environ | {"NODE_MODULES": str(PACKAGES / "node_modules")})
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("kind, version", [("sdk", None), ("client", "2025-11-25"), ("client-current", CURRENT)])
def test_a_session_with_an_official_client(folder: Path, kind: str, version: str | None) -> None:
    seen = session(kind, folder)
    assert (seen["version"], seen["server"]) == (version, "racewise")
    assert [tool["name"] for tool in seen["tools"]] == ["check_code", "audit", "suggest_fix", "stress_test", "explain"]
    assert len(seen["resources"]) == len(checker.run("rules").stdout.splitlines())
    assert seen["templates"][0]["uriTemplate"] == "racewise://rules/{rule}"
    assert seen["page"]["contents"][0]["text"].startswith("# lost-update")

    calls = {name: result["structuredContent"] for name, result in seen["calls"].items()}
    assert [finding["rule"] for finding in calls["check_code"]["findings"]] == ["lost-update"]
    assert "self.total" in seen["calls"]["check_code"]["content"][0]["text"]
    assert calls["check_text"]["findings"] == []
    assert [location["name"] for location in calls["audit"]["shared"]] == ["self.total"]
    fixes = calls["suggest_fix"]["findings"][0]["fixes"]
    assert any(fix["edits"] for fix in fixes), fixes
    assert calls["stress_test"]["file"] == "test_stress_cart_Cart_add.py"
    compile(calls["stress_test"]["test"], "test", "exec")
    assert calls["explain"]["text"].startswith("# check-then-act")

    assert calls["topic"]["name"] == "gil" and calls["topic"]["text"]
    assert [prompt["name"] for prompt in seen["prompts"]] == ["write", "audit", "fix", "test"]
    assert "self.total" in seen["asked"]["messages"][0]["content"]["text"]
    assert seen["written"]["messages"][0]["role"] == "user"

    assert seen["meanwhile"]["order"] == ["ping", "quick", "slow"]
    steps = [step["progress"] for step in seen["meanwhile"]["progress"]]
    assert steps and steps == sorted(set(steps)), steps
    assert seen["meanwhile"]["progress"][-1]["message"] == "trying fixes for lost-update on line 8"
    assert seen["cancelled"]["outcome"] == "cancelled"
    assert seen["cancelled"]["after"]["structuredContent"]["findings"]

    wrong = seen["wrong"]
    protocol = {"tool", "resource", "prompt", "prompt_outside", "prompt_line"}
    for name, answer in wrong.items():
        if name not in protocol:
            assert answer.get("isError") is True, (name, answer)
    for name in ("outside", "link", "absolute"):
        assert "no such file below the folders" in wrong[name]["text"]
    for name in ("prompt", "prompt_outside", "prompt_line"):
        assert wrong[name]["code"] == -32602, wrong[name]
    assert wrong["tool"]["code"] == -32602 and "delete_everything" in wrong["tool"]["message"]
    assert wrong["resource"]["code"] == (-32602 if version == CURRENT else -32002)
    assert not list(folder.glob("test_stress*")), "a tool writes nothing"


# --- the inspector


def inspect(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    inspector = PACKAGES / "node_modules/.bin/mcp-inspector"
    command = ["node", inspector, "--cli", checker.program(), "mcp", folder, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_line_of_the_inspector(folder: Path) -> None:
    listed = inspect(folder, "--method", "tools/list")
    assert listed.returncode == 0, listed.stderr
    assert len(json.loads(listed.stdout)["tools"]) == 5
    call = ("--method", "tools/call", "--tool-name", "check_code", "--tool-arg")
    right = inspect(folder, *call, "path=cart.py")
    assert json.loads(right.stdout)["structuredContent"]["findings"][0]["variable"] == "self.total", right.stderr
    bad = inspect(folder, *call, "path=../outside.py")
    assert json.loads(bad.stdout)["isError"] is True
    page = inspect(folder, "--method", "resources/read", "--uri", "racewise://rules/toctou")
    assert page.returncode == 0 and "# toctou" in page.stdout
    assert inspect(folder, "--method", "resources/read", "--uri", "racewise://rules/none").returncode != 0


# --- by hand

META = {"io.modelcontextprotocol/protocolVersion": CURRENT, "io.modelcontextprotocol/clientCapabilities": {}}
HELLO = {"jsonrpc": "2.0", "id": 0, "method": "initialize",
         "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}}


def talk(folder: Path, *lines: dict[str, Any] | str | bytes) -> list[dict[str, Any]]:
    """What the server answers; it must end by itself when the input ends."""
    sent = b"".join((line if isinstance(line, bytes) else line.encode() if isinstance(line, str)
                     else json.dumps(line).encode()) + b"\n" for line in lines)
    done = checker.run("mcp", folder, stdin=sent, timeout=120)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def request(method: str, id_: int = 1, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": id_, "method": method, "params": {"_meta": META, **params}}


def by_id(answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(answers, key=lambda answer: answer.get("id", 0))


def error(folder: Path, line: dict[str, Any] | str | bytes) -> tuple[int, Any]:
    (answer,) = talk(folder, line)
    return answer["error"]["code"], answer.get("id")


def test_discovery_without_a_handshake(folder: Path) -> None:
    (answer,) = talk(folder, request("server/discover"))
    result = answer["result"]
    assert result["resultType"] == "complete" and result["supportedVersions"][0] == CURRENT
    assert result["cacheScope"] == "public" and result["ttlMs"] > 0
    assert result["_meta"]["io.modelcontextprotocol/serverInfo"]["name"] == "racewise"


def test_a_version_that_nobody_knows(folder: Path) -> None:
    unknown = request("tools/list")
    unknown["params"]["_meta"] = META | {"io.modelcontextprotocol/protocolVersion": "1900-01-01"}
    (answer,) = talk(folder, unknown)
    assert answer["error"]["code"] == -32022
    assert answer["error"]["data"]["requested"] == "1900-01-01" and CURRENT in answer["error"]["data"]["supported"]


@pytest.mark.parametrize("asked, given", [("2025-06-18", "2025-06-18"), ("2024-11-05", "2024-11-05"),
                                          ("1.0", "2025-11-25")])
def test_the_handshake_agrees_on_a_version(folder: Path, asked: str, given: str) -> None:
    hello = HELLO | {"params": HELLO["params"] | {"protocolVersion": asked}}
    (answer, pong) = talk(folder, hello, {"jsonrpc": "2.0", "method": "notifications/initialized"},
                          {"jsonrpc": "2.0", "id": "p", "method": "ping"})
    assert answer["result"]["protocolVersion"] == given and "resultType" not in answer["result"]
    assert pong == {"jsonrpc": "2.0", "id": "p", "result": {}}


@pytest.mark.parametrize("line, code, id_", [
    ("{", -32700, None),
    (b"\xff\xfe{}", -32700, None),
    ("[]", -32600, None),
    ("7", -32600, None),
    ({"id": 1, "method": "ping"}, -32600, 1),
    ({"jsonrpc": "2.0", "id": 1, "method": 4}, -32600, 1),
    ({"jsonrpc": "2.0", "id": None, "method": "ping"}, -32600, None),
    ({"jsonrpc": "2.0", "id": 1, "method": "nothing"}, -32601, 1),
    ({"jsonrpc": "2.0", "id": 1, "method": "server/discover"}, -32601, 1),
    (request("ping"), -32601, 1),
    ({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}, -32602, 1),
    ({"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": []}, -32602, 1),
    ({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {}}, -32602, 1),
    (request("tools/call"), -32602, 1),
    (request("tools/call", name=3), -32602, 1),
    (request("tools/call", name="check_code", arguments=[]), -32602, 1),
    (request("resources/read"), -32602, 1),
    (request("resources/read", uri="file:///etc/passwd"), -32602, 1),
])
def test_bad_messages(folder: Path, line: dict[str, Any] | str | bytes, code: int, id_: Any) -> None:
    assert error(folder, line) == (code, id_)


def test_noise_does_not_end_the_session(folder: Path) -> None:
    answers = talk(folder, "", "   ", "}{", "\0", {"jsonrpc": "2.0", "method": "notifications/unknown"},
                   {"jsonrpc": "2.0", "id": 5, "result": {}}, '{"jsonrpc": "2.0", "id"', request("tools/list"))
    assert len(answers[-1]["result"]["tools"]) == 5


def test_what_is_too_large_is_refused(folder: Path) -> None:
    long = request("tools/call", name="check_code", arguments={"text": "x" * (17 << 20), "language": "python"})
    large = request("tools/call", 2, name="check_code", arguments={"text": "x" * (5 << 20), "language": "python"})
    first, second, third = by_id(talk(folder, long, large, request("tools/list", 3)))
    assert first["error"]["code"] == -32700 and "16 MiB" in first["error"]["message"]
    assert second["result"]["isError"] is True and "4 MiB" in second["result"]["content"][0]["text"]
    assert "tools" in third["result"]


def test_only_what_the_folders_really_hold_is_read(folder: Path) -> None:
    (folder.parent / "projects").mkdir()
    (folder.parent / "projects/cart.py").write_text(CART)
    paths = ["../projects/cart.py", str(folder.parent / "projects/cart.py"), "sub/../../outside.py", "link.py", "a\0b",
             "x" * 9000]
    answers = talk(folder, *(request("tools/call", name="check_code", arguments={"path": path}) for path in paths))
    assert [answer["result"]["isError"] for answer in answers] == [True] * len(paths)
    inside = talk(folder, request("tools/call", name="check_code", arguments={"path": str(folder / "cart.py")}))
    assert inside[0]["result"]["isError"] is False


def test_what_was_asked_before_the_input_ended_is_answered(folder: Path) -> None:
    calls = [request("tools/call", id_, name="check_code", arguments={"path": "cart.py"}) for id_ in range(40)]
    answers = by_id(talk(folder, *calls))
    assert [answer["id"] for answer in answers] == list(range(40))
    assert all(len(answer["result"]["structuredContent"]["findings"]) == 1 for answer in answers)


def test_a_cancelled_request_is_not_answered_and_others_are(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_THREADPOOL_SIZE", "1")
    slow = [request("tools/call", id_, name="suggest_fix", arguments={"path": "slow.py", "line": 8}) for id_ in (1, 2)]
    cancel = [{"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": id_}}
              for id_ in (2, 1, 2, "other", None)]
    done = checker.run("mcp", "--verbose", folder, timeout=120,
                       stdin=b"".join(json.dumps(line).encode() + b"\n" for line in
                                      (*slow, *cancel, request("tools/call", 3, name="explain", arguments={"name": "gil"}))))
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [3]
    assert done.stderr.count("gave up a cancelled request") == 2


def test_nobody_is_left_to_take_the_answers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_THREADPOOL_SIZE", "1")
    explain = request("tools/call", 0, name="explain", arguments={"name": "gil"})
    slow = [request("tools/call", id_, name="suggest_fix", arguments={"path": "slow.py"}) for id_ in range(1, 40)]
    with subprocess.Popen([checker.program(), "mcp", "--verbose", folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True) as server:
        assert server.stdin and server.stdout and server.stderr
        server.stdout.close()
        server.stdin.write("".join(json.dumps(line) + "\n" for line in [explain, *slow]))
        server.stdin.close()
        said = server.stderr.read()
        assert server.wait() == 0
    assert said.count("cancelled") == len(slow), said


def test_more_calls_than_can_wait(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_THREADPOOL_SIZE", "1")
    calls = [request("tools/call", 0, name="suggest_fix", arguments={"path": "slow.py", "line": 8})]
    calls += [request("tools/call", id_, name="explain", arguments={"name": "gil"}) for id_ in range(1, 1100)]
    refused = [answer for answer in talk(folder, *calls) if "error" in answer]
    assert refused and all("calls are under way" in answer["error"]["message"] for answer in refused)


def test_folders_that_are_not_there(tmp_path: Path) -> None:
    done = checker.run("mcp", tmp_path / "nowhere")
    assert done.returncode == 2 and "nowhere" in done.stderr
    file = tmp_path / "file"
    file.write_text("")
    assert "is not a folder" in checker.run("mcp", file).stderr


def test_a_configuration_counts_only_below_the_folders(folder: Path) -> None:
    check = request("tools/call", name="check_code", arguments={"path": "cart.py"})
    (folder.parent / "racewise.toml").write_text('ignore = ["lost-update"]\n')
    (above,) = talk(folder, check)
    assert len(above["result"]["structuredContent"]["findings"]) == 1
    (folder / "racewise.toml").write_text('ignore = ["lost-update"]\n')
    (below,) = talk(folder, check)
    assert below["result"]["structuredContent"]["findings"] == []
