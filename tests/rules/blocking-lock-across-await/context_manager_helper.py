import asyncio
import threading
from contextlib import contextmanager

_lock = threading.Lock()

@contextmanager
def locked():
    with _lock:
        yield

async def job():
    with locked():  # want blocking-lock-across-await
        await asyncio.sleep(1)
