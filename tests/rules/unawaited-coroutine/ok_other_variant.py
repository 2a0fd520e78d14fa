"""One source for two variants: a tool turns this file into its synchronous twin, with the flag set."""

_IS_SYNC = False


class Cursor:
    def __init__(self, pool):
        self._pool = pool

    async def close(self):
        await self._pool.put(self)

    def __del__(self):
        if _IS_SYNC:
            self.close()
