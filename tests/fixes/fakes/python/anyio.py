"""As much of anyio as the fixtures use, over asyncio."""

import asyncio

CapacityLimiter = asyncio.Semaphore
Lock = asyncio.Lock
sleep = asyncio.sleep


class _Group:
    def __init__(self):
        self._group = asyncio.TaskGroup()

    async def __aenter__(self):
        await self._group.__aenter__()
        return self

    async def __aexit__(self, *error):
        return await self._group.__aexit__(*error)

    def start_soon(self, work, *arguments):
        self._group.create_task(work(*arguments))


create_task_group = _Group
