"""Stress tests: those written for RaceBench's races fail on the racy programs and pass on the fixed ones, unaided."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import checker
import pytest

HERE = Path(__file__).parent
BUILD = checker.REPOSITORY / "build/packages"


def stress(*arguments: str | Path) -> None:
    packages = {"RACEBENCH_NODE_MODULES": str(BUILD / "tests"), "RUNNER_NODE_MODULES": str(BUILD / "runners")}
    done = subprocess.run([sys.executable, HERE / "stress.py", "--jobs=2", *arguments], capture_output=True, text=True,
                          check=False, env=packages | os.environ | {"RACEWISE": checker.program()})
    assert done.returncode == 0, done.stdout + done.stderr


def test_most_stress_tests_run_unaided() -> None:
    stress("--tasks=100", "--least=0.8", HERE / "python", HERE / "js")


@pytest.mark.parametrize("framework, cases", [
    ("plain", ["python/14-session-store", "python/21-chat-hub"]),
    ("pytest", ["python/06-shared-budget"]),
    ("plain", ["js/10-avatar-cache", "js/21-hook-runner"]),
    ("node", ["js/02-wallet-credit"]),
    ("vitest", ["js/03-api-quota"]),
    ("jest", ["js/06-token-meter"]),
])
def test_a_thousand_tasks_in_each_framework(framework: str, cases: list[str]) -> None:
    stress("--tasks=1000", "--least=1", f"--framework={framework}", *(HERE / case for case in cases))
