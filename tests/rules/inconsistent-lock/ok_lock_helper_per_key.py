import asyncio
from collections import defaultdict


class Accounts:
    def __init__(self, store):
        self._locks = defaultdict(asyncio.Lock)
        self._more = {}
        self._store = store
        self.balances = {}
        self.points = {}

    def _lock_for(self, key):
        return self._more.setdefault(key, asyncio.Lock())

    async def add(self, key, n):
        async with self._locks[key]:
            balance = self.balances[key]
            await self._store.put(key)
            self.balances[key] = balance + n

    async def award(self, key, n):
        async with self._lock_for(key):
            points = self.points.get(key, 0)
            await self._store.put(key)
            self.points[key] = points + n

    async def reset(self, key):
        async with self._lock_for(key):
            if key in self.points:
                await self._store.put(key)
                del self.points[key]
