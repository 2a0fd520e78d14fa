import asyncio


async def price(item):
    await asyncio.sleep(0)
    return len(item)


async def sum_up(items):
    total = 0
    for item in items:
        total += await price(item)
    return total


async def main():
    print(await asyncio.gather(sum_up(["tea"]), sum_up(["milk", "oats"])))


asyncio.run(main())
