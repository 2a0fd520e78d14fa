import asyncio
import threading


async def serve():
    queue = asyncio.Queue()
    queue.put_nowait(1)
    await queue.get()


def worker():
    asyncio.run(serve())


def start():
    threading.Thread(target=worker).start()
