import asyncio

lock = asyncio.Lock()
rates = {}


async def reload():
    async with lock:
        rates.clear()
        for name in ("EUR", "USD"):
            await asyncio.sleep(0)
            rates[name] = 1


async def convert(name):
    async with lock:
        print(rates.get(name))


async def main():
    await asyncio.gather(reload(), convert("EUR"))


asyncio.run(main())
