"""Methods of the names that asyncio's loops have, of things that await their callbacks."""
import asyncio

from tornado.ioloop import IOLoop


async def tick():
    await asyncio.sleep(1)


class Widget:
    def __init__(self, group):
        self.group = group
        self.io_loop = IOLoop.current()

    def call_later(self, callback):
        self.pending = callback

    async def refresh(self):
        await tick()

    def mount(self):
        loop = IOLoop.current()
        loop.call_later(1, self.refresh)
        self.io_loop.call_later(1, self.refresh)
        self.group.call_soon(tick)
        self.call_later(self.refresh)


def register(hooks):
    hooks.append(tick)
    if tick not in hooks:
        hooks.append(tick)
