"""The loop runs until the constant stands there; who puts it there ends the loop."""
import asyncio

from protocol import Request


class Member:
    def __init__(self, link):
        self.link = link
        self.name = "first"

    def forget(self):
        self.name = Request.UNKNOWN_MEMBER

    async def beat(self):
        while self.name != Request.UNKNOWN_MEMBER:
            await asyncio.sleep(3)
            if not await self.link.send("alive"):
                self.forget()
