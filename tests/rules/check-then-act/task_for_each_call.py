"""Each call starts another task, and nobody sees to it that there is but one."""
import asyncio


class Poller:
    def __init__(self, link):
        self.link = link
        self.beats = None
        self._tasks = set()

    def kick(self):
        task = asyncio.ensure_future(self._count())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _count(self):
        if self.beats is None:
            self.beats = await self.link.beats()  # want check-then-act: self.beats (medium)
