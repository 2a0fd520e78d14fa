# fix move-await-out: prices[sum]
# prints 135
import asyncio

prices = {"sum": 0}


async def get_price(n):
    await asyncio.sleep(0)
    return n


async def add(n):
    price = await get_price(2 * n)
    price_2 = await get_price(
        n
    )
    prices["sum"] = prices.get("sum", 0) + price + price_2


async def main():
    await asyncio.gather(*(add(n) for n in range(10)))
    print(prices["sum"])


asyncio.run(main())
