"""Who takes an object out of the queue has it alone, until it puts itself back."""
import asyncio


class Holder:
    def __init__(self, pool):
        self.pool = pool
        self.link = None

    async def connect(self):
        if self.link is not None:
            raise RuntimeError("connected already")
        self.link = await self.pool.open()

    async def acquire(self):
        if self.link is None:
            await self.connect()
        return self.link

    def release(self):
        self.pool.queue.put_nowait(self)


class Pool:
    def __init__(self, opener):
        self.opener = opener
        self.queue = asyncio.LifoQueue()
        for _ in range(4):
            holder = Holder(self)
            self.queue.put_nowait(holder)

    async def open(self):
        return await self.opener()

    async def acquire(self):
        holder = await self.queue.get()
        return await holder.acquire()
