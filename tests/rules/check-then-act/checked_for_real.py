"""The test runs, and what it found may be replaced while the greeting is under way."""


class Client:
    def __init__(self):
        self.link = None

    def attach(self, link):
        self.link = link

    async def greet(self):
        if self.link is not None:
            await self.link.send(b"hello")
            self.link = None  # want check-then-act: self.link (medium)
