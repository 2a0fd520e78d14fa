# The batch is taken out before it is sent; a length that is told, or an element that is handled, is not the batch.
import json


class Metrics:
    def __init__(self, client):
        self._client = client
        self._pending = []
        self._seen = []

    def add(self, name, value):
        self._pending.append((name, value))
        self._seen.append(name)

    async def flush(self):
        pending, self._pending = self._pending, []
        await self._client.post(json.dumps(pending))

    async def forget(self):
        await self._client.log(len(self._seen))
        self._seen.clear()

    async def restart(self):
        self._seen.clear()
        await self._client.post(json.dumps(self._seen))
