import asyncio

visits = 0


async def double(number):
    return 2 * number


async def record_visit():
    global visits
    seen = visits
    step = await double(1)
    visits = seen + step


async def main():
    await asyncio.gather(*(record_visit() for _ in range(100)))
    print(visits)


asyncio.run(main())
