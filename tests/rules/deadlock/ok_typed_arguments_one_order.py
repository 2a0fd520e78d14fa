import asyncio

class Account:
    def __init__(self, balance: int) -> None:
        self.balance = balance
        self.lock = asyncio.Lock()

async def transfer(a: Account, b: Account, n: int) -> None:
    async with a.lock:
        await asyncio.sleep(0)
        async with b.lock:
            a.balance -= n
            b.balance += n

async def main() -> None:
    x, y = Account(1), Account(2)
    await asyncio.gather(transfer(x, y, 1), transfer(x, y, 2))

asyncio.run(main())
