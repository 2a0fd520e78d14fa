import asyncio

gate = asyncio.Semaphore(1)
wide = asyncio.Semaphore(3)
total = 0
other = 0


async def add(n):
    global total
    async with gate:
        old = total
        await asyncio.sleep(0)
        total = old + n


async def add_other(n):
    global other
    async with wide:
        old = other
        await asyncio.sleep(0)
        other = old + n  # want lost-update: other (high)


async def main():
    await asyncio.gather(*(add(i) for i in range(5)), *(add_other(i) for i in range(5)))


asyncio.run(main())
