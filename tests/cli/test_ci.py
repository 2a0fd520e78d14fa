"""What CI services and pre-commit are handed: it is of their form, and does what it says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import checker
import pytest

yaml = pytest.importorskip("ruamel.yaml", reason="run ./dev setup")
pytest.importorskip("check_jsonschema", reason="run ./dev setup")

ROOT = checker.REPOSITORY
RACY = (ROOT / "examples" / "lost_update.py").read_text(encoding="utf-8")


def load(path: Path):
    return yaml.YAML(typ="safe").load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-actions", "action.yml"),
        ("vendor.github-workflows", "examples/ci/github-workflow.yml"),
        ("vendor.gitlab-ci", "examples/ci/gitlab-ci.yml"),
    ],
)
def test_files_of_ci_services_are_valid(schema: str, file: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def program_in_path(folder: Path) -> dict[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "racewise").symlink_to(Path(checker.program()).resolve())
    return dict(os.environ) | {"PATH": f"{folder}:{os.environ['PATH']}"}


@pytest.mark.parametrize("index", [0, 1])
def test_hooks_fail_for_findings_and_leave_excluded_files_alone(index: int, tmp_path: Path) -> None:
    hook = load(ROOT / ".pre-commit-hooks.yaml")[index]
    assert {"id", "name", "entry", "language", "types_or"} <= hook.keys()
    environment = program_in_path(tmp_path / "bin")
    (tmp_path / "racewise.toml").write_text('exclude = ["old"]\n', encoding="utf-8")
    (tmp_path / "old").mkdir()
    for name in ("old/a.py", "b.py"):
        (tmp_path / name).write_text(RACY, encoding="utf-8")
    command = hook["entry"].split()
    left_out = subprocess.run([*command, "old/a.py"], cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert left_out.returncode == 0
    found = subprocess.run([*command, "b.py"], cwd=tmp_path, env=environment, capture_output=True, check=False)
    fixed = (tmp_path / "b.py").read_text(encoding="utf-8") != RACY
    assert (found.returncode, fixed) == ((0, True) if "--fix" in command else (1, False))


def run_action(tmp_path: Path, inputs: dict[str, str]) -> tuple[subprocess.CompletedProcess[str], str]:
    """Runs the step that checks, as the service does."""
    (step,) = [step for step in load(ROOT / "action.yml")["runs"]["steps"] if step.get("id") == "check"]
    program_in_path(tmp_path / "action" / "build" / "release")
    output = tmp_path / "output"
    output.touch()
    environment = dict(os.environ) | {"GITHUB_ACTION_PATH": str(tmp_path / "action"), "GITHUB_OUTPUT": str(output)}
    for name, value in step["env"].items():
        environment[name] = inputs.get(value.split("inputs.")[1].split(" ")[0], "")
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    return done, output.read_text(encoding="utf-8")


def test_the_action_annotates_and_fails(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(RACY, encoding="utf-8")
    done, output = run_action(tmp_path, {"paths": "a.py", "options": "--confidence high", "sarif": "out.sarif"})
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error title=racewise (lost-update),file=a.py,line=10")
    assert output == "findings=true\n"
    assert (tmp_path / "out.sarif").read_text(encoding="utf-8").startswith('{"$schema"')


def test_the_action_passes_where_nothing_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n", encoding="utf-8")
    done, output = run_action(tmp_path, {"paths": "a.py"})
    assert (done.returncode, output) == (0, "findings=false\n")
