import asyncio

source = 1
target = 0


async def copy():
    global target
    value = source
    await asyncio.sleep(0)
    target = value


async def main():
    await asyncio.gather(copy(), copy())
    print(target)


asyncio.run(main())
