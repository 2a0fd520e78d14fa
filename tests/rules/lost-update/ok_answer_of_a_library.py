"""What comes back is another's answer, not what was sent, even by way of a variable or a helper."""
from collections.abc import Awaitable


class Handshake:
    def __init__(self, process, link):
        self.process = process
        self.link = link
        self.response = None
        self.name = ""

    async def respond(self, refused):
        response = self.process(self, self.response)
        if isinstance(response, Awaitable):
            response = await response
        if response is not None:
            self.response = response
        if refused:
            self.response = object()

    async def join(self):
        answer = await self._send({"name": self.name})
        self.name = answer.name

    async def reopen(self):
        self.link = await self._open()

    async def _open(self):
        position = -1
        if self.link is not None:
            position = self.link.position
        return await open_link(position)

    async def _send(self, request):
        for attempt in range(3):
            answer = await self.process(request)
            if answer:
                return answer
        return None


async def open_link(position):
    return await network.open(position)
