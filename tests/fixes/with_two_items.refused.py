# refuses async-with: one of its own
import asyncio

lock = asyncio.Lock()
total = 0


async def add(path):
    global total
    with open(path) as file, lock:
        before = total
        await asyncio.sleep(0)
        total = before + len(file.read())
