import asyncio

import aiofiles.os


async def remove_all(paths: set[str]) -> None:
    async with asyncio.TaskGroup() as group:
        for path in sorted(paths):
            group.create_task(aiofiles.os.remove(path))  # want unbounded-concurrency
