"""A method of the base class, called through `super()`."""
import asyncio


class Repository:
    def __init__(self):
        self.items = {}

    async def save(self, item):
        await asyncio.sleep(0)
        self.items[item] = True


class Audited(Repository):
    def __init__(self, sink):
        super().__init__()
        self.sink = sink

    async def save(self, item):
        super().save(item)  # want unawaited-coroutine
        await self.sink.put(item)


class Patient(Repository):
    async def save(self, item):
        await super().save(item)

    def later(self, item):
        return super().save(item)
