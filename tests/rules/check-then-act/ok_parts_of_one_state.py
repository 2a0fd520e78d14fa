"""What is set up and torn down together: the first part tells for all, even once it has been replaced."""


class Scanner:
    def __init__(self, system):
        self.system = system
        self.watcher = None
        self.token = None

    async def start(self):
        await self.system.ready()
        self._begin()

    def _begin(self):
        if self.watcher:
            raise RuntimeError("already started")
        self.watcher = self.system.watcher()
        self.token = self.watcher.register()

    async def stop(self):
        assert self.watcher
        assert self.token
        await self.watcher.stopped()
        self.watcher = None
        self.token = None
