import asyncio
from collections import defaultdict


class Accounts:
    def __init__(self, store):
        self._locks = defaultdict(asyncio.Lock)
        self._store = store
        self.balances = {}

    async def add(self, key, n):
        async with self._locks[key]:
            balance = self.balances[key]
            await self._store.put(key)
            self.balances[key] = balance + n

    async def take(self, name, n):
        async with self._locks[name]:
            balance = self.balances[name]
            await self._store.put(name)
            self.balances[name] = balance - n
