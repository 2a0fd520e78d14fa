"""A store in memory; each command takes a turn of the event loop."""

import asyncio


class Redis:
    def __init__(self):
        self.entries = {}

    async def get(self, key):
        await asyncio.sleep(0)
        return self.entries.get(key)

    async def set(self, key, value, ex=None, nx=False):
        await asyncio.sleep(0)
        if nx and key in self.entries:
            return None
        self.entries[key] = value
        return True

    async def incr(self, key):
        await asyncio.sleep(0)
        self.entries[key] = int(self.entries.get(key) or 0) + 1
        return self.entries[key]
