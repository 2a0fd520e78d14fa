import asyncio

lock = asyncio.Lock()
balance = 100


async def authorise(amount):
    await asyncio.sleep(0)


async def withdraw(amount):
    global balance
    async with lock:
        if balance >= amount:
            await authorise(amount)
            balance -= amount


async def main():
    await asyncio.gather(withdraw(80), withdraw(80))
    print(balance)


asyncio.run(main())
