"""A transport that wraps another: what `handle` calls is known only once the classes of the parameters are."""

import httpx


class Recorded:
    def __init__(self, transport: httpx.AsyncBaseTransport):
        self.transport = transport

    async def handle(self, request):
        response = await self.transport.handle(request)
        return response


class Client(httpx.AsyncClient):
    def __init__(self):
        super().__init__()

    def record(self):
        self.transport = Recorded(self.transport)
