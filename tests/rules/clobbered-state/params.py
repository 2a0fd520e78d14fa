class Client:
    def __init__(self, transport):
        self._transport = transport
        self._params = None

    async def query(self, params):
        self._params = params
        await self._transport.connect()
        await self._transport.send(self._params)  # want clobbered-state: self._params
