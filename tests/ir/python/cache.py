from dataclasses import dataclass, field
from typing import Optional

import asyncio


@dataclass
class Entry:
    key: str
    value: Optional[bytes] = None


class Cache:
    limit = 10

    def __init__(self, client: "Client") -> None:
        self._lock: asyncio.Lock = asyncio.Lock()
        self._entries = {}
        self._client = client

    @property
    def size(self):
        return len(self._entries)

    async def load(self, key):
        async with self._lock:
            if key in self._entries and not self._entries[key].stale:
                return self._entries[key]
        try:
            value = await self._client.fetch(key)
        except (OSError, KeyError) as error:
            raise LookupError(key) from error
        finally:
            self.done += 1
        self._entries[key] = value
        return value

    async def watch(self):
        loads = 0

        def count():
            nonlocal loads
            loads += 1
            return loads

        while True:
            async for event in self._client:
                match event:
                    case {"key": str(key), **rest}:
                        await self.load(key)
                    case Entry(key=name) if name:
                        count()
                    case _:
                        break
            else:
                return [key async for key in self if key]
