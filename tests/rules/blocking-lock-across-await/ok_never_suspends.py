import asyncio
import threading


lock = threading.Lock()


async def note(line):
    print(line)


async def write(line):
    with lock:
        await note(line)
