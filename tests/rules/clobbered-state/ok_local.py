class Client:
    def __init__(self, transport):
        self._transport = transport
        self.last = None

    async def query(self, params):
        self.last = params
        await self._transport.connect()
        await self._transport.send(params)
