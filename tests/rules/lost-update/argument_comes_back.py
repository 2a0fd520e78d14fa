"""The helper gives back what it was passed, and one more."""


class Counter:
    def __init__(self, log):
        self.log = log
        self.total = 0

    async def count(self):
        self.total = await self._next(self.total)  # want lost-update: self.total (medium)

    async def _next(self, number):
        await self.log.write(number)
        result = number + 1
        return result
