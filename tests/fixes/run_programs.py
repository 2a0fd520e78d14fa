"""Runs the programs whose paths are a JSON array on standard input, each in a process of its own that need load nothing.

Writes an object of what each has printed and how it failed: {"PATH": {"printed": "…", "failed": ""}}.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses  # noqa: F401 - so that the programs need not load it, each again
import io
import json
import os
import runpy
import signal
import sys
import tempfile  # noqa: F401
import threading
import traceback
from pathlib import Path

import virtual_time

PATIENCE = 60  # seconds


def run(path: str) -> dict[str, str]:
    failed, output = "", io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(io.StringIO()):
        try:
            runpy.run_path(path, run_name="__main__")
            for thread in threading.enumerate():
                if thread is not threading.current_thread() and not thread.daemon:
                    thread.join()
        except BaseException:  # noqa: BLE001 - whatever the program dies of
            failed = traceback.format_exc()
    return {"printed": output.getvalue(), "failed": failed}


def outcome_of(path: str) -> dict[str, str]:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        signal.alarm(PATIENCE)
        with os.fdopen(writing, "w", encoding="utf-8") as pipe:
            json.dump(run(path), pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return json.loads(told) if told else {"printed": "", "failed": "it does not end"}


sys.path.insert(0, str(Path(__file__).parent / "fakes/python"))  # the libraries that programs import
asyncio.set_event_loop_policy(virtual_time.Policy())
json.dump({path: outcome_of(path) for path in json.load(sys.stdin)}, sys.stdout)
