class Outbox:
    def __init__(self, send):
        self.send = send
        self.flushing = False

    async def flush(self):
        if self.flushing:
            return
        self.flushing = True
        await self.send()
        self.flushing = False
