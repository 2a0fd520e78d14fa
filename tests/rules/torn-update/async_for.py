import asyncio

rates = {}


async def download():
    for name in ("EUR", "USD"):
        await asyncio.sleep(0)
        yield name, 1


async def reload():
    rates.clear()
    async for name, rate in download():
        rates[name] = rate  # want torn-update: rates (high)


async def convert(name):
    await asyncio.sleep(0)
    print(rates.get(name))


async def main():
    await asyncio.gather(reload(), convert("EUR"))


asyncio.run(main())
