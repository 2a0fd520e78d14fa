"""The list that a running task looks at is emptied and filled again bit by bit."""
import asyncio


async def collect(jobs):
    results = []

    async def report():
        while True:
            await asyncio.sleep(1)
            print(len(results))

    asyncio.get_running_loop().reporter = asyncio.create_task(report())
    while True:
        results.clear()
        for job in jobs:
            results.append(await job())  # want torn-update: results (high)
        if not results:
            break


async def main():
    await collect([])


asyncio.run(main())
