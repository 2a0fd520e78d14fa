import asyncio
from contextlib import asynccontextmanager


class Account:
    def __init__(self, store):
        self.store = store
        self.balance = 0
        self._mutex = asyncio.Lock()

    @asynccontextmanager
    async def _locked(self):
        async with self._mutex:
            yield

    async def deposit(self, amount):
        async with self._locked():
            balance = self.balance
            await self.store.log(amount)
            self.balance = balance + amount

    async def correct(self, amount):
        async with self._mutex:
            self.balance -= amount

    async def withdraw(self, amount):
        async with self._locked():
            if self.balance >= amount:
                await self.store.log(-amount)
                self.balance -= amount
