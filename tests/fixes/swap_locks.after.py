# fix swap-locks
# prints done
import asyncio


class Bank:
    def __init__(self):
        self.checking = asyncio.Lock()
        self.savings = asyncio.Lock()
        self.total = 0

    async def pay(self):
        async with self.savings:
            await asyncio.sleep(0)
            é = 1
            async with self.checking: self.total += é

    async def save(self):
        async with self.savings, self.checking:
            self.total -= 1


async def main():
    bank = Bank()
    both = asyncio.gather(bank.pay(), bank.save())
    try:
        await asyncio.wait_for(both, 0.1)
        print("done")
    except asyncio.TimeoutError:
        print("stuck")


asyncio.run(main())
