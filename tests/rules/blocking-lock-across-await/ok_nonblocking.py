import asyncio
import threading


lock = threading.Lock()


async def job():
    if not lock.acquire(blocking=False):
        return
    try:
        await asyncio.sleep(0)
    finally:
        lock.release()


async def main():
    await asyncio.gather(job(), job())


asyncio.run(main())
