import asyncio

allowed = {"root"}


async def fetch():
    await asyncio.sleep(0)
    return ["root", "ann"]


async def refresh():
    allowed.clear()
    allowed.update(await fetch())  # want torn-update: allowed (high)


async def check(name):
    await asyncio.sleep(0)
    print(name in allowed)


async def main():
    await asyncio.gather(refresh(), check("root"))


asyncio.run(main())
