class Uploader:
    def __init__(self, storage):
        self._storage = storage
        self._target = None

    async def upload(self, target, chunks):
        self._target = target
        name = self._target.name
        for chunk in chunks:
            await self._storage.send(name, chunk)
        await self._storage.finish(name)
