"""Tasks with an owner."""
import asyncio

background = set()


async def work(name):
    await asyncio.sleep(1)
    return name


class Service:
    def __init__(self):
        self.tasks = []
        self.by_name = {}
        self.main = None

    def start(self):
        self.main = asyncio.create_task(work("main"))
        self.tasks.append(asyncio.create_task(work("listed")))
        self.by_name["named"] = asyncio.create_task(work("named"))

    def fire(self):
        task = asyncio.create_task(work("background"))
        background.add(task)
        task.add_done_callback(background.discard)

    def started(self):
        task = asyncio.create_task(work("kept"))
        self.tasks.append(task)
        return task

    def restart(self):
        self.started()


async def first(names):
    tasks = [asyncio.create_task(work(name)) for name in names]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    return done.pop().result()


async def with_ticker():
    ticker = asyncio.create_task(work("tick"))
    try:
        await asyncio.sleep(5)
    finally:
        ticker.cancel()
