import asyncio


class Account:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.balance = 0


async def transfer(a, b, n):
    async with a.lock:
        await asyncio.sleep(0)
        async with b.lock:  # want deadlock
            a.balance -= n
            b.balance += n


async def main():
    x, y = Account(), Account()
    await asyncio.gather(transfer(x, y, 1), transfer(y, x, 2))


asyncio.run(main())
