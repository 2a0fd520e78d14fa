"""As much of trio as the fixtures use, over asyncio."""

import asyncio

import anyio

Lock = asyncio.Lock
sleep = asyncio.sleep
open_nursery = anyio.create_task_group


def run(work):
    asyncio.run(work())
