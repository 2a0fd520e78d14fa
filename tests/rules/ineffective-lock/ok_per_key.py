import asyncio


class Accounts:
    def __init__(self):
        self._locks = {}
        self._balances = {}

    def _lock_of(self, name):
        return self._locks.setdefault(name, asyncio.Lock())

    async def add(self, name, amount):
        async with self._lock_of(name):
            balance = self._balances.get(name, 0)
            await asyncio.sleep(0)
            self._balances[name] = balance + amount
