import asyncio

visits = 0


async def visit():
    global visits
    seen = visits
    await asyncio.sleep(0)
    # want-below unused-suppression
    # racewise: ignore[lost-updates] -- one worker
    visits = seen + 1  # want lost-update: visits


async def main():
    await asyncio.gather(visit(), visit())


asyncio.run(main())
