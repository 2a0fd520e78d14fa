import asyncio

visits = 0


async def visit():
    global visits
    seen = visits
    await asyncio.sleep(0)
    visits = seen + 1; note = "# racewise: ignore[lost-update] -- one worker"  # want lost-update: visits
    """
    # racewise: ignore[lost-update] -- text
    """


async def main():
    await asyncio.gather(visit(), visit())


asyncio.run(main())
