import asyncio


FIRST = asyncio.Lock()
SECOND = asyncio.Lock()


async def there():
    async with FIRST:
        await asyncio.sleep(0)
        async with SECOND:  # want deadlock: SECOND (high)
            print("there")


async def back():
    async with SECOND:
        await asyncio.sleep(0)
        async with FIRST:
            print("back")


async def main():
    await asyncio.gather(there(), back())


asyncio.run(main())
