# fix take-first: idle
# prints-both [2, 1]
import asyncio

idle = [1, 2]


async def ping(number):
    await asyncio.sleep(0)
    return True


async def acquire():
    while idle:
        if await ping(idle[-1]): return idle.pop()
    return None


async def main():
    print(await asyncio.gather(acquire(), acquire()))


asyncio.run(main())
