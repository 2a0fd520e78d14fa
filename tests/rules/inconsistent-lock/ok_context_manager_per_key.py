import asyncio
from contextlib import asynccontextmanager


class Accounts:
    def __init__(self, store):
        self._locks = {}
        self._store = store
        self.balances = {}

    @asynccontextmanager
    async def _locked(self, key):
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:
            yield

    async def add(self, key, n):
        async with self._locked(key):
            balance = self.balances[key]
            await self._store.put(key)
            self.balances[key] = balance + n

    async def take(self, key, n):
        async with self._locked(key):
            if self.balances[key] >= n:
                await self._store.put(key)
                self.balances[key] -= n

    async def move(self, source, target, n):
        first, second = sorted((source, target))
        async with self._locked(first), self._locked(second):
            before = self.balances[source]
            await self._store.put(source)
            self.balances[source] = before - n
