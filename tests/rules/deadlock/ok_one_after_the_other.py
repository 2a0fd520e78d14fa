import asyncio

A = asyncio.Lock()
B = asyncio.Lock()


async def one(api):
    async with A, B:
        await api.go()


async def two(api):
    async with B, A:
        await api.go()


async def main(api):
    await one(api)
    await two(api)


asyncio.run(main(None))
