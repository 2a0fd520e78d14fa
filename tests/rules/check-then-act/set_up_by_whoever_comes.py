"""Each way in sets up when nobody has yet: two that come together do it twice."""


class Client:
    def __init__(self, link):
        self.link = link
        self.ready = False

    async def set_up(self):
        await self.link.open()
        self.ready = True

    async def get(self, key):
        if not self.ready:
            await self.set_up()  # want check-then-act: self.ready (medium)
        return await self.link.get(key)

    async def put(self, key, value):
        if not self.ready:
            await self.set_up()  # want check-then-act: self.ready (medium)
        return await self.link.put(key, value)
