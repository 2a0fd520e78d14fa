# fix take-first: idle
# prints-both [2, 1]
import asyncio

idle = [1, 2]


async def ping(number):
    await asyncio.sleep(0)
    return True


async def acquire():
    while idle:
        item = idle.pop()
        try:
            if await ping(item): return item
        except BaseException:
            idle.append(item)
            raise
        idle.append(item)
    return None


async def main():
    print(await asyncio.gather(acquire(), acquire()))


asyncio.run(main())
