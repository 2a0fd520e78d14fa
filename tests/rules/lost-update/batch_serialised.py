# What is added to the batch while its copy is being sent is thrown away with it.
import json


class Metrics:
    def __init__(self, client):
        self._client = client
        self._pending = []
        self._lines = []

    def add(self, name, value):
        self._pending.append((name, value))
        self._lines.append(f"{name}={value}")

    async def flush(self):
        payload = json.dumps(self._pending)
        await self._client.post(payload)
        self._pending.clear()  # want lost-update: self._pending

    async def write(self):
        await self._client.put("\n".join(self._lines))
        self._lines = []  # want lost-update: self._lines
