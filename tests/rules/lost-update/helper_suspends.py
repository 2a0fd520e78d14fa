import asyncio

sequence = 0


async def write(number):
    await asyncio.sleep(0)
    print(number)


async def append():
    global sequence
    number = sequence + 1
    await write(number)
    sequence = number  # want lost-update: sequence (high)


async def main():
    await asyncio.gather(append(), append())


asyncio.run(main())
