import asyncio


class Pool:
    def __init__(self):
        self._slots = asyncio.Semaphore(4)

    async def _work(self, job):
        try:
            await job()
        finally:
            self._slots.release()

    async def submit(self, job):
        await self._slots.acquire()
        return asyncio.create_task(self._work(job))

    async def submit_callback(self, job):
        await self._slots.acquire()
        task = asyncio.create_task(job())
        task.add_done_callback(lambda _: self._slots.release())
        return task

    async def _finish(self):
        self._slots.release()

    async def in_callee(self, job):
        await self._slots.acquire()
        try:
            await job()
        finally:
            await self._finish()
