import asyncio

ORDERS = asyncio.Lock()
REFUNDS = ORDERS
total = 0


async def order(amount):
    global total
    async with ORDERS:
        before = total
        await asyncio.sleep(0)
        total = before + amount


async def refund(amount):
    global total
    async with REFUNDS:
        before = total
        await asyncio.sleep(0)
        total = before - amount


async def main():
    await asyncio.gather(order(5), refund(2))
    print(total)


asyncio.run(main())
