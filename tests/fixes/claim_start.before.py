# fix claim-first
# prints 1
import asyncio


class Link:
    def __init__(self):
        self._reconnecting = False
        self._tasks = set()
        self.opened = 0

    async def _reconnect(self):
        self._reconnecting = True
        try:
            await asyncio.sleep(0)
            self.opened += 1
        finally:
            self._reconnecting = False

    def lost(self):
        if self._reconnecting:
            return
        # One at a time.
        task = asyncio.create_task(self._reconnect())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def main():
    link = Link()
    link.lost()
    link.lost()
    await asyncio.sleep(0.01)
    print(link.opened)


asyncio.run(main())
