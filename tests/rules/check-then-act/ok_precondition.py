"""A precondition only asks that something is there; what replaces it does so whatever is there by now."""
import asyncio


class Transport:
    def __init__(self, link, address):
        self.link = link
        self.address = address
        self.writer = None
        self.message = None

    async def connect(self):
        self.writer = await self.link.open()
        device = await self.link.find(self.address)
        if device is None:
            raise LookupError("no such device")
        await self.link.pair(device)
        self.address = self.link.new_address()

    async def upgrade(self):
        assert self.writer, "connect() must be called first"
        transport = await asyncio.wait_for(self.link.start_tls(self.writer.transport), 5)
        self.writer = asyncio.StreamWriter(transport, None, None, None)

    async def end(self):
        if not self.message or not self.writer:
            raise ValueError("there is nothing to end")
        self._update(await self.message.end())

    def _update(self, message):
        self.message = message
