"""A slice is a copy: what is done to it is nobody else's business."""


class Publisher:
    def __init__(self, link):
        self.link = link
        self.prefix = None
        self.parts = []

    async def begin(self):
        prefix = await self.link.name()
        self.prefix = bytearray()
        self.prefix.extend(prefix)

    async def publish(self, token):
        assert self.prefix
        await self.link.wait()
        inbox = self.prefix[:]
        inbox.extend(token)
        return inbox
