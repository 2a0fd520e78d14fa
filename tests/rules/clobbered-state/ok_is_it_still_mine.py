class View:
    def __init__(self, api):
        self._api = api
        self.selected = None
        self.detail = None

    async def select(self, number):
        self.selected = number
        detail = await self._api.load(number)
        if self.selected == number:
            self.detail = detail
