# fix read-after-await: visits
# preferred yes
# safe yes
# leaves nothing
# prints 100
import asyncio

visits = 0


async def record_visit():
    global visits
    await asyncio.sleep(0)  # any await: a query, a request
    seen = visits
    visits = seen + 1


async def main():
    await asyncio.gather(*(record_visit() for _ in range(100)))
    print(visits)


asyncio.run(main())
