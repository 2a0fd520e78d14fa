import asyncio
import threading


class Progress:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.done = 0

    def _copy(self, chunks) -> None:
        for chunk in chunks:
            chunk.write()
            with self._lock:
                self.done += 1

    async def copy(self, chunks) -> None:
        await asyncio.to_thread(self._copy, chunks)

    async def skip(self, count: int) -> None:
        with self._lock:
            self.done += count
