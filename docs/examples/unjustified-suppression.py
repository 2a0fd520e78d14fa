class Connections:
    def __init__(self, connect):
        self.connect = connect
        self.connection = None

    async def get(self):
        if self.connection is None:
            self.connection = await self.connect()  # racewise: ignore[check-then-act]
        return self.connection
