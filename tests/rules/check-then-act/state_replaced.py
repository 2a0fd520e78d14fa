"""Restarting replaces the task whatever stands there: stopping then forgets the new one."""
import asyncio


class Poller:
    def __init__(self):
        self.task = None

    def restart(self):
        if self.task is not None:
            self.task.cancel()
        self.task = asyncio.create_task(self.poll())

    async def stop(self):
        if self.task is not None:
            self.task.cancel()
            await asyncio.wait([self.task])
            self.task = None  # want check-then-act: self.task (medium)

    async def poll(self):
        await asyncio.sleep(1)
