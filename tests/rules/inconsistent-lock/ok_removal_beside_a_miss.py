import asyncio


class Client:
    def __init__(self, api):
        self._api = api
        self._lock = asyncio.Lock()
        self._connections = {}

    async def get(self, node):
        if node in self._connections and not self._connections[node].alive:
            del self._connections[node]
        async with self._lock:
            if node not in self._connections:
                self._connections[node] = await self._api.connect(node)
            return self._connections[node]
