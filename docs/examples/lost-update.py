import asyncio

visits = 0


async def record_visit():
    global visits
    seen = visits
    await asyncio.sleep(0)
    visits = seen + 1


async def main():
    await asyncio.gather(*(record_visit() for _ in range(100)))


asyncio.run(main())
