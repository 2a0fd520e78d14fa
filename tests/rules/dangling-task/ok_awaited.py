import asyncio


async def work(number):
    await asyncio.sleep(number)
    return number


async def one():
    return await asyncio.create_task(work(1))


async def two():
    first = asyncio.create_task(work(1))
    second = asyncio.ensure_future(work(2))
    return await second + await first


async def conditional(cache):
    task = asyncio.create_task(work(1)) if cache.empty() else None
    await cache.ready()
    if task is not None:
        await task


async def gathered(numbers):
    tasks = []
    for number in numbers:
        tasks.append(asyncio.create_task(work(number)))
    return await asyncio.gather(*tasks)


async def stream(numbers):
    for number in numbers:
        yield asyncio.create_task(work(number))
