# fix snapshot: jobs
# prints-both a
# safe no
import asyncio

jobs = ["a"]


async def work():
    for job in jobs:
        await asyncio.sleep(0)
        print(job)


async def add():
    jobs.append("b")


async def main():
    await asyncio.gather(work(), add())


asyncio.run(main())
