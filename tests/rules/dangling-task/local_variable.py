"""Tasks that only a local variable holds."""
import asyncio
import logging

log = logging.getLogger(__name__)


async def refresh(cache):
    await cache.load()


def trigger(cache):
    task = asyncio.create_task(refresh(cache))  # want dangling-task: asyncio.create_task (high)


def trigger_logged(cache, loop):
    task = loop.create_task(refresh(cache))  # want dangling-task: loop.create_task (high)
    task.add_done_callback(lambda done: log.info("%s", done))


async def trigger_shown(cache):
    _ = asyncio.create_task(refresh(cache))  # want dangling-task: asyncio.create_task (medium)
    task = asyncio.ensure_future(refresh(cache))  # want dangling-task: asyncio.ensure_future (medium)
    print("started", task)
    if task:
        await cache.ready()
