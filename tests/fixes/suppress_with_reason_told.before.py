# fix suppress-with-reason
# safe no
import asyncio

visits = 0


async def visit():
    global visits
    seen = visits
    await asyncio.sleep(0)
    visits = seen + 1  # racewise: ignore[lost-update] - only one worker runs this  # noqa


async def main():
    await asyncio.gather(visit(), visit())


asyncio.run(main())
