import asyncio


class Worker:
    def __init__(self):
        self._lock = asyncio.Lock()
        self.done = 0

    def reset(self):
        self._lock = asyncio.Lock()
        self.done = 0

    async def work(self):
        async with self._lock:
            done = self.done
            await asyncio.sleep(0)
            self.done = done + 1


async def main():
    worker = Worker()
    worker.reset()
    await asyncio.gather(worker.work(), worker.work())
    worker.reset()


asyncio.run(main())
