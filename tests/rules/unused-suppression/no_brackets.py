import asyncio

visits = 0


async def visit():
    global visits
    await asyncio.sleep(0)
    seen = visits
    visits = seen + 1  # racewise: ignore -- one worker  # want unused-suppression


async def main():
    await asyncio.gather(visit(), visit())


asyncio.run(main())
