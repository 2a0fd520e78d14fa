import asyncio

visits = 0


async def visit():
    global visits
    seen = visits
    await asyncio.sleep(0)
    # want-below unused-suppression
    # racewise: ignore[toctou, lost-update] -- one worker
    visits = seen + 1


async def main():
    await asyncio.gather(visit(), visit())


asyncio.run(main())
