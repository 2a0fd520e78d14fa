import asyncio

visits = 0


# A suppression above a function covers its head alone.
# want-below unused-suppression
# racewise: ignore[lost-update] -- one worker
async def visit():
    global visits
    seen = visits
    await asyncio.sleep(0)
    visits = seen + 1  # want lost-update: visits


async def main():
    await asyncio.gather(visit(), visit())


asyncio.run(main())
