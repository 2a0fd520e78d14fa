import asyncio
import threading


class Bridge:
    def __init__(self, loop: asyncio.AbstractEventLoop, queue: asyncio.Queue) -> None:
        self._loop = loop
        self._queue = queue

    def _deliver(self, item) -> None:
        self._queue.put_nowait(item)

    def _read(self, source) -> None:
        for item in source:
            self._loop.call_soon_threadsafe(self._deliver, item)

    def start(self, source) -> None:
        threading.Thread(target=self._read, args=(source,), daemon=True).start()
