import asyncio

ticks = 0


async def tick():
    global ticks
    while ticks < 3:
        before = ticks
        await asyncio.sleep(0)
        ticks = before + 1


async def main():
    task = asyncio.create_task(tick())
    await asyncio.sleep(0)
    await task
    print(ticks)


asyncio.run(main())
