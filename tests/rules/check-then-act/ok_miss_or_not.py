"""Whether something was there only decides what becomes of the old value; the new one is stored in any case."""


class Variables:
    def __init__(self):
        self.values = {}

    async def set(self, name, value):
        try:
            old = self.values[name]
        except KeyError:
            pass
        else:
            old.retire()
        await self.announce(name)
        self.values[name] = value

    async def announce(self, name):
        await channel.send(name)
