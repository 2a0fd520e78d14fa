import asyncio

total = 0


async def numbers():
    for number in range(3):
        await asyncio.sleep(0)
        yield number


async def add_all():
    global total
    subtotal = total
    async for number in numbers():
        subtotal += number
    total = subtotal  # want lost-update: total (high)


async def main():
    await asyncio.gather(add_all(), add_all())
    print(total)


asyncio.run(main())
