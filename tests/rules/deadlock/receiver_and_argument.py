import asyncio


class Account:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.balance = 0

    async def send(self, other, n):
        async with self.lock:
            await asyncio.sleep(0)
            async with other.lock:  # want deadlock
                self.balance -= n
                other.balance += n


async def main():
    x, y = Account(), Account()
    await asyncio.gather(x.send(y, 1), y.send(x, 2))


asyncio.run(main())
