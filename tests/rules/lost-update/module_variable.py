import asyncio

visits = 0


async def record_visit():
    global visits
    seen = visits  # first-access
    await asyncio.sleep(0)  # suspension
    visits = seen + 1  # want lost-update: visits (high)


async def main():
    await asyncio.gather(*(record_visit() for _ in range(100)))
    print(visits)


asyncio.run(main())
