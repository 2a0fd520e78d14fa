import asyncio

class S:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.jobs = []

    async def run_next(self, io):
        async with self.lock:
            if self.jobs:
                await io()
                self.jobs.pop(0)

    async def cancel(self, job):
        self.jobs.remove(job)  # want inconsistent-lock
