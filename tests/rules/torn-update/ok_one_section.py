import asyncio

allowed = {"root"}


async def fetch():
    await asyncio.sleep(0)
    return ["root", "ann"]


async def refresh():
    names = await fetch()
    allowed.clear()
    allowed.update(names)


async def check(name):
    await asyncio.sleep(0)
    print(name in allowed)


async def main():
    await asyncio.gather(refresh(), check("root"))


asyncio.run(main())
