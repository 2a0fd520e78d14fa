class Uploader:
    def __init__(self, storage):
        self._storage = storage
        self._target = None

    async def upload(self, target, chunks):
        self._target = target
        for chunk in chunks:
            await self._storage.send(chunk)
        await self._storage.finish(self._target)  # want clobbered-state: self._target
