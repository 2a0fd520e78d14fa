import asyncio


FIRST = asyncio.Lock()
SECOND = asyncio.Lock()


async def one():
    async with FIRST:
        async with SECOND:
            print("one")


async def two():
    async with FIRST, SECOND:
        print("two")


async def main():
    await asyncio.gather(one(), two())


asyncio.run(main())
