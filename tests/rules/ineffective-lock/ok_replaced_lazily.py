import asyncio


class Worker:
    def __init__(self):
        self._lock = None
        self._loop = None
        self.done = 0

    def lock(self):
        loop = asyncio.get_running_loop()
        if self._lock is None or self._loop is not loop:
            self._lock = asyncio.Lock()
            self._loop = loop
        return self._lock

    async def work(self):
        async with self.lock():
            done = self.done
            await asyncio.sleep(0)
            self.done = done + 1


async def main():
    worker = Worker()
    await asyncio.gather(worker.work(), worker.work())


asyncio.run(main())
