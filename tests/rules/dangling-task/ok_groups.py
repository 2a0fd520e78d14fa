"""Groups keep their tasks."""
import asyncio

import anyio
import trio


async def work():
    await asyncio.sleep(1)


async def asyncio_group():
    async with asyncio.TaskGroup() as group:
        group.create_task(work())


async def anyio_group():
    async with anyio.create_task_group() as group:
        group.start_soon(work)


async def trio_nursery():
    async with trio.open_nursery() as nursery:
        nursery.start_soon(work)


class Worker:
    def __init__(self, group: asyncio.TaskGroup, scheduler):
        self.group = group
        self.scheduler = scheduler

    def add(self):
        self.group.create_task(work())
        self.scheduler.create_task(work())


def add(tg):
    tg.create_task(work())
