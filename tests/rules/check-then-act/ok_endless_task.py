"""What never ends of itself is the body of a task: it is started once, and nobody calls it."""
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
        self.sent = latest

    async def keep_notifying(self):
        if not self.link.url:
            return
        while True:
            try:
                await self.notify()
            except OSError:
                pass
            await asyncio.sleep(60)

    def launch_loop(self):
        self.link.loop.add_callback(self.keep_notifying)
