import asyncio

LIMIT = 1
active = set()


async def launch(job):
    while len(active) >= LIMIT:
        await asyncio.sleep(0)
    active.add(job)
    await asyncio.sleep(0)
    active.discard(job)


async def main():
    await asyncio.gather(launch("a"), launch("b"))


asyncio.run(main())
