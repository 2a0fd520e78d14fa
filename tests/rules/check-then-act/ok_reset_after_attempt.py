"""The attempt is made only in one state, and may fail; the reset comes in any case."""
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
            else:
                logging.info("left")
        self.generation = -1
