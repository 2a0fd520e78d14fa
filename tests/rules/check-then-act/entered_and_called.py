"""What is entered has other methods as well, which whoever entered it may call from several tasks."""


class Client:
    def __init__(self, opener):
        self.opener = opener
        self.connection = None

    async def ensure_connection(self):
        if not self.connection:
            self.connection = await self.opener.open()  # want check-then-act: self.connection (medium)

    async def __aenter__(self):
        await self.ensure_connection()
        return self

    async def __aexit__(self, *exc):
        self.opener.close()

    async def send(self, data):
        await self.ensure_connection()
        await self.connection.send(data)
