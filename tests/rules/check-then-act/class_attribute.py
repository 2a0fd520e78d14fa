import asyncio

class Pool:
    free = 3

    async def take(self):
        if Pool.free > 0:
            await asyncio.sleep(0)
            Pool.free -= 1  # want check-then-act

async def main():
    await asyncio.gather(Pool().take(), Pool().take())

asyncio.run(main())
