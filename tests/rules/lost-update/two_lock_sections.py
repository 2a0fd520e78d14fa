import asyncio

lock = asyncio.Lock()
stock = 10


async def take():
    global stock
    async with lock:
        left = stock
    await asyncio.sleep(0)
    async with lock:
        stock = left - 1  # want lost-update: stock (high)


async def main():
    await asyncio.gather(take(), take())
    print(stock)


asyncio.run(main())
