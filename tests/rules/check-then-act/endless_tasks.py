"""Several tasks without an end run on one object."""
import asyncio


class Notifier:
    def __init__(self, link):
        self.link = link
        self.sent = None

    async def notify(self):
        latest = self.link.latest()
        if self.sent and latest < self.sent:
            return
        await self.link.post(latest)
        self.sent = latest  # want check-then-act: self.sent

    async def keep_notifying(self):
        while True:
            await self.notify()
            await asyncio.sleep(60)

    def launch(self):
        self.tasks = [asyncio.create_task(self.keep_notifying()) for _ in range(4)]
