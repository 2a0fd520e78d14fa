# fix build-then-swap: allowed
# prints True
import asyncio

allowed = {"root"}


async def fetch():
    await asyncio.sleep(0.001)
    return ["root", "ann"]


async def refresh():

    # what is new
    value = await fetch()
    allowed.clear()
    allowed.update(value)


async def check(name):
    await asyncio.sleep(0)
    return name in allowed


async def main():
    _, found = await asyncio.gather(refresh(), check("root"))
    print(found)


asyncio.run(main())
