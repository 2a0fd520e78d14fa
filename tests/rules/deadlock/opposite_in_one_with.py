import asyncio

A = asyncio.Lock()
B = asyncio.Lock()


async def one(api):
    async with A, B:  # want deadlock
        await api.go()


async def two(api):
    async with B, A:
        await api.go()


async def main(api):
    await asyncio.gather(one(api), two(api))


asyncio.run(main(None))
