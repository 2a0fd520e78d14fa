import asyncio


class Accounts:
    def __init__(self, store):
        self._locks = {}
        self._store = store
        self.points = {}

    async def award(self, key, n):
        lock = self._locks.get(key) or asyncio.Lock()
        async with lock:  # want ineffective-lock
            points = self.points[key]
            await self._store.put(key)
            self.points[key] = points + n
