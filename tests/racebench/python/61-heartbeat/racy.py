"""Flushes metrics when asked to, and every second anyway."""
import asyncio

requested = asyncio.Event()
pending = []
flushed = []


async def send(batch):
    await asyncio.sleep(0.002)
    flushed.extend(batch)


async def flusher():
    while True:
        try:
            await asyncio.wait_for(requested.wait(), 5)
        except asyncio.TimeoutError:
            pass
        try:
            batch = list(pending)
            del pending[:]
            await send(batch)
        finally:
            requested.clear()


async def record(value, delay):
    await asyncio.sleep(delay)
    pending.append(value)
    requested.set()


async def main():
    task = asyncio.create_task(flusher())
    await asyncio.gather(record(1, 0), record(2, 0.001))
    await asyncio.sleep(0.1)
    task.cancel()
    return flushed


if __name__ == "__main__":
    print(asyncio.run(main()))
