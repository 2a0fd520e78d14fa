"""Here the reset is what the test decided about: who joined meanwhile is thrown out."""
import logging


class Member:
    def __init__(self, link):
        self.link = link
        self.generation = 0

    def joined(self, generation):
        self.generation = generation

    async def leave(self):
        if self.generation > 0:
            try:
                await self.link.send("leave")
            except OSError:
                logging.exception("leaving failed")
            self.generation = -1  # want check-then-act: self.generation (medium)
