# refuses keep-task: statement of its own
import asyncio


async def work():
    await asyncio.sleep(0)


def later(loop):
    loop.call_later(1, lambda: asyncio.create_task(work()))
