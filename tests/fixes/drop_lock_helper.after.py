# fix drop-lock
import asyncio


class Store:
    def __init__(self):
        self._lock = asyncio.Lock()
        self.saved = 0

    async def _save(self):
        self.saved += 1

    async def save(self):
        async with self._lock:
            await self._save()
            await asyncio.sleep(0)
