import asyncio

finished = 0


async def job():
    global finished
    before = finished
    await asyncio.sleep(0)
    finished = before + 1  # want lost-update: finished (high)


async def main():
    async with asyncio.TaskGroup() as group:
        for _ in range(10):
            group.create_task(job())
    print(finished)


asyncio.run(main())
