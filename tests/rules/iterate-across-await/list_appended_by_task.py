"""In one program both are in view: the list does grow while it is iterated."""
import asyncio

jobs = ["first"]


async def produce():
    for number in range(100):
        await asyncio.sleep(0)
        jobs.append(number)


async def consume():
    for job in jobs:  # want iterate-across-await: jobs (high)
        await asyncio.sleep(0)
        print(job)


async def main():
    await asyncio.gather(produce(), consume())


asyncio.run(main())
