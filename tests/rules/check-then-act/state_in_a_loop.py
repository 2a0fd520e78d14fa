"""The loop leaves a state in which another task may have put something else: closed, and then running after all."""


class Client:
    def __init__(self, link):
        self.link = link
        self.status = "connecting"

    def close(self):
        self.status = "closed"

    async def connect(self):
        while self.status == "connecting":
            await self.link.open()
            self._note()  # want check-then-act: self.status (medium)

    def _note(self):
        self.status = "running"
