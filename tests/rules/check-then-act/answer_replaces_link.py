"""Two that find the link dead both open another: one of the two is lost."""


class Client:
    def __init__(self, network):
        self.network = network
        self.link = None

    async def send(self, text):
        if not await self.link.is_alive():
            self.link = await self.network.open()  # want check-then-act: self.link (medium)
        await self.link.send(text)
