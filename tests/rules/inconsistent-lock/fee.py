import asyncio


class Account:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.balance = 100

    async def deposit(self, amount):
        async with self.lock:
            balance = self.balance  # first-access
            await asyncio.sleep(0)  # suspension
            self.balance = balance + amount  # second-access

    async def fee(self):
        await asyncio.sleep(0)
        self.balance -= 1  # want inconsistent-lock: self.balance (high)


async def main():
    account = Account()
    await asyncio.gather(account.deposit(10), account.fee())
    print(account.balance)


asyncio.run(main())
