import asyncio

hits = 0


async def record(slow):
    global hits
    seen = hits
    if slow:
        await asyncio.sleep(0)
    hits = seen + 1  # want lost-update: hits (high)


async def main():
    await asyncio.gather(record(True), record(False), record(True))
    print(hits)


asyncio.run(main())
