import asyncio

reloading = asyncio.Lock()
rates = {}


async def reload():
    async with reloading:
        rates.clear()
        for name in ("EUR", "USD"):
            await asyncio.sleep(0)
            rates[name] = 1  # want torn-update: rates


async def convert(name):
    await asyncio.sleep(0)
    print(rates.get(name))


async def main():
    await asyncio.gather(reload(), reload(), convert("EUR"))


asyncio.run(main())
