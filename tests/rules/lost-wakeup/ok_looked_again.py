import asyncio

jobs = []
wake = asyncio.Event()


async def handle(job):
    await asyncio.sleep(0)


async def worker():
    while True:
        await wake.wait()
        await handle(jobs.pop())
        if not jobs:
            wake.clear()


async def submit(job):
    jobs.append(job)
    wake.set()


async def main():
    task = asyncio.create_task(worker())
    await asyncio.gather(submit(1), submit(2))
    await task


asyncio.run(main())
