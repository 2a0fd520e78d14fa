import asyncio

total = 0


async def price(item):
    await asyncio.sleep(0)
    return len(item)


async def add(item):
    global total
    cost = await price(item)
    total += cost


async def main():
    await asyncio.gather(add("tea"), add("milk"))
    print(total)


asyncio.run(main())
