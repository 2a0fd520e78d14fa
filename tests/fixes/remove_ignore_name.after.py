# fix remove-ignore
# safe yes
import asyncio

visits = 0


async def visit():
    global visits
    seen = visits
    await asyncio.sleep(0)
    visits = seen + 1  # racewise: ignore[lost-update] -- a lost visit does not matter


async def main():
    await asyncio.gather(visit(), visit())


asyncio.run(main())
