import asyncio


class Account:
    def __init__(self, store):
        self.store = store
        self.balance = 0
        self._mutex = asyncio.Lock()

    async def deposit(self, amount):
        async with self._mutex:
            balance = self.balance
            await self.store.log(amount)
            self.balance = balance + amount

    async def correct(self, amount):
        balance = self.balance
        await self.store.log(amount)
        self.balance = balance - amount  # want inconsistent-lock: self.balance (medium)
