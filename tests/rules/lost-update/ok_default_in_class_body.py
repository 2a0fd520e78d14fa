import asyncio

class C:
    n = 0

    async def add(self):
        n = self.n
        await asyncio.sleep(0)
        self.n = n + 1

async def main():
    await asyncio.gather(C().add(), C().add())

asyncio.run(main())
