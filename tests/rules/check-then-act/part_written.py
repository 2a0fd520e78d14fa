"""Writing to a slice changes the collection itself."""


class Publisher:
    def __init__(self, link):
        self.link = link
        self.parts = []

    async def publish(self, token):
        if not self.parts:
            await self.link.wait()
            self.parts[:] = [token]  # want check-then-act: self.parts (medium)
