"""Decorators that start what they decorate, or call it to its end."""
import asyncio
import functools

from framework import background, synchronous


def started(function):
    tasks = set()

    @functools.wraps(function)
    def wrapper(*args):
        task = asyncio.ensure_future(function(*args))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    return wrapper


@started
async def refresh():
    await asyncio.sleep(1)


@background
async def index():
    await asyncio.sleep(1)


class Command:
    @synchronous(timeout=3)
    async def run(self):
        await asyncio.sleep(1)

    def handle(self):
        self.run()
        refresh()
        index()
