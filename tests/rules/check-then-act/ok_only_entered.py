"""A class that is nothing but entered and left: each `async with` makes an object of its own."""


class ConnectionWrapper:
    def __init__(self, client):
        self.client = client
        self.connection = client.connection

    async def ensure_connection(self):
        if not self.connection:
            await self.client.create_connection()
            self.connection = self.client.connection

    async def __aenter__(self):
        await self.client.lock.acquire()
        await self.ensure_connection()
        return self.connection

    async def __aexit__(self, *exc):
        self.client.lock.release()
