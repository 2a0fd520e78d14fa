import asyncio
from collections import defaultdict


class Bank:
    def __init__(self):
        self.locks = defaultdict(asyncio.Lock)
        self.balances = {"a": 1, "b": 1}

    async def move(self, source, target, n):
        async with self.locks[source]:
            await asyncio.sleep(0)
            async with self.locks[target]:  # want deadlock
                self.balances[source] -= n
                self.balances[target] += n


async def main():
    bank = Bank()
    await asyncio.gather(bank.move("a", "b", 1), bank.move("b", "a", 1))


asyncio.run(main())
