import asyncio


class Till:
    def __init__(self):
        self.guard = asyncio.Lock()
        self.balance = 0

    async def sell(self, price):
        async with self.guard:
            seen = self.balance
            await asyncio.sleep(0)
            self.balance = seen + price

    async def refund(self, price):
        self.balance -= price
