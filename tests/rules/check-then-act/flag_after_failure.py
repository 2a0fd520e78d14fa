"""The test was made for the failure at hand: two that fail both send the alarm."""


class Alarm:
    def __init__(self, link):
        self.link = link
        self.sent = False

    async def work(self):
        try:
            await self.link.work()
        except OSError:
            if not self.sent:
                await self.link.alarm()
                self.sent = True  # want check-then-act: self.sent (medium)
