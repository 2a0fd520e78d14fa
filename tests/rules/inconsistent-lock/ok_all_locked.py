import asyncio


class Account:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.balance = 100

    async def deposit(self, amount):
        async with self.lock:
            balance = self.balance
            await asyncio.sleep(0)
            self.balance = balance + amount

    async def fee(self):
        async with self.lock:
            self.balance -= 1


async def main():
    account = Account()
    await asyncio.gather(account.deposit(10), account.fee())
    print(account.balance)


asyncio.run(main())
