import asyncio

sem = asyncio.Semaphore(4)

async def spawn(job):
    await sem.acquire()
    task = asyncio.create_task(job())
    task.add_done_callback(lambda _: sem.release())
    await asyncio.sleep(0)
    return task
