"""Emptying a collection that another task has emptied does no harm."""


class Palette:
    def __init__(self):
        self.providers = []

    async def unmount(self):
        if self.providers:
            for provider in list(self.providers):
                await provider.shutdown()
            self.providers.clear()
