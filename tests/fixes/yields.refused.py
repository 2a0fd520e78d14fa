# refuses wrap-in-lock: generator's consumer
import asyncio

served = 0


async def serve(names):
    global served
    before = served
    print(before)
    for name in names:
        await asyncio.sleep(0)
        yield name
    served = before + 1


async def main():
    async def work():
        async for name in serve("ab"):
            print(name)

    await asyncio.gather(work(), work())


asyncio.run(main())
