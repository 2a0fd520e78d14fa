import asyncio

visits = 0


async def record_visit():
    global visits
    await asyncio.sleep(0)
    seen = visits
    async with asyncio.timeout(1):
        visits = seen + 1


async def main():
    await asyncio.gather(*(record_visit() for _ in range(100)))
    print(visits)


asyncio.run(main())
