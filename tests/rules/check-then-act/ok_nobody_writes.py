import asyncio

settings = {"verbose": True}
lines = []


async def trace(line):
    await asyncio.sleep(0)


async def record(line):
    if settings["verbose"]:
        await trace(line)
        lines.append(line)


async def main():
    await asyncio.gather(record("a"), record("b"))
    print(lines)


asyncio.run(main())
