# refuses async-lock: other threads
import asyncio
import threading

lock = threading.Lock()
lines = []


def read():
    with lock:
        lines.append("line")


async def clear():
    with lock:
        await asyncio.sleep(0)
        lines.clear()


threading.Thread(target=read).start()
