class Client:
    def __init__(self, transport):
        self._transport = transport

    async def query(self, params):
        await self._transport.connect()
        await self._transport.send(params)
