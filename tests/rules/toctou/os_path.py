import asyncio
import os


async def clean(path):
    if os.path.exists(path):
        await asyncio.sleep(0)
        os.remove(path)  # want toctou
