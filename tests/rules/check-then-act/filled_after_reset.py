"""The collection is not emptied meanwhile but dropped: there is nothing to fill."""


class Palette:
    def __init__(self):
        self.providers = []

    async def mount(self, provider):
        if self.providers is not None:
            await provider.start()
            self.providers.append(provider)  # want check-then-act: self.providers (medium)

    async def unmount(self):
        self.providers = None

    async def last(self):
        if self.providers:
            await self.providers[-1].stop()
            self.providers.pop()  # want check-then-act: self.providers (medium)
