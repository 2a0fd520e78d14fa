import asyncio

visits = 0


async def visit():
    global visits
    seen = visits
    await asyncio.sleep(0)
    # want-below unjustified-suppression
    # racewise: ignore[lost-update] --
    visits = seen + 1


async def main():
    await asyncio.gather(visit(), visit())


asyncio.run(main())
