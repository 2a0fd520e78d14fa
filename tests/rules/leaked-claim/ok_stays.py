class Sync:
    def __init__(self, api):
        self._api = api
        self.closed = False

    async def close(self):
        if self.closed:
            return
        self.closed = True
        await self._api.close()
