"""RaceBench itself holds: every driver fails on the racy program and passes on the safe ones."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import checker

HERE = Path(__file__).parent


def test_every_driver_tells_racy_from_safe() -> None:
    packages = os.environ.get("RACEBENCH_NODE_MODULES", str(checker.REPOSITORY / "build/packages/tests"))
    assert Path(packages, "node_modules/esbuild").is_dir(), f"no esbuild in {packages}: run ./dev setup"
    done = subprocess.run(
        [sys.executable, HERE / "score.py", "--selftest", "--jobs=2", HERE / "python", HERE / "js"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"RACEBENCH_NODE_MODULES": packages},
    )
    assert done.returncode == 0, done.stdout + done.stderr
