import asyncio

visits = 0


async def record_visit():
    global visits
    seen = visits
    print("so far", seen)
    await asyncio.sleep(0)
    seen = visits
    visits = seen + 1


async def main():
    await asyncio.gather(record_visit(), record_visit())
    print(visits)


asyncio.run(main())
