import asyncio
import threading
from contextlib import contextmanager


_lock = threading.Lock()
_names = []


@contextmanager
def registered(name):
    with _lock:
        _names.append(name)
    try:
        yield
    finally:
        with _lock:
            _names.remove(name)


async def job():
    with registered("job"):
        await asyncio.sleep(1)
