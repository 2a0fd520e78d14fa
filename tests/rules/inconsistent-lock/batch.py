import asyncio


class Queue:
    def __init__(self, sink):
        self._sink = sink
        self._lock = asyncio.Lock()
        self._pending = []

    async def flush(self):
        async with self._lock:
            batch = list(self._pending)
            await self._sink.send(batch)
            self._pending = []

    async def push(self, item):
        self._pending.append(item)  # want inconsistent-lock: self._pending (medium)
