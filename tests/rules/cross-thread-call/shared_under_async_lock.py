import asyncio
import threading

lock = asyncio.Lock()
total = 0


def count(items) -> None:
    global total
    for _ in items:
        total += 1  # want cross-thread-call: total


async def add(amount: int) -> None:
    global total
    async with lock:
        total += amount


async def main() -> None:
    thread = threading.Thread(target=count, args=([1, 2],))
    thread.start()
    await add(3)


asyncio.run(main())
