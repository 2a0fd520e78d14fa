"""A transport that wraps another: what `handle` calls is known only once the classes of the parameters are."""


class Recorded:
    def __init__(self, transport):
        self.transport = transport

    async def handle(self, request):
        response = await self.transport.handle(request)
        return response


class Client:
    def __init__(self):
        self.transport = None

    def record(self):
        self.transport = Recorded(self.transport)
