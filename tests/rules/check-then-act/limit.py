import asyncio

LIMIT = 1
active = set()


async def prepare(job):
    await asyncio.sleep(0)


async def launch(job):
    if len(active) < LIMIT:
        await prepare(job)
        active.add(job)  # want check-then-act: active (high)


async def main():
    await asyncio.gather(launch("a"), launch("b"))
    print(len(active))


asyncio.run(main())
