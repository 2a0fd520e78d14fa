import asyncio

jobs = []
wake = asyncio.Event()


async def handle(job):
    await asyncio.sleep(0)


async def worker():
    while True:
        try:
            await asyncio.wait_for(wake.wait(), 5)
        except asyncio.TimeoutError:
            continue
        await handle(jobs.pop())
        wake.clear()  # want lost-wakeup: wake


async def submit(job):
    jobs.append(job)
    wake.set()


async def main():
    task = asyncio.create_task(worker())
    await asyncio.gather(submit(1), submit(2))
    await task


asyncio.run(main())
