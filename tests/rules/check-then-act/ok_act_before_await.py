import asyncio

letters = ["only one"]


async def send(letter):
    await asyncio.sleep(0)
    print(letter)


async def worker():
    if letters:
        letter = letters.pop()
        await send(letter)


async def main():
    await asyncio.gather(worker(), worker())


asyncio.run(main())
