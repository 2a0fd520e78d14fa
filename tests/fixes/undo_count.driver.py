# prints active: 0
import asyncio


async def fail():
    raise OSError


async def main():
    pool = Pool(1)
    await asyncio.gather(pool.run(fail), return_exceptions=True)
    print("active:", pool.active)


asyncio.run(main())
