class Sync:
    def __init__(self, api):
        self._api = api
        self.busy = False

    async def run(self):
        if self.busy:
            return
        self.busy = True
        try:
            await self._api.pull()
        finally:
            self.busy = False
