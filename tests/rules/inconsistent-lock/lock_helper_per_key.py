import asyncio


class Accounts:
    def __init__(self, store):
        self._locks = {}
        self._store = store
        self.points = {}

    def _lock_for(self, key):
        if key not in self._locks:
            self._locks[key] = asyncio.Lock()
        return self._locks[key]

    async def award(self, key, n):
        async with self._lock_for(key):
            points = self.points[key]
            await self._store.put(key)
            self.points[key] = points + n

    async def spend(self, key, n):
        self.points[key] -= n  # want inconsistent-lock: self.points[key] (medium)
