# What was taken out is put back: nothing is refilled.
import asyncio


class Pool:
    def __init__(self):
        self.idle = []

    def release(self, connection):
        self.idle.append(connection)

    async def acquire(self):
        while self.idle:
            connection = self.idle.pop()
            try:
                if await connection.ping():
                    return connection
            except OSError:
                self.idle.append(connection)
                raise
            self.idle.clear()
        return None

    async def close(self):
        while self.idle:
            await self.idle.pop().close()
