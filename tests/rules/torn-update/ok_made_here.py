"""Each call makes a list of its own before it starts what looks at it."""
import asyncio


async def collect(jobs):
    results = []

    async def report():
        return len(results)

    async with asyncio.TaskGroup() as group:
        for job in jobs:
            results.append(await job())
            group.create_task(report())


async def main():
    await collect([])


asyncio.run(main())
