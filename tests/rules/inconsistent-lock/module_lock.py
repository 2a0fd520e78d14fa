import asyncio

lock = asyncio.Lock()
stock = 5


async def sell(count):
    global stock
    async with lock:
        if stock >= count:
            await asyncio.sleep(0)
            stock -= count


async def restock(count):
    global stock
    await asyncio.sleep(0)
    stock += count  # want inconsistent-lock: stock (high)


async def main():
    await asyncio.gather(sell(2), restock(3))
    print(stock)


asyncio.run(main())
