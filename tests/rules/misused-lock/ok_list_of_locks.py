import asyncio

class Table:
    def __init__(self):
        self.locks = [asyncio.Lock() for _ in range(4)]

    async def all(self, job):
        for lock in self.locks:
            await lock.acquire()
        try:
            await job()
        finally:
            for lock in self.locks:
                lock.release()
