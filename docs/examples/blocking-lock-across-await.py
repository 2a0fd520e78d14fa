import asyncio
import threading

guard = threading.Lock()


async def save(row):
    with guard:
        await asyncio.sleep(0.1)
        print(row)
