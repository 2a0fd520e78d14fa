import asyncio

jobs = []


class Slot:
    async def __aenter__(self):
        await asyncio.sleep(0)

    async def __aexit__(self, *exc):
        return None


async def run_all():
    for job in jobs:  # want iterate-across-await: jobs (high)
        async with Slot():
            print(job)


async def submit(job):
    await asyncio.sleep(0)
    jobs.append(job)


async def main():
    jobs.append("first")
    await asyncio.gather(run_all(), submit("second"))


asyncio.run(main())
