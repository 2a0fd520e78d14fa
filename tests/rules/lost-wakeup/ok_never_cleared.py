import asyncio

jobs = []
wake = asyncio.Event()


async def handle(job):
    await asyncio.sleep(0)


async def worker():
    await wake.wait()
    for job in jobs:  # want iterate-across-await
        await handle(job)


async def submit(job):
    jobs.append(job)
    wake.set()


async def main():
    task = asyncio.create_task(worker())
    await asyncio.gather(submit(1), submit(2))
    await task


asyncio.run(main())
