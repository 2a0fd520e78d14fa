import asyncio

prices = {}

async def refresh(io):
    rows = await io()
    prices.clear()
    for k, v in rows:
        prices[k] = v

async def price(k):
    return prices[k]
