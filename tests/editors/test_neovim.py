"""The main job in a real Neovim, through the plugin in editors/neovim."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import checker
import pytest
from session import CASES, DEADLINE, EXAMPLES, PAGES, TYPED, Case, check_saved, install

HERE = Path(__file__).resolve().parent
PLUGIN = checker.REPOSITORY / "editors" / "neovim"


def link_program(folder: Path) -> Path:
    """Puts the program under test into a folder."""
    folder.mkdir(parents=True)
    link = folder / "racewise"
    link.symlink_to(Path(checker.program()).resolve())
    return link


def neovim(home: Path, *commands: str, **variables: str) -> str:
    """Runs Ex commands in a Neovim that has our plugin and no settings but those; returns what it printed."""
    arguments = [word for command in commands for word in ("-c", command)]
    return start(home, ["--clean", "--cmd", f"set runtimepath^={PLUGIN}", *arguments], **variables)


def start(home: Path, arguments: list[str | Path], **variables: str) -> str:
    """Runs a Neovim whose settings are those in the home folder; returns what it printed."""
    program = shutil.which("nvim")
    assert program, "no nvim: run ./dev setup"
    environment = os.environ | {"HOME": str(home), "LC_ALL": "C.UTF-8"} | variables
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        environment[f"XDG_{name}_HOME"] = str(home / name.lower())
    done = subprocess.run([program, "--headless", *arguments], cwd=home, env=environment,
                          capture_output=True, text=True, timeout=DEADLINE, check=False)
    logs = "\n".join(path.read_text(errors="replace")[-4000:] for path in home.rglob("lsp.log"))
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}\n{logs}"
    return done.stdout + done.stderr


def on_path(home: Path) -> str:
    return f"{link_program(home / 'bin').parent}:{os.environ['PATH']}"


def play(home: Path, case: Case, **options: int) -> dict[str, Any]:
    file, report, session = home / case.name, home / "report.json", home / "session.json"
    session.write_text(json.dumps(
        {"file": str(file), "text": case.text, "fix": case.fix, "report": str(report)} | options))
    neovim(home, f"luafile {HERE / 'neovim_session.lua'}", SESSION=str(session), PATH=on_path(home))
    return json.loads(report.read_text(encoding="utf-8"))


def check_session(home: Path, case: Case, report: dict[str, Any]) -> None:
    assert report["typed"] == case.text
    [found] = report["found"]
    line, before, racy = case.place()
    start = len(before.encode())
    assert found["code"] == "lost-update"
    assert (found["line"], found["end_line"]) == (line, line)
    assert (found["column"], found["end_column"]) == (start, start + len(racy.encode()))
    assert racy.split(" ")[0] in report["hover"]
    assert report["ignored"] == []
    assert case.fix in report["titles"]
    assert report["resolved"] == 1
    assert report["left"] == []
    check_saved(home / case.name, case)


@pytest.mark.parametrize("case", TYPED, ids=lambda case: case.name)
def test_type_the_race_and_fix_it(tmp_path: Path, case: Case) -> None:
    """The server is told of every character by itself."""
    report = play(tmp_path, case, debounce=0)
    assert report["changes"] >= len(case.text.rstrip("\n"))
    check_session(tmp_path, case, report)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_type_faster_than_neovim_tells(tmp_path: Path, case: Case) -> None:
    """Many characters come in one notification, as Neovim does it by default."""
    report = play(tmp_path, case)
    assert 0 < report["changes"] < len(case.text)
    check_session(tmp_path, case, report)


RUNNING = "lua vim.wait(60000, function() return #require('racewise').clients() > 0 end)"
PRINT_PROGRAM = "lua print(vim.inspect({require('racewise').program(vim.fn.getcwd())}))"


def test_the_program_of_the_path(tmp_path: Path) -> None:
    assert '{ "racewise", "PATH" }' in neovim(tmp_path, PRINT_PROGRAM, "qall")


@pytest.mark.parametrize("folder", [".venv/bin", "node_modules/.bin"])
def test_the_program_of_the_project_comes_before_that_of_the_path(tmp_path: Path, folder: str) -> None:
    own = link_program(tmp_path / folder)
    path = on_path(tmp_path)
    assert f'{{ "{own}", "project" }}' in neovim(tmp_path, PRINT_PROGRAM, "qall", PATH=path)


def test_the_program_that_is_set_comes_first(tmp_path: Path) -> None:
    link_program(tmp_path / ".venv/bin")
    setup = "lua require('racewise').setup({ cmd = { '/opt/racewise', 'lsp' } })"
    assert '{ "/opt/racewise", "setting" }' in neovim(tmp_path, setup, PRINT_PROGRAM, "qall")


def test_a_missing_program_is_told_once(tmp_path: Path) -> None:
    setup = "lua require('racewise').setup({ cmd = { '/no/racewise', 'lsp' } })"
    said = neovim(tmp_path, setup, "edit a.py", "edit b.py", "qall")
    assert said.count("racewise: cannot run /no/racewise (:checkhealth racewise)") == 1


def health(home: Path, *commands: str, **variables: str) -> str:
    neovim(home, *commands, "checkhealth racewise", "silent write! health.txt", "qall!", **variables)
    return (home / "health.txt").read_text(encoding="utf-8")


def test_health_of_a_running_server(tmp_path: Path) -> None:
    said = health(tmp_path, "edit a.py", RUNNING, PATH=on_path(tmp_path))
    version = checker.run("--version").stdout.strip()
    assert re.search(f"OK:? {re.escape(version)}: {tmp_path / 'bin' / 'racewise'} \\(PATH\\)", said)
    assert re.search("running for .*: 1 buffers", said)  # for single files, unless a folder above looks like a project


def test_health_without_the_program(tmp_path: Path) -> None:
    said = health(tmp_path, "lua require('racewise').setup({ cmd = { '/no/racewise' } })")
    assert re.search(r"ERROR:? cannot run /no/racewise \(setting\)", said)
    assert "not running" in said


def test_what_the_page_says_in_a_clean_home(tmp_path: Path) -> None:
    """Its settings, and the command it gives for the fix."""
    page = (PAGES / "neovim.md").read_text(encoding="utf-8")
    [line] = re.findall(r"`(vim\.opt\.runtimepath:append\(.*\))`", page)
    [fix] = re.findall(r"`:(lua vim\.lsp\.buf\.code_action\(\))`", page)
    follow(tmp_path, line, fix)


def follow(home: Path, settings: str, fix: str) -> None:
    """Opens a program with these settings in the init file, takes the first fix with this command, and saves."""
    file = home / "config" / "nvim" / "init.lua"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(settings.replace("/path/to/racewise", str(checker.REPOSITORY)))
    case = CASES[0]
    (home / case.name).write_text(case.text)
    wait = "lua assert(vim.wait(60000, function() return {} end, 20), 'waited in vain')"
    choose = "lua vim.ui.select = function(items, _, choose) choose(items[1], 1) end"
    start(home, [case.name, "-c", wait.format("#vim.diagnostic.get(0) > 0"),
                 "-c", "lua vim.api.nvim_win_set_cursor(0, { vim.diagnostic.get(0)[1].lnum + 1, 4 })",
                 "-c", choose, "-c", fix, "-c", wait.format("vim.bo.modified"), "-c", "write", "-c", "qall"],
          PATH=install(home, "neovim.md"))
    check_saved(home / case.name, case)


def test_restart_and_fix_all(tmp_path: Path) -> None:
    """Another server comes, which knows the buffer and fixes it."""
    shutil.copy(EXAMPLES / "lost_update.py", tmp_path / "a.py")
    remember = "lua old = require('racewise').clients()[1].id"
    another = "lua assert(require('racewise').clients()[1].id ~= old)"
    fix = "lua vim.wait(60000, function() return require('racewise').fix_all(0) end, 50)"
    neovim(tmp_path, "edit a.py", RUNNING, remember, "Racewise restart", RUNNING, another, fix, "write", "qall",
           PATH=on_path(tmp_path))
    check_saved(tmp_path / "a.py", CASES[0])


def test_commands_are_completed(tmp_path: Path) -> None:
    said = neovim(tmp_path, "lua print(vim.inspect(vim.fn.getcompletion('Racewise ', 'cmdline')))", "qall")
    assert '{ "audit", "fixall", "health", "log", "prompt", "restart" }' in said
    said = neovim(tmp_path, "lua print(vim.inspect(vim.fn.getcompletion('Racewise prompt ', 'cmdline')))", "qall")
    assert '{ "audit", "fix", "test", "write" }' in said


def test_audit_and_prompt(tmp_path: Path) -> None:
    """The audit opens in a window of its own, a prompt goes into a register."""
    shutil.copy(EXAMPLES / "lost_update.py", tmp_path / "a.py")
    neovim(tmp_path, "edit a.py", RUNNING, "Racewise prompt audit",
           "lua vim.fn.writefile(vim.split(vim.fn.getreg('\"'), '\\n'), 'prompt.md')",
           "Racewise audit", "silent write! audit.md", "qall!", PATH=on_path(tmp_path))
    assert "Certain: shared objects" in (tmp_path / "prompt.md").read_text(encoding="utf-8")
    assert "open: lost-update" in (tmp_path / "audit.md").read_text(encoding="utf-8")


def test_explanations(tmp_path: Path) -> None:
    """The action on a race shows its interleaving; the command gives a rule's page."""
    shutil.copy(EXAMPLES / "lost_update.py", tmp_path / "a.py")
    wait = "lua assert(vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end, 20), 'nothing was found')"
    place = "lua vim.api.nvim_win_set_cursor(0, { vim.diagnostic.get(0)[1].lnum + 1, 4 })"
    show = "lua vim.lsp.handlers['window/showMessage'] = function(_, result) shown = result.message end"
    choose = ("""lua vim.ui.select = function(items, options, choose) for _, item in ipairs(items) do """
              """if options.format_item(item) == 'Explain this race' then return choose(item) end end end""")
    shown = "lua assert(vim.wait(60000, function() return shown end, 20), 'nothing was shown'); print(shown)"
    rule = ("""lua for _, answer in pairs(vim.lsp.buf_request_sync(0, 'workspace/executeCommand', """
            """{ command = 'racewise.explainRule', arguments = { 'lost-update' } }, 60000)) do print(answer.result) end""")
    said = neovim(tmp_path, show, choose, "edit a.py", wait, place, "lua vim.lsp.buf.code_action()", shown, rule, "qall!",
                  PATH=on_path(tmp_path))
    assert re.search(r"task A +task B", said) and "# lost-update" in said, said


def test_the_help_has_tags(tmp_path: Path) -> None:
    copy = shutil.copytree(PLUGIN, tmp_path / "plugin")
    neovim(tmp_path, f"helptags {copy}/doc", f"set runtimepath^={copy}", "help :Racewise", "help racewise.setup()", "qall")

