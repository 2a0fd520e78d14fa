"""Stress tests: those written for RaceBench's races fail on the racy programs and pass on the fixed ones, unaided."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import checker

HERE = Path(__file__).parent


PACKAGES = os.environ.get("RACEBENCH_NODE_MODULES", str(checker.REPOSITORY / "build/packages/tests"))


def test_most_stress_tests_run_unaided() -> None:
    done = subprocess.run(
        [sys.executable, HERE / "stress.py", "--tasks=100", "--least=0.8", "--jobs=2", HERE / "python", HERE / "js"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"RACEWISE": checker.program(), "RACEBENCH_NODE_MODULES": PACKAGES},
    )
    assert done.returncode == 0, done.stdout + done.stderr
