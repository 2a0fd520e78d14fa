class Sync:
    def __init__(self, api):
        self._api = api
        self.started = False

    async def start(self):
        if self.started:
            return
        self.started = True
        try:
            await self._api.pull()
        except BaseException:
            self.started = False
            raise
