import asyncio


OUTER = asyncio.Lock()
FIRST = asyncio.Lock()
SECOND = asyncio.Lock()


async def there():
    async with OUTER, FIRST:
        async with SECOND:
            print("there")


async def back():
    async with OUTER, SECOND:
        async with FIRST:
            print("back")


async def main():
    await asyncio.gather(there(), back())


asyncio.run(main())
