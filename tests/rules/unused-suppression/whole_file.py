# want-below unused-suppression
# racewise: ignore-file[lost-update] -- a demonstration
import asyncio

visits = 0


async def visit():
    global visits
    await asyncio.sleep(0)
    seen = visits
    visits = seen + 1


async def main():
    await asyncio.gather(visit(), visit())


asyncio.run(main())
