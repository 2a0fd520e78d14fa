# racewise: ignore-file[lost-update] -- a demonstration of the race
import asyncio

visits = 0


async def visit():
    global visits
    seen = visits
    await asyncio.sleep(0)
    visits = seen + 1


async def main():
    await asyncio.gather(visit(), visit())


asyncio.run(main())
