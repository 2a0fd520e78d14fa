"""Callbacks whose results somebody may keep."""
import asyncio


async def save():
    await asyncio.sleep(0)


class Window:
    def __init__(self, button, loop):
        self.pending = set()
        button.on_click(lambda: asyncio.create_task(save()))
        loop.call_soon(lambda: self.pending.add(asyncio.create_task(save())))
        loop.call_later(1, self.start)

    def start(self):
        self.pending.add(asyncio.ensure_future(save()))
