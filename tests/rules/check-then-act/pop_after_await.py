import asyncio

letters = ["only one"]


async def worker():
    if letters:
        await asyncio.sleep(0)
        print(letters.pop())  # want check-then-act: letters (high)


async def main():
    await asyncio.gather(worker(), worker())


asyncio.run(main())
