"""A helper leaves keeping the task to its callers."""
import asyncio


async def flush(batch):
    await asyncio.sleep(0)
    print(batch)


def spawn(coroutine, name):
    loop = asyncio.get_running_loop()
    task = loop.create_task(coroutine, name=name)
    task.add_done_callback(print)
    return task


async def spawn_later(coroutine):
    await asyncio.sleep(1)
    return spawn(coroutine, "later")


async def handle(batches):
    for batch in batches:
        spawn(flush(batch), "flush")  # want dangling-task: spawn (high)
    await spawn_later(flush([]))  # want dangling-task: spawn_later
    last = spawn(flush(["last"]), "last")
    await last
