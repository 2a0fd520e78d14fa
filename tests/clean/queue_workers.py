import asyncio


async def worker(queue, results):
    while True:
        number = await queue.get()
        await asyncio.sleep(0)
        results.append(number * number)
        queue.task_done()


async def main():
    queue = asyncio.Queue()
    results = []
    workers = [asyncio.create_task(worker(queue, results)) for _ in range(3)]
    for number in range(10):
        queue.put_nowait(number)
    await queue.join()
    for task in workers:
        task.cancel()
    print(sorted(results))


asyncio.run(main())
