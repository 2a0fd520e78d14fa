"""Stress driver. Usage: python3 drive.py MODULE.py

Exits 0 when the state ends up consistent, and 1 (printing what was observed) when it does not.
"""
import asyncio
import importlib.util
import os
import sys
import threading

LIMIT = 1.0  # seconds before the run is taken for stuck


def load(path):
    spec = importlib.util.spec_from_file_location("subject", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["subject"] = module
    spec.loader.exec_module(module)
    return module


async def check(m):
    paid = await m.main()
    if len(paid) != 1:
        return f"one coupon was paid for {len(paid)} times: {paid}"


def finish(observed):
    if observed:
        print("INCONSISTENT:", observed, flush=True)
        os._exit(1)
    print("consistent", flush=True)
    os._exit(0)


def main():
    watchdog = threading.Timer(LIMIT + 0.4, finish, ["deadlock: the event loop is blocked"])
    watchdog.daemon = True
    watchdog.start()
    globals().get("setup", lambda: None)()
    subject = load(sys.argv[1])
    try:
        if asyncio.iscoroutinefunction(check):
            observed = asyncio.run(asyncio.wait_for(check(subject), LIMIT))
        else:
            observed = check(subject)
    except asyncio.TimeoutError:
        observed = "deadlock: no progress within %.1f s" % LIMIT
    except Exception as exc:
        observed = f"{type(exc).__name__}: {exc}"
    finish(observed)


if __name__ == "__main__":
    main()
