import asyncio


class Account:
    def __init__(self):
        self.balance = 0

    async def deposit(self, amount):
        balance = self.balance
        await asyncio.sleep(0)
        self.balance = balance + amount  # want lost-update: self.balance (high)


async def main():
    account = Account()
    await asyncio.gather(account.deposit(1), account.deposit(2))
    print(account.balance)


asyncio.run(main())
