import asyncio

visits = 0


async def record_visit():
    global visits
    seen = visits
    await asyncio.sleep(0)
    visits = seen + 1


async def main():
    for _ in range(100):
        await record_visit()
    print(visits)


asyncio.run(main())
