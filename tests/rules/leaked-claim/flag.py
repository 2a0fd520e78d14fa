class Sync:
    def __init__(self, api):
        self._api = api
        self.busy = False

    async def run(self):
        if self.busy:
            return
        self.busy = True  # want leaked-claim: self.busy
        await self._api.pull()
        self.busy = False
