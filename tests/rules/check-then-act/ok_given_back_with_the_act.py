# The claim is given back in the very step that announces the result.
class Pool:
    def __init__(self, connect):
        self._connect = connect
        self._ready = False
        self._starting = False
        self._connection = None

    async def start(self):
        if self._ready:
            return
        if self._starting:
            raise RuntimeError("started by another task")
        self._starting = True
        try:
            connection = await self._connect()
            await connection.ping()
        finally:
            self._starting = False
            self._ready = True
