import asyncio

total = 0


async def add(amount):
    global total
    async with asyncio.Lock():  # every call makes its own
        seen = total
        await asyncio.sleep(0)
        total = seen + amount


async def main():
    await asyncio.gather(*(add(1) for _ in range(100)))


asyncio.run(main())
