import asyncio
from contextlib import asynccontextmanager


class Account:
    def __init__(self, store):
        self.store = store
        self.balance = 0
        self._mutex = asyncio.Lock()

    @asynccontextmanager
    async def _locked(self):
        await self._mutex.acquire()
        try:
            yield self
        finally:
            self._mutex.release()

    async def deposit(self, amount):
        async with self._locked():
            balance = self.balance
            await self.store.log(amount)
            self.balance = balance + amount

    async def fee(self):
        self.balance -= 1  # want inconsistent-lock: self.balance (medium)
