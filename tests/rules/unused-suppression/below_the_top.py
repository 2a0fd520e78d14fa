import asyncio

visits = 0


async def visit():
    global visits
    seen = visits
    await asyncio.sleep(0)
    visits = seen + 1  # want lost-update: visits


# want-below unused-suppression
# racewise: ignore-file[lost-update] -- one worker


async def main():
    await asyncio.gather(visit(), visit())


asyncio.run(main())
