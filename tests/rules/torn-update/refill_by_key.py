import asyncio

prices = {}

async def refresh(io):
    prices.clear()
    for k, v in await io():
        prices[k] = v  # want torn-update

async def price(k):
    return prices[k]
