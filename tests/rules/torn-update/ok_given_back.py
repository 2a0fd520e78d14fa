import asyncio


class Pool:
    def __init__(self):
        self.idle = []

    def release(self, connection):
        self.idle.append(connection)

    async def acquire(self):
        idle, self.idle = self.idle, []
        while idle:
            connection = idle.pop()
            if await connection.ping():
                self.idle.extend(idle)
                return connection
        return None

    async def close(self):
        while self.idle:
            await self.idle.pop().close()
